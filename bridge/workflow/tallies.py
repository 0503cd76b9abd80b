"""What is asked of the store for statistics."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bridge.domain.filters import Filter
from bridge.domain.people import People
from bridge.domain.questions import Question
from bridge.domain.statistics import Change, Course, Terms


@dataclass(frozen=True, slots=True)
class Span:
    """Which days of which rooms: from `first` to `last`, both counted. `outside`: only what people asked who are (not)
    from outside; None: what anybody did.
    """

    rooms: frozenset[str]
    first: int
    last: int
    outside: bool | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Questions in `rooms` that a filter lets through; `now` in milliseconds."""

    filters: Filter
    rooms: frozenset[str]
    people: People
    now: int


class Tallies(Protocol):
    """Kept by day, room, and whether the asker is from outside.

    Questions up to a number are counted; the others wait for `catch_up`. `basis` names what they were counted by.
    """

    def touch(self, question: Question, terms: Terms, basis: str) -> None:
        """Something happened to a question in this transaction: it is counted anew when that ends."""

    def align(self, basis: str) -> bool:
        """Begin anew where they were counted by something else; True where they were."""

    def uncounted(self, limit: int) -> list[Question]:
        """The next questions that are to be counted."""

    def catch_up(self, counted: Sequence[tuple[Question, Terms]]) -> None:
        """Count these, which `uncounted` gave."""

    def counted_share(self) -> float:
        """How much of all questions is counted, 0 to 1."""

    def days(self, span: Span) -> dict[int, Change]: ...

    def bags(self, span: Span) -> list[tuple[str, bool, str]]:
        """(room, whether from outside, bag of marks) of all days together."""

    def waiting(self, rooms: Collection[str], outside: bool | None = None) -> int:
        """How many questions wait by now."""

    def helpers(self, span: Span, limit: int) -> list[tuple[str, int]]:
        """Who had most answers accepted, and how many."""

    def tags(self, wanted: Wanted, since: int, limit: int) -> list[tuple[str, float]]:
        """The tags that most questions asked since a time (milliseconds) have, and what part of them does. Of many
        questions only some are looked at, evenly spread.
        """

    def courses(self, wanted: Wanted, since: int, limit: int) -> tuple[list[tuple[int, str, Course]], int]:
        """(number, room, course) of questions asked since a time, as far as it tells by now: that a question was open
        again meanwhile is not in it. Where there are more than `limit`, every so manieth, and the second value says so.
        """

    def waiting_of(self, wanted: Wanted) -> int: ...

    def helpers_of(self, numbers: Collection[int], limit: int) -> list[tuple[str, int]]:
        """Who had most answers to these questions accepted, and how many."""
