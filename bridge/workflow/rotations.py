"""Whose turn it is in a team, and how much each has to do: what is asked of the store."""

from collections.abc import Collection, Mapping
from typing import Protocol

from bridge.domain.teams import Turn


class Rotations(Protocol):
    def last(self, team: str) -> Turn | None:
        """Who had the last turn; None where nobody had one."""

    def turn(self, team: str, turn: Turn) -> None: ...

    def load(self, people: Collection[str]) -> Mapping[str, int]:
        """How many unanswered questions each is to answer, or takes care of; who has none may be left out."""
