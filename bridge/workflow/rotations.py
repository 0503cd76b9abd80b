"""What rules ask of the store: whose turn it is in a team, how much each has to do, which questions wait."""

from collections.abc import Collection, Mapping
from typing import Protocol

from bridge.domain.teams import Turn


class Rotations(Protocol):
    def last(self, team: str) -> Turn | None:
        """Who had the last turn; None where nobody had one."""

    def turn(self, team: str, turn: Turn) -> None: ...

    def load(self, people: Collection[str]) -> Mapping[str, int]:
        """How many unanswered questions each is to answer, or takes care of; who has none may be left out."""

    def unanswered_after(self, asked_at: int, number: int, limit: int) -> list[tuple[int, int]]:
        """When (milliseconds) and as which number unanswered questions were asked, in order, from behind this one."""
