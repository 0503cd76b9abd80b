"""What the workflow and the workers expect of the outer rooms, as Protocols, and the two errors that adapters speak.

`matrix`, `store`, `web` fill these; `wiring` joins them. Nothing here knows a client, a table or a socket.
"""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
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
class KeyNews:
    """What a `/sync` answer says about keys (Client-Server API, "End-to-end encryption", extensions to /sync).

    `to_device`: raw events, oldest first. `one_time_keys`: how many signed Curve25519 keys of our device are left on
    the homeserver, `unused_fallback` whether it has a fallback key that nobody used; None where the answer does not
    say.
    `changed`: people whose devices are to be asked for anew, `left`: people with whom we share no encrypted room now.
    """

    to_device: tuple[JsonObject, ...] = ()
    one_time_keys: int | None = None
    unused_fallback: bool | None = None
    changed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What the homeserver handed over at once: raw client-format events, each with `room_id`, in order per room.

    `cursor` is the sync token to continue from, or the name of the appservice transaction. `keys` as the source: a
    `/sync` for keys alone, beside what is pushed; it has a cursor of its own.
    An invite that came by `/sync` has no event id of its own; the transport gives it `~invite:<room>:<cursor>`.
    """

    source: Literal["sync", "push", "keys"]
    events: Sequence[JsonObject]
    cursor: str
    keys: KeyNews | None = None


class Intake(Protocol):
    """The door for events: rows and cursor are durable when `accept` returns, and only then."""

    async def accept(self, batch: Batch) -> None: ...

    async def sync_token(self, source: Literal["sync", "keys"] = "sync") -> str | None:
        """The token of the last accepted batch of that source; None before the first."""

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

    async def upload(self, data: bytes, content_type: str, name: str) -> str:
        """Put a file on the homeserver; its `mxc:` address."""


class NeedsAuthentication(GiveUp):
    """The homeserver wants to be sure that it is the owner who asks: user-interactive authentication.

    `flows` are the lists of stages that would do, `session` is to be given with the next try, `params` what the stages
    say, such as the address where an operator approves it (`m.oauth`, `org.matrix.cross_signing_reset`).
    """

    def __init__(self, flows: Sequence[Sequence[str]], session: str, params: JsonObject, reason: str) -> None:
        super().__init__("HTTP_401", reason)
        self.flows = flows
        self.session = session
        self.params = params


class KeyServer(Protocol):
    """The homeserver's endpoints for end-to-end encryption. Every method raises only RetryLater and GiveUp."""

    async def upload_keys(self, body: JsonObject) -> int:
        """POST /keys/upload; how many signed Curve25519 one-time keys the homeserver holds now."""

    async def query_keys(self, user_ids: Collection[str]) -> JsonObject:
        """POST /keys/query; the answer as it came. A server that does not answer stands under `failures`."""

    async def claim_keys(self, devices: Mapping[str, Collection[str]]) -> JsonObject:
        """POST /keys/claim of signed Curve25519 keys, for user id -> device ids; the answer as it came."""

    async def send_to_device(self, event_type: str, messages: JsonObject, txn_id: str) -> None:
        """PUT /sendToDevice; `messages` maps user id -> device id -> content."""

    async def upload_identity(self, body: JsonObject, auth: JsonObject | None = None) -> None:
        """POST /keys/device_signing/upload. Raises NeedsAuthentication, too."""

    async def upload_signatures(self, body: JsonObject) -> JsonObject:
        """POST /keys/signatures/upload; what stands under `failures`, user id -> key id -> error (empty: all well)."""

    async def account_data(self, event_type: str) -> JsonObject | None:
        """The bot's account data of a type; None where there is none, or where it is empty."""

    async def set_account_data(self, event_type: str, content: JsonObject) -> None: ...

    async def backup_version(self) -> JsonObject | None:
        """GET /room_keys/version: `version`, `algorithm`, `auth_data`, …; None where there is no backup."""

    async def create_backup(self, algorithm: str, auth_data: JsonObject) -> str:
        """POST /room_keys/version; its version."""

    async def put_backed_up(self, version: str, rooms: JsonObject) -> None:
        """PUT /room_keys/keys; `rooms` as in the spec: room id -> `{"sessions": {session id -> …}}`."""

    async def get_backed_up(self, version: str) -> JsonObject:
        """GET /room_keys/keys; the `rooms` of the answer."""


class Transport(Protocol):
    """A way in. `run` feeds the intake until cancelled; `started` is true once the first answer was accepted."""

    name: str
    started: bool

    async def run(self) -> None: ...
