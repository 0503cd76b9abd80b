"""What is kept of triage rooms: cards and notes. The values, and what is asked of the store."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TriageCard:
    """A question's card in a triage room. `event_id` is None until it was posted; `digest` says what it shows.

    `closed_by` is the reaction on it that closed the question, while it is closed by that.
    """

    number: int
    room_id: str
    event_id: str | None = None
    digest: str | None = None
    closed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody who works on a question wrote about it; `text` is "" once it was taken back.

    `event_id` is the message, `room_id` where it was written, `shown` our message that repeats it in the triage room.
    """

    event_id: str
    number: int
    author: str
    text: str
    created_at: int
    room_id: str
    shown: str | None = None


class TriageCards(Protocol):
    def get(self, number: int) -> TriageCard | None: ...

    def several(self, numbers: Collection[int]) -> Mapping[int, TriageCard]: ...

    def save(self, card: TriageCard) -> None: ...


class Notes(Protocol):
    def get(self, event_id: str) -> Note | None: ...

    def of(self, number: int) -> list[Note]:
        """Those about a question that were not taken back, the oldest first."""

    def save(self, note: Note) -> None:
        """Without its words where none are to be kept: written in such a room, or about a question of one."""
