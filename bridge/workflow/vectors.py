"""What is asked of the store about vectors: those of questions, and which are still to be made."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question whose vector is to be made: it was asked, or changed, `at` that time (milliseconds)."""

    number: int
    at: int


@dataclass(frozen=True, slots=True)
class Vector:
    """What a question means, and its `code`: what of that is held in memory."""

    number: int
    room_id: str
    vector: bytes
    code: bytes


class Block(Protocol):
    """The codes of consecutive questions, from number `first` on; zeros for those without."""

    number: int
    places: bytearray
    codes: bytearray

    @property
    def first(self) -> int: ...


class Vectors(Protocol):
    def want(self, number: int, now: int) -> None:
        """Its text is new. The one there is holds no longer."""

    def wanted(self, limit: int) -> list[Wanted]:
        """Those to be made, the newest question first."""

    def made(self, vectors: Sequence[Vector], settled: Collection[Wanted]) -> None:
        """Keep vectors; what was wanted is settled, unless it was wanted anew meanwhile."""

    def drop(self, numbers: Collection[int]) -> None:
        """Their texts are gone, so what is known of them goes, too."""

    def several(self, numbers: Collection[int]) -> dict[int, bytes]:
        """Vectors in the order of the numbers; those without are left out."""

    def last_question(self) -> int:
        """The highest number of any; 0 where there is none."""

    def worded(self, numbers: Collection[int]) -> list[int]:
        """Those of the numbers that have a text, and so get a vector."""

    def want_all(self, numbers: Collection[int]) -> None:
        """Their vectors were never made; nobody waits for them."""

    def blocks_after(self, block: int, limit: int) -> Sequence[Block]:
        """The next blocks in order; from -1 on for the first."""


class Merges(Protocol):
    """Who follows a question because one that they followed is a duplicate of it."""

    def moved(self, number: int, people: Collection[str]) -> None:
        """They follow the other question since the one of that number is its duplicate."""

    def undone(self, number: int) -> list[str]:
        """Who did; from now on nobody."""

    def duplicates(self, numbers: Collection[int]) -> dict[int, dict[str, int]]:
        """Number -> room -> how many questions asked there are duplicates of it."""

    def repoint(self, number: int, to: int) -> None:
        """What was a duplicate of the one is one of the other now."""
