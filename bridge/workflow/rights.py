"""What retention and the rights of persons ask of the store: the values, and the port."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

Place = tuple[int, int]
"""When a question was asked (milliseconds), and its number: how far somebody has come through the oldest first."""

BEGINNING: Place = (-1, 0)
WHOLE = 2_000
"""How many questions, by number, are gone through for a person at once."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """Questions whose time is over, and where to look next; None where there is nothing more to look at."""

    numbers: tuple[int, ...]
    next: Place | None


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody has to do with, among a range of questions that are not held: as asker, assignee or addressee, and
    as author of answers; `noted` are ids of notes of theirs. `held`: how many questions are, with something of theirs.
    """

    concerned: tuple[int, ...]
    answered: tuple[int, ...]
    noted: tuple[str, ...]
    held: int


class Rights(Protocol):
    def overdue(self, before: Mapping[str, int], after: Place, looked: int, most: int) -> Overdue:
        """Up to `most` questions, not held, of spaces in `before` that were settled before its time (milliseconds).

        No more than `looked` questions are looked at.
        """

    def strip(self, numbers: Collection[int]) -> None:
        """Take away what was made of the words of these questions."""

    def pseudonym(self) -> str:
        """One that nobody had yet, and that can be no Matrix id."""

    def last_number(self) -> int:
        """That of the newest question."""

    def share(self, person: str, first: int, last: int, most: int) -> Share:
        """Of no more than `most` questions of each kind; what was renamed no longer counts."""

    def rename(self, person: str, pseudonym: str, first: int, last: int) -> None:
        """Wherever else they are named with questions of a range that are not held."""

    def drop(self, person: str, pseudonym: str, before: int) -> None:
        """Everything else of theirs, in whatever waits or was put aside, that came before a time (milliseconds)."""

    def erased(self) -> None:
        """With this, text is gone for good: nothing of it is to stay in the database's log."""
