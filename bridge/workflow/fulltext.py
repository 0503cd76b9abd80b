"""What is asked of the full text."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bridge.domain.filters import Filter
from bridge.domain.people import People

MOST_HITS = 100
"""Nobody looks at more; so much is ranked, and a page behind them there is not."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A question that was found; `terms` are those of its own (see `domain.terms`) that it was found by."""

    number: int
    score: float
    terms: frozenset[str] = frozenset()


class Search(Protocol):
    def ranked(self, words: str, rooms: Collection[str], wanted: Filter, people: People, now: int) -> list[Hit]:
        """Questions of `rooms` that the filter lets through, the best first, whatever page the filter names; at most
        `MOST_HITS`.

        All of the words first; where those find less than a page, words that begin like them, have them inside or are
        nearly them; then the rarer ones of them. Takes tens of milliseconds: for readers only.
        """
