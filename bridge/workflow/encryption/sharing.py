"""Who can read what we say in a room: the key of our session with it, and whom it is given to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bridge.workflow.encryption import devices, olm
from bridge.workflow.encryption.records import (
    ENCRYPTED,
    MEGOLM,
    Device,
    KeyOwner,
    Keyring,
    OwnRoomSession,
    RoomKey,
    Source,
)
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction

AT_ONCE = 100
"""How many devices get a key in one transaction."""
A_MESSAGE = 50
"""How many devices one to-device request serves."""
MESSAGES, AGE_MS = 100, 7 * 86_400_000
"""How long a session is used where the room does not say (Client-Server API, m.room.encryption)."""
FEWEST, SHORTEST_MS = 10, 3_600_000
"""No room makes us share keys more often than that."""
AGAIN_MS = 120_000
"""After how many milliseconds a homeserver that did not answer is asked again."""

Name = tuple[str, str]
"""User id and device id."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The devices of these people are not known."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """There is no Olm session with these devices."""

    devices: tuple[Device, ...]


@dataclass(frozen=True, slots=True)
class Deliver:
    """The key is to be sent to devices first."""

    session_id: str


@dataclass(frozen=True, slots=True)
class More:
    """A part of the devices has it now."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Whatever is sealed now is readable to all who may read it."""


@dataclass(frozen=True, slots=True)
class Cannot:
    """The room's encryption is one that we do not know."""


Step = Ask | Claim | Deliver | More | Ready | Cannot


def next_step(room: Room, tx: Transaction, keyring: Keyring, now: int, in_vain: Collection[Name]) -> Step:
    """One step nearer to a room in which we can speak. `in_vain`: devices that just had no key to claim."""
    if room.content("m.room.encryption").get("algorithm") != MEGOLM:
        return Cannot()
    people = readers(room, tx)
    owners = tx.keys.owners(people)
    unknown = [who for who in people if who not in owners or _holds_up(owners[who])]
    if unknown:
        return Ask(tuple(sorted(unknown)))
    found = [device for each in tx.keys.devices(people).values() for device in each]
    wanted = [d for d in found if devices.may_have_keys(d, owners[d.user_id], keyring)]
    session = _current(room, wanted, tx, keyring, now)
    shared = tx.keys.shared_with(session.session_id)
    missing = [d for d in wanted if shared.get((d.user_id, d.curve), -1) < 0]
    known = tx.keys.with_olm({_key(d) for d in missing})
    strangers = [d for d in missing if _key(d) not in known and (d.user_id, d.device_id) not in in_vain]
    if strangers:
        return Claim(tuple(strangers[:AT_ONCE]))
    given_to = set(wanted)
    told = _refuse([d for d in found if d not in given_to and _other(d, keyring)], session, shared, tx, keyring)
    given = _share([d for d in missing if _key(d) in known][:AT_ONCE], session, tx, keyring, now)
    if given == AT_ONCE:
        return More()
    return Deliver(session.session_id) if given or told or tx.keys.on_its_way(session.session_id) else Ready()


def _key(device: Device) -> tuple[str, str]:
    return (device.user_id, device.curve)


def _other(device: Device, keyring: Keyring) -> bool:
    return (device.user_id, device.device_id) != (keyring.user_id, keyring.device_id)


def _holds_up(owner: KeyOwner) -> bool:
    """Whose homeserver did not answer is asked again beside, and nobody waits for them meanwhile."""
    return owner.outdated and not owner.asked_at


def readers(room: Room, tx: Transaction) -> set[str]:
    """Who is in the room, or invited where those may read, and rightly so: nobody who is being put out."""
    allowed = {"join"} if room.content("m.room.history_visibility").get("history_visibility") == "joined" else READING
    members = tx.rooms.members(room.room_id)
    return {who for who, membership in members.items() if membership in allowed} - intruders(room.room_id, tx)


def intruders(room_id: str, tx: Transaction) -> frozenset[str]:
    """Who is to be treated as gone already."""
    return frozenset(violation.user_id for violation in tx.violations.of_room(room_id) if violation.held)


