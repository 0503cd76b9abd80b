"""Keeps count of everybody's commands, within this process: a restart forgives."""

from bridge.domain.flood import Bucket, FloodLimit, Pace, take

MOST = 10_000
"""How many people are kept count of; those who were counted longest ago are forgotten first."""


class Pacing:
    """`limit` None: nobody is ever too fast."""

    def __init__(self, limit: FloodLimit | None) -> None:
        self._limit = limit
        self._buckets: dict[str, Bucket] = {}

    def count(self, person: str, event_id: str, now: int) -> Pace:
        """A command of a person. The same event counted again gets the same word, but counts again."""
        if self._limit is None:
            return Pace()
        bucket, pace = take(self._buckets.pop(person, None), self._limit, event_id, now)
        self._buckets[person] = bucket
        if len(self._buckets) > MOST:
            del self._buckets[next(iter(self._buckets))]
        return pace
