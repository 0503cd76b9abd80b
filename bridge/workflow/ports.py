"""What the workflow and the workers expect of the outer rooms, as Protocols, and the two errors that adapters speak.

`matrix`, `store`, `web` fill these; `wiring` joins them. Nothing here knows a client, a table or a socket.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

JsonObject = dict[str, Any]
"""A parsed JSON object. Whatever comes from the homeserver may lack any key and hold any type."""


class RetryLater(Exception):
    """The other side cannot be reached or asks us to wait.

    `after` is in seconds. `limited` is true where we ask too much (429). `ambiguous` is true where the request may
    have been carried out although no answer came (time-out, connection lost after sending, 5xx): before repeating it
    much later, look for its echo.
    """

    def __init__(self, reason: str, after: float = 1.0, *, ambiguous: bool = False, limited: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after
        self.ambiguous = ambiguous
        self.limited = limited


class GiveUp(Exception):
    """The other side refused for good; `code` is the Matrix errcode or `HTTP_<status>`."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(f"{code}: {reason}")
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Batch:
    """What the homeserver handed over at once: raw client-format events, each with `room_id`, in order per room.

    `cursor` is the sync token to continue from, or the id of the appservice transaction.
    An invite that came by `/sync` has no event id of its own; the transport gives it `~invite:<room>:<cursor>`.
    """

    source: Literal["sync", "push"]
    events: Sequence[JsonObject]
    cursor: str


class Intake(Protocol):
    """The door for events: rows and cursor are durable when `accept` returns, and only then."""

    async def accept(self, batch: Batch) -> None: ...

    async def sync_token(self) -> str | None:
        """The token of the last accepted sync batch; None before the first."""

    async def has_transaction(self, transaction_id: str) -> bool:
        """Whether this appservice transaction was accepted before."""


class Homeserver(Protocol):
    """Requests to the homeserver. Every method raises only RetryLater and GiveUp."""

    async def send(self, room_id: str, event_type: str, content: JsonObject, txn_id: str) -> str:
        """Send an event; return its event id. The homeserver answers a repeated `txn_id` with the same id."""

    async def join(self, room: str, via: Sequence[str] = ()) -> str:
        """Join a room by id or alias; return the room id."""

    async def leave(self, room_id: str) -> None: ...

    async def kick(self, room_id: str, user_id: str, reason: str) -> None:
        """Put somebody out, take back their invite, or turn down their knock."""

    async def invite(self, room_id: str, user_id: str) -> None:
        """Invite a person; GiveUp where they are in the room already or banned."""

    async def set_state(self, room_id: str, event_type: str, state_key: str, content: JsonObject) -> None: ...

    async def is_listed(self, room_id: str) -> bool:
        """Whether a room stands in our homeserver's public directory."""

    async def set_listed(self, room_id: str, listed: bool) -> None: ...

    async def state_content(self, room_id: str, event_type: str, state_key: str = "") -> JsonObject:
        """The content of one current state event; GiveUp with `M_NOT_FOUND` where there is none."""

    async def resolve(self, alias: str) -> tuple[str, list[str]]:
        """The room id behind an alias, and servers that are in the room."""

    async def joined_rooms(self) -> list[str]: ...

    async def room_state(self, room_id: str) -> list[JsonObject]:
        """All current state events of a joined room, members included."""

    async def event(self, room_id: str, event_id: str) -> JsonObject:
        """One event, in client format with `room_id`. GiveUp with `M_NOT_FOUND` where it is not to be had."""

    def messages_back(
        self, room_id: str, start: str | None = None, end: str | None = None
    ) -> AsyncIterator[JsonObject]:
        """Events of a room, newest first, from `start` back to the token `end` (default: all of them)."""

    async def create_direct_room(self, user_id: str) -> str:
        """The direct chat with a person; made and the person invited where there is none. Safe to repeat."""


class Transport(Protocol):
    """A way in. `run` feeds the intake until cancelled; `started` is true once the first answer was accepted."""

    name: str
    started: bool

    async def run(self) -> None: ...
