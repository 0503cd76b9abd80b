"""Summaries on schedule, for a room or a person: the values, and what is asked of the store."""

from dataclasses import dataclass
from typing import Protocol

from bridge.domain.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Digest:
    """`target` is a room or, where `personal`, a person. `filters` narrows it, as `domain.filters.spelled`; it was
    written in the room `chosen_in`.

    `told_until` is the moment (milliseconds) up to which the last one told.
    """

    target: str
    personal: bool
    schedule: Schedule
    filters: str
    set_by: str
    told_until: int
    chosen_in: str = ""


class Digests(Protocol):
    def get(self, target: str) -> Digest | None: ...

    def save(self, digest: Digest) -> None:
        """Add it, or change the one of that target."""

    def drop(self, target: str) -> None: ...
