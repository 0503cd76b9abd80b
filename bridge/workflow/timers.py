"""What is to happen at a time, whatever is killed meanwhile: the values, and what is asked of the store."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Timer:
    """Rings once at `due_at` (milliseconds), or as soon after as we are there. There is one of each `name`.

    `kind` says who hears it (`workflow.ringing.RINGS`), `number` which question it is about (0: none), `target` which
    room or person, `data` whatever else the kind needs; it is stored as it is, so never what somebody wrote.
    """

    name: str
    kind: str
    due_at: int
    number: int = 0
    target: str = ""
    data: str = ""

    @property
    def decision(self) -> str:
        """What `enact` calls this ring: the same each time it is heard, so effects cannot go out twice."""
        seed = f"{self.name} {self.due_at}"
        return "t" + urlsafe_b64encode(hashlib.sha256(seed.encode()).digest()[:15]).decode()


class Timers(Protocol):
    def set(self, timer: Timer) -> None:
        """Add it, or move the one of that name."""

    def begin(self, timer: Timer) -> None:
        """Add it, unless there is one of that name."""

    def get(self, name: str) -> Timer | None: ...

    def of(self, number: int) -> list[Timer]:
        """Those about a question."""

    def drop(self, name: str) -> None: ...

    def due(self, now: int, limit: int = 100) -> list[Timer]:
        """Those that are due, the oldest first. Costs no query where none is."""