READING = frozenset({"join", "invite"})


def _current(room: Room, wanted: Collection[Device], tx: Transaction, keyring: Keyring, now: int) -> OwnRoomSession:
    """The session in use, or a new one: once it was used enough, or somebody has it who may not read any more."""
    session = tx.keys.own_session(room.room_id)
    if session is not None and not is_used_up(session, room, now):
        may = {(d.user_id, d.curve) for d in wanted}
        if all(name in may for name, index in tx.keys.shared_with(session.session_id).items() if index >= 0):
            return session
    return _new_session(room.room_id, tx, keyring, now)


def is_used_up(session: OwnRoomSession, room: Room, now: int) -> bool:
    said = room.content("m.room.encryption")
    messages = max(FEWEST, _number(said, "rotation_period_msgs", MESSAGES))
    age = max(SHORTEST_MS, _number(said, "rotation_period_ms", AGE_MS))
    return session.messages >= messages or not 0 <= now - session.created_at < age


def _number(said: Mapping[str, object], name: str, default: int) -> int:
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else default


def _new_session(room_id: str, tx: Transaction, keyring: Keyring, now: int) -> OwnRoomSession:
    """With its inbound half: we read our own echoes, and other devices of ours get it from the backup."""
    group = keyring.ratchets.new_outbound()
    curve, ed = olm.own_names(tx, keyring)
    session = OwnRoomSession(room_id, group.id, group.pickle(), now)
    tx.keys.save_own_session(session)
    inbound = keyring.ratchets.inbound(group.session_key)
    tx.keys.save_room_key(
        RoomKey(room_id, group.id, curve, ed, keyring.user_id, inbound.pickle(), 0, Source.OWN, added_at=now)
    )
    return session


def _share(wanted: list[Device], session: OwnRoomSession, tx: Transaction, keyring: Keyring, now: int) -> int:
    group = keyring.ratchets.outbound(session.pickle)
    content = {
        "algorithm": MEGOLM,
        "room_id": session.room_id,
        "session_id": session.session_id,
        "session_key": group.session_key,
    }
    for part in _parts(wanted):
        messages: JsonObject = {}
        for device in part:
            sealed = olm.sealed("m.room_key", content, device, tx, keyring, now)
            messages.setdefault(device.user_id, {})[device.device_id] = sealed
        tx.keys.queue(ENCRYPTED, messages, session.session_id)
    tx.keys.note_shared(session.session_id, [(d.user_id, d.curve) for d in wanted], group.index)
    return len(wanted)


def _refuse(
    unwanted: list[Device],
    session: OwnRoomSession,
    shared: Mapping[tuple[str, str], int],
    tx: Transaction,
    keyring: Keyring,
) -> int:
    """Say to devices why they get no key, once a session; their clients tell their owner what to do."""
    untold = [d for d in unwanted if (d.user_id, d.curve) not in shared][:AT_ONCE]
    own_curve, _ = olm.own_names(tx, keyring)
    content = {
        "algorithm": MEGOLM,
        "room_id": session.room_id,
        "session_id": session.session_id,
        "sender_key": own_curve,
        "code": "m.unverified",
        "reason": "The sender has disabled encrypting to unverified devices.",
    }
    for part in _parts(untold):
        messages: JsonObject = {}
        for device in part:
            messages.setdefault(device.user_id, {})[device.device_id] = content
        tx.keys.queue("m.room_key.withheld", messages, session.session_id)
    tx.keys.note_shared(session.session_id, [(d.user_id, d.curve) for d in untold], -1)
    return len(untold)


def _parts(wanted: list[Device]) -> list[list[Device]]:
    return [wanted[start : start + A_MESSAGE] for start in range(0, len(wanted), A_MESSAGE)]


def used(session: OwnRoomSession, pickle: str, tx: Transaction) -> None:
    tx.keys.save_own_session(replace(session, pickle=pickle, messages=session.messages + 1))
