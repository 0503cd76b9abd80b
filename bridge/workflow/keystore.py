"""What encryption asks of the store, as a Protocol; it fills `Transaction.keys`. Synchronous, like all of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from bridge.crypto.ratchets import InboundGroup
from bridge.workflow.encryption.records import (
    Device,
    KeyOwner,
    KeyRequest,
    OlmPickle,
    OwnDevice,
    OwnRoomSession,
    RoomKey,
    ToDevice,
)
from bridge.workflow.ports import JsonObject


class Keys(Protocol):
    """Reads see the transaction's own writes."""

    def own(self) -> OwnDevice | None:
        """Our device, once there is one."""

    def save_own(self, own: OwnDevice) -> None: ...

    def olm(self, user_id: str, curve: str) -> list[OlmPickle]:
        """The sessions with a device, the one used last first."""

    def save_olm(self, session: OlmPickle) -> None: ...

    def with_olm(self, devices: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        """Those devices (by user id and Curve25519 key) with which we have a session."""

    def room_key(self, session_id: str) -> RoomKey | None: ...

    def group(self, session_id: str) -> tuple[RoomKey, InboundGroup] | None:
        """A room key ready to decrypt with; from memory where it was used lately."""

    def will_read(self, session_id: str, ciphertext: str, said: tuple[bytes, int]) -> None:
        """Keep in memory what a message says, with its index: for a while, and for one reading."""

    def read_before(self, session_id: str, ciphertext: str) -> tuple[bytes, int] | None:
        """What `will_read` kept, if it is still there; then it is not any more."""

    def save_room_key(self, key: RoomKey) -> None:
        """Add it, or replace the one of the same session."""

    def first_seen(self, session_id: str, index: int, event_id: str, at: int) -> bool:
        """Remember which event, that came at a time in milliseconds, used a message index; False where another event
        did before (a replay), or where that was so long ago that we cannot know any more.
        """

    def not_backed_up(self, limit: int) -> list[RoomKey]: ...

    def backed_up(self, keys: Collection[RoomKey]) -> None:
        """Of these, those that were not replaced by better ones meanwhile."""

    def forget_backups(self) -> None:
        """Nothing is backed up any more: there is a new backup."""

    def room_key_count(self) -> tuple[int, int]:
        """How many room keys there are, and how many of them are not backed up."""

    def own_session(self, room_id: str) -> OwnRoomSession | None: ...

    def save_own_session(self, session: OwnRoomSession) -> None:
        """Add it, or replace that of the room."""

    def drop_own_session(self, room_id: str) -> None: ...

    def shared_with(self, session_id: str) -> dict[tuple[str, str], int]:
        """(user id, Curve25519 key of a device) -> from which message index on; -1 where it was told: none for you."""

    def note_shared(self, session_id: str, devices: Iterable[tuple[str, str]], index: int) -> None: ...

    def owners(self, user_ids: Collection[str]) -> dict[str, KeyOwner]:
        """Those of whom we know; from memory."""

    def save_owner(self, owner: KeyOwner) -> None: ...

    def outdate(self, user_ids: Collection[str]) -> None:
        """Of these, those whose devices we keep in sight are to be asked for anew."""

    def outdate_all(self) -> None: ...

    def forget_owners(self, user_ids: Collection[str]) -> None:
        """And their devices."""

    def outdated(self, limit: int) -> list[KeyOwner]: ...

    def devices(self, user_ids: Collection[str]) -> dict[str, list[Device]]:
        """User id -> their devices; from memory where they were asked for lately."""

    def replace_devices(self, user_id: str, devices: Sequence[Device]) -> None: ...

    def revision(self) -> int:
        """Grows with every change of an owner or device; from memory."""

    def queue(self, event_type: str, messages: JsonObject, session_id: str = "") -> None:
        """Send it to devices, after the commit."""

    def queued(self, limit: int) -> list[ToDevice]:
        """Those first that share a session, since a room waits for them; among each kind the oldest first."""

    def sent(self, seqs: Collection[int]) -> None: ...

    def on_its_way(self, session_id: str) -> bool:
        """Whether a room session is still being shared."""

    def requests(self) -> Mapping[str, KeyRequest]:
        """Session id -> what we asked for and did not get yet."""

    def save_request(self, request: KeyRequest) -> None: ...

    def drop_request(self, session_id: str) -> None: ...

    def withheld(self, session_id: str) -> str:
        """The code with which a device said that we do not get a room key; "" where none did."""

    def note_withheld(self, room_id: str, session_id: str, code: str, now: int) -> None: ...

    def secret(self, name: str) -> str | None:
        """One of our own secrets (seeds, backup key, …) as it was saved; it lies sealed in the database."""

    def save_secret(self, name: str, value: str | None) -> None:
        """None drops it."""

    def forget_sessions(self) -> None:
        """All Olm and outbound sessions, what is to be sent to devices, and what we asked for; our device, room keys
        and secrets stay.
        """

    def start_anew(self) -> None:
        """`forget_sessions`, and our device as well."""
