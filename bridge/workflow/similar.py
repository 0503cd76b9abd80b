"""Questions that mean nearly the same, whatever their words and language: by vectors, where there are any."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bridge.workflow.storage import Transaction

CANDIDATES = 256
"""How many of the nearest by their codes are looked at by their vectors."""


class Semantic(Protocol):
    """Makes vectors and finds the nearest codes; all in memory, from any thread."""

    def vectors(self, texts: Sequence[str]) -> list[bytes]: ...

    def near(self, vector: bytes, rooms: Collection[str], limit: int) -> list[int]:
        """Numbers of questions asked in one of these rooms (and, rarely, another), about the nearest first."""

    def closeness(self, vector: bytes, others: Sequence[bytes]) -> list[float]:
        """The cosine of the angle to each of the others."""


@dataclass(frozen=True, slots=True)
class Near:
    """A question, and how near its meaning is: 1 for the same, 0 for nothing in common."""

    number: int
    closeness: float
    vector: bytes


def nearest(vector: bytes, rooms: Collection[str], tx: Transaction, semantic: Semantic) -> list[Near]:
    """The questions nearest in meaning, best first. A slow read: milliseconds with many questions.

    Rooms are those that may be shown; what was found is to be asked for again, by who shows it.
    """
    held = tx.vectors.several(semantic.near(vector, rooms, CANDIDATES))
    closeness = semantic.closeness(vector, list(held.values()))
    found = [Near(number, close, held[number]) for number, close in zip(held, closeness, strict=True)]
    return sorted(found, key=lambda near: (-near.closeness, near.number))


def fused(*rankings: Iterable[int], weight: int = 60) -> list[int]:
    """Several orders of the same things as one, by reciprocal rank (Cormack, Clarke and Buettcher, SIGIR 2009)."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, number in enumerate(ranking):
            scores[number] = scores.get(number, 0.0) + 1 / (weight + rank)
    return sorted(scores, key=lambda number: (-scores[number], number))
