"""What is kept about keys. Plain values; pickles are texts that only our pickle key opens."""

from dataclasses import dataclass, field
from enum import StrEnum

from bridge.crypto.ratchets import MEGOLM as MEGOLM
from bridge.crypto.ratchets import OLM as OLM
from bridge.crypto.ratchets import Account, Ratchets
from bridge.crypto.sealed import Sealer
from bridge.workflow.encryption.awake import Awake
from bridge.workflow.ports import JsonObject

ENCRYPTED = "m.room.encrypted"
ID_LENGTH = 255
"""No Matrix identifier is longer."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Our own device, and what opens its pickles. `trust_all`: devices get keys also where their owner did not sign
    them.
    """

    user_id: str
    device_id: str
    ratchets: Ratchets
    sealer: Sealer
    trust_all: bool = False
    awake: Awake[Account] = field(default_factory=Awake, compare=False, repr=False)
    answered: dict[tuple[str, str, str], int] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """The Olm account. `published`: the device's keys are on the homeserver; `one_time_keys`: how many are left there;
    `fallback_wanted`: it has no unused fallback key; `signed`: they went there with the identity's signature.
    """

    user_id: str
    device_id: str
    pickle: str
    published: bool = False
    one_time_keys: int = 0
    fallback_wanted: bool = True
    signed: bool = False


@dataclass(frozen=True, slots=True)
class OlmPickle:
    """An Olm session with somebody's device that has the Curve25519 key `curve`. `used_at` in milliseconds.

    Anybody can say that another's key is theirs: what comes of that must not be mixed up with the other's sessions.
    """

    session_id: str
    user_id: str
    curve: str
    pickle: str
    used_at: int


class Source(StrEnum):
    """How we came to a room key; the first two are as good as their Olm session, the others as who gave them."""

    OWN = "own"
    ROOM_KEY = "room_key"
    FORWARDED = "forwarded"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class RoomKey:
    """An inbound Megolm session. `curve` and `ed` are the keys of the device that made it, `user_id` its owner; None
    where that is not known (from a backup). It came at `added_at`, in milliseconds; `homeless`: for a room that we were
    not in then.
    """

    room_id: str
    session_id: str
    curve: str
    ed: str
    user_id: str | None
    pickle: str
    first_index: int
    source: Source
    backed_up: bool = False
    added_at: int = 0
    homeless: bool = False


@dataclass(frozen=True, slots=True)
class OwnRoomSession:
    """The outbound Megolm session of a room: created when (milliseconds), used how often."""

    room_id: str
    session_id: str
    pickle: str
    created_at: int
    messages: int = 0


@dataclass(frozen=True, slots=True)
class Device:
    """Somebody's device as its keys vouch for it. `signed`: by the self-signing key of its owner."""

    user_id: str
    device_id: str
    curve: str
    ed: str
    signed: bool = False


@dataclass(frozen=True, slots=True)
class KeyOwner:
    """Somebody whose devices we keep in sight. `outdated`: they are to be asked for anew. `master` and `self_signing`
    are the public keys of their cross-signing identity, "" where they have none; `first_master` the one that we saw
    first; `asked_at` when their homeserver last failed to answer, in milliseconds (0: it answered).
    """

    user_id: str
    outdated: bool = True
    master: str = ""
    self_signing: str = ""
    first_master: str = ""
    asked_at: int = 0


@dataclass(frozen=True, slots=True)
class ToDevice:
    """A to-device message on its way out: `messages` maps user id -> device id -> content. `session_id`: the room
    session that it shares; "" for others.
    """

    seq: int
    txn_id: str
    event_type: str
    messages: JsonObject
    session_id: str = ""


@dataclass(frozen=True, slots=True)
class KeyRequest:
    """We asked the sender's devices for a room key, at a time in milliseconds. `asked_of`: several senders, with spaces
    between, where each of them sent a message that names the session.
    """

    room_id: str
    session_id: str
    request_id: str
    asked_of: str
    asked_at: int

    @property
    def people(self) -> list[str]:
        return self.asked_of.split(" ")


@dataclass(frozen=True, slots=True)
class Unread:
    """An event that cannot be opened. `reason` is one of few words; without a key to wait for, `session_id` is ""."""

    reason: str
    session_id: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What key news brought: room sessions that can be opened now, people whose devices changed, devices whose Olm
    session is broken (user id, Curve25519 key), and what is for others to handle: secrets and verification, as (type,
    sender, sender's Curve25519 key or "", content).
    """

    sessions: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    broken: list[tuple[str, str]] = field(default_factory=list)
    others: list[tuple[str, str, str, JsonObject]] = field(default_factory=list)
