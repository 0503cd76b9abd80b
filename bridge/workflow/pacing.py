"""Keeps count of everybody's commands, within this process: a restart forgives."""

from collections.abc import Callable
from dataclasses import replace

from bridge.domain.flood import Bucket, FloodLimit, Pace, take

MOST = 10_000
"""How many people are kept count of; those who were counted longest ago are forgotten first."""


class Pacing:
    """`limit` None: nobody is ever too fast."""

    def __init__(self, limit: FloodLimit | None) -> None:
        self._limit = limit
        self._buckets: dict[str, Bucket] = {}

    def going_on_from(self, before: "Pacing") -> "Pacing":
        """The same limit, with what was counted before."""
        after = Pacing(self._limit)
        after._buckets = before._buckets
        return after

    def count(self, person: str, event_id: str, now: int, in_company: Callable[[], bool]) -> Pace:
        """A command of a person. The same event counted again gets the same word, but counts again.

        `in_company` is asked only of who is too fast: where nobody else is, nobody has to be let through.
        """
        if self._limit is None:
            return Pace()
        before = self._buckets.pop(person, None)
        bucket, pace = take(before, self._limit, event_id, now)
        if pace.slow and not in_company():
            bucket, pace = replace(bucket, told=before.told if before else None), Pace()
        self._buckets[person] = bucket
        if len(self._buckets) > MOST:
            del self._buckets[next(iter(self._buckets))]
        return pace
