"""What is held in memory of keys. One thread changes it, after a commit; others may look meanwhile."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

from bridge.crypto.ratchets import InboundGroup, Ratchets
from bridge.crypto.sealed import Sealer
from bridge.store.errors import StoreError
from bridge.workflow.encryption.records import Device, KeyOwner, KeyRequest, OwnDevice, OwnRoomSession, RoomKey

OPENED = 2_000
"""How many room keys are kept ready to decrypt with; one takes some kilobytes."""
READ = 1_000
"""How many messages are kept between the door and the inbox; each has some kilobytes at most."""
PEOPLE = 10_000
"""The devices of how many people are kept."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Lately(Generic[Key, Value]):
    """The values that were put last; putting one again renews it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._values: dict[Key, Value] = {}

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> Value | None:
        return self._values.get(key)

    def put(self, key: Key, value: Value) -> None:
        self._values.pop(key, None)
        self._values[key] = value
        if len(self._values) > self.most:
            del self._values[next(iter(self._values))]

    def drop(self, key: Key) -> None:
        self._values.pop(key, None)

    def clear(self) -> None:
        self._values.clear()


Opened = tuple[RoomKey, InboundGroup]


def _opened() -> Lately[str, Opened]:
    return Lately(OPENED)


def _devices() -> Lately[str, tuple[Device, ...]]:
    return Lately(PEOPLE)


def _seen() -> Lately[str, int]:
    return Lately(OPENED)


def _read() -> Lately[tuple[str, str], tuple[bytes, int]]:
    return Lately(READ)


@dataclass(slots=True)
class HeldKeys:
    """`highest`: the highest index that was seen in a room session. `on_its_way` counts the to-device messages that
    still have to share a session. `tickets` are numbers for `revision`, never given twice. `looked_at`: the last of the
    shared sessions that were looked at, to see whether they are old.
    """

    own: OwnDevice | None = None
    owners: dict[str, KeyOwner] = field(default_factory=dict)
    outdated: dict[str, None] = field(default_factory=dict)
    devices: Lately[str, tuple[Device, ...]] = field(default_factory=_devices)
    own_sessions: dict[str, OwnRoomSession] = field(default_factory=dict)
    opened: Lately[str, Opened] = field(default_factory=_opened)
    highest: Lately[str, int] = field(default_factory=_seen)
    read: Lately[tuple[str, str], tuple[bytes, int]] = field(default_factory=_read)
    requests: Mapping[str, KeyRequest] = field(default_factory=dict)
    on_its_way: Counter[str] = field(default_factory=Counter)
    ratchets: Ratchets | None = None
    sealer: Sealer | None = None
    revision: int = 0
    looked_at: str = ""
    tickets: Iterator[int] = field(default_factory=lambda: count(1))

    def put_owner(self, owner: KeyOwner) -> None:
        self.owners[owner.user_id] = owner
        if owner.outdated:
            self.outdated[owner.user_id] = None
        else:
            self.outdated.pop(owner.user_id, None)

    def drop_owner(self, user_id: str) -> None:
        self.owners.pop(user_id, None)
        self.outdated.pop(user_id, None)

    def follow(self, before: "HeldKeys") -> None:
        """Everything was read anew: what is not in the database stays, and the revision grows."""
        self.ratchets, self.sealer, self.tickets = before.ratchets, before.sealer, before.tickets
        self.revision = next(self.tickets)

    def opens(self) -> Ratchets:
        if self.ratchets is None:
            raise StoreError("keys", NO_SECRET)
        return self.ratchets

    def seals(self) -> Sealer:
        if self.sealer is None:
            raise StoreError("keys", NO_SECRET)
        return self.sealer


NO_SECRET = "the database holds keys of encrypted rooms, which cannot be opened without the secret in encryption.store"
OTHER_SECRET = (
    "the secret in encryption.store does not fit the database: "
    "its keys were sealed with another one; put the old secret back"
)
