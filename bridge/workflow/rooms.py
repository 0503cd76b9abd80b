"""The bot's rooms: which space they belong to, their state and members, upgrades, and the children of Matrix spaces."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bridge.chat.events import MemberChanged, StateChanged, read, read_member
from bridge.chat.intents import MembershipChanged, RoomChanged
from bridge.domain.facts import RoomReplaced
from bridge.domain.people import is_ours
from bridge.workflow import conforming, doors, strangers
from bridge.workflow.desk import UNREAD, Desk, Disregarded, Done, Outcome
from bridge.workflow.effects import Effect, JoinRoom, LearnRoom
from bridge.workflow.encryption import devices, sharing
from bridge.workflow.encryption.opening import state_of
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction

MAX_VIA = 3
LASTING = frozenset({"m.room.tombstone", strangers.KIND})
"""State whose consequences are drawn when it comes, be it late: reading the room does not draw them."""
CREATE = "m.room.create"
ENCRYPTION = "m.room.encryption"
KEPT_OF_CHATS = frozenset({CREATE, ENCRYPTION, "m.room.history_visibility"})
"""What matters of direct chats; anybody may fill theirs with whatever else they like."""


def membership_changed(intent: MembershipChanged, desk: Desk) -> Outcome:
    change = intent.change
    if change.user_id == desk.policy.setting.me:
        return _own_membership(change, desk)
    if desk.room is None:
        return Disregarded("unknown room")
    if desk.origin.late:
        return _learn_anew(desk)
    if desk.room.encrypted and change.membership == "join":
        devices.joined_room(change.user_id, desk.room.room_id, desk.tx)
    desk.tx.rooms.set_member(desk.origin.room_id, change.user_id, change.membership, change.display_name)
    if desk.room.encrypted and change.membership not in sharing.READING:
        devices.left_room(change.user_id, desk.tx)
    return doors.came(change, desk.room, desk) if desk.room.space else Done()


def _learn_anew(desk: Desk) -> Done:
    """State that comes late tells how it was, not how it is. Once for all that was found late together."""
    seed = f"{desk.origin.room_id} {desk.received_at}"
    name = f"late.{hashlib.sha256(seed.encode()).hexdigest()[:24]}"
    desk.tx.outbox.add(name, LearnRoom(room_id=desk.origin.room_id), desk.now)
    return Done()


def _own_membership(change: MemberChanged, desk: Desk) -> Outcome:
    room = desk.room or Room(desk.origin.room_id)
    if change.membership == "invite":
        return _invited(change, room, desk)
    joined = change.membership == "join"
    if room.joined == joined:
        return Done()
    desk.tx.rooms.save(replace(room, joined=joined))
    if room.encrypted and not joined:
        for member in desk.tx.rooms.members(room.room_id):
            devices.left_room(member, desk.tx)
    return Done(effects=(LearnRoom(room_id=room.room_id),) if joined else ())


def _invited(change: MemberChanged, room: Room, desk: Desk) -> Outcome:
    """Rooms of our spaces are joined, and direct chats of people we know; other invites are left alone."""
    if room.joined:
        return Done()
    if room.space is None and room.defines is None and not _named_successor(room, desk.tx):
        if not change.is_direct or not _acquainted(desk):
            return Disregarded("invite to a room that is not ours")
        room = replace(room, direct_with=desk.sender)
        # Until the room is read (`learn`), nobody knows who else is in it: see `desk.is_unread`.
        desk.tx.rooms.set_member(room.room_id, desk.policy.setting.me, UNREAD, "")
    desk.tx.rooms.save(room)
    return Done(effects=(JoinRoom(room_id=room.room_id, via=_via(desk.sender)),))


def _acquainted(desk: Desk) -> bool:
    if is_ours(desk.sender, desk.policy.people) or desk.tx.grants.of(desk.sender):
        return True
    rooms = (desk.tx.rooms.get(room_id) for room_id in desk.tx.rooms.joined_by(desk.sender))
    return any(room is not None and room.space in desk.policy.spaces for room in rooms)


def _via(user_id: str) -> tuple[str, ...]:
    return (user_id.partition(":")[2],)


def room_changed(intent: RoomChanged, desk: Desk) -> Outcome:
    if desk.room is None:
        return Disregarded("unknown room")
    if desk.origin.late:
        _learn_anew(desk)
        if intent.change.event_type not in LASTING:
            return Done()
    if not _is_kept(intent.change, desk.room):
        return Disregarded("direct chat")
    room = with_state(desk.room, intent.change)
    if intent.change.event_type == CREATE:
        # It comes before the rest of the state, and would make an encrypted room that was never read look plain.
        room = replace(inheriting(room, desk.tx), state=desk.room.state)
    desk.tx.rooms.save(room)
    compared = conforming.compare(room, desk.tx, desk.policy, desk.now, desk.sender, live=True)
    outcome = _what_follows(intent.change, room, desk)
    if isinstance(outcome, Done):
        return doors.plus(outcome, compared)
    return compared if compared.facts or compared.effects else outcome


def _is_kept(change: StateChanged, room: Room) -> bool:
    ours = room.direct_with is None or room.space or room.defines
    return bool(ours) or change.event_type in KEPT_OF_CHATS


def _what_follows(change: StateChanged, room: Room, desk: Desk) -> Outcome:
    if change.event_type == "m.room.power_levels" and room.space:
        return doors.look_again(room, desk.tx, desk.policy, desk.now)
    if change.event_type == strangers.KIND:
        return strangers.invited(change.state_key, room, desk)
    if change.event_type == ENCRYPTION and room.encrypted:
        desk.tx.inbox.revive([state_of(room.room_id)])
    if change.event_type == "m.room.tombstone":
        return _replaced(room, desk)
    if change.event_type == "m.space.child" and room.defines:
        joins = adopt_children(room, desk.tx)
        if not _servers(change.content):
            joins += _adopt_by_others(room, desk.tx)
        conforming.forget_strays(desk.tx, desk.now)
        return Done(effects=tuple(joins))
    return Done()


def with_state(room: Room, change: StateChanged) -> Room:
    if change.event_type == ENCRYPTION and not _says_how(change.content) and room.encrypted:
        return room
    entry = {"content": change.content, "sender": change.origin.sender, "event_id": change.origin.event_id}
    of_type = {**room.state.get(change.event_type, {}), change.state_key: entry}
    return replace(room, state={**room.state, change.event_type: of_type})


def _says_how(encryption: Mapping[str, Any]) -> bool:
    return isinstance(encryption.get("algorithm"), str)


def _replaced(room: Room, desk: Desk) -> Outcome:
    """A room upgrade: we go to the successor, which takes the room's place once it proves to be the rightful one."""
    successor = room.content("m.room.tombstone").get("replacement_room")
    if not isinstance(successor, str) or not (room.space or room.defines) or successor == room.room_id:
        return Disregarded("tombstone")
    known = desk.tx.rooms.get(successor)
    if known and known.space not in {None, room.space}:
        return Disregarded("successor of another space")
    desk.tx.rooms.save(replace(room, successor=successor))
    desk.tx.rooms.save(inheriting(known or Room(successor), desk.tx))
    fact = RoomReplaced(
        at=desk.now, actor=desk.sender, room_id=room.room_id, space=room.space or "", successor=successor
    )
    return Done((fact,), (JoinRoom(room_id=successor, via=_via(desk.sender)),))


def adopt_children(parent: Room, tx: Transaction) -> list[Effect]:
    """Bring the rooms of a Matrix space in line with its `m.space.child` events; those newly named are to be joined."""
    children = {key: _servers(e.get("content")) for key, e in parent.state.get("m.space.child", {}).items()}
    named = {room_id: via for room_id, via in children.items() if via and room_id.startswith("!")}
    for room in list(tx.rooms.all().values()):
        if room.parent == parent.room_id and room.room_id not in named:
            tx.rooms.save(replace(room, space=None, parent=None))
    joins: list[Effect] = []
    for room_id, via in named.items():
        room = tx.rooms.get(room_id) or Room(room_id)
        if room.space is None and room.direct_with is None:
            tx.rooms.save(replace(room, space=parent.defines, parent=parent.room_id))
            joins.append(LearnRoom(room_id=room_id) if room.joined else JoinRoom(room_id=room_id, via=via))
    return joins


def _adopt_by_others(former: Room, tx: Transaction) -> list[Effect]:
    """What one Matrix space lets go may be a child of another one."""
    others = [room for room in tx.rooms.all().values() if room.defines and room.joined]
    return [join for other in others if other.room_id != former.room_id for join in adopt_children(other, tx)]


def _servers(content: Any) -> tuple[str, ...]:
    """The `via` of a child; a child without any is none (Client-Server API, m.space.child)."""
    via = content.get("via") if isinstance(content, dict) else None
    return tuple(v for v in via if isinstance(v, str))[:MAX_VIA] if isinstance(via, list) else ()


def learn(
    room_id: str, events: Iterable[JsonObject], tx: Transaction, me: str, listed: bool | None = None
) -> list[Effect]:
    """Replace what we know of a room by its current state as the homeserver gave it."""
    known = tx.rooms.get(room_id) or Room(room_id)
    # A room that was encrypted once is so for good, whatever a homeserver says later.
    lasting = {kind: events for kind, events in known.state.items() if kind == ENCRYPTION}
    room = replace(known, joined=True, state=lasting, listed=listed)
    members: dict[str, tuple[str, str]] = {}
    for event in events:
        member = read_member(event)
        if member:
            members[member[0]] = member[1:]
            continue
        reading = read({**event, "room_id": room_id}, me)
        if isinstance(reading, StateChanged) and _is_kept(reading, room):
            room = with_state(room, reading)
    room = inheriting(room, tx)
    before = tx.rooms.members(room_id) if room.encrypted else {}
    tx.rooms.save(room)
    tx.rooms.replace_members(room_id, members)
    if room.encrypted:
        tx.keys.outdate([who for who, (now, _) in members.items() if now == "join" and before.get(who) != "join"])
    if room.encrypted and state_of(room_id) in tx.inbox.unread_ids().values():
        tx.inbox.revive([state_of(room_id)])
    for gone in before.keys() - members.keys():
        devices.left_room(gone, tx)
    return adopt_children(room, tx) if room.defines else []


def inheriting(room: Room, tx: Transaction) -> Room:
    """With the place of the room that it replaces, where each of the two names the other.

    Else anybody who may upgrade a room could smuggle in another.
    """
    named = room.content(CREATE).get("predecessor")
    old = tx.rooms.get(str(named.get("room_id"))) if isinstance(named, dict) else None
    if old is None or old.successor != room.room_id or room.space not in {None, old.space}:
        return room
    return replace(room, predecessor=old.room_id, space=old.space, defines=old.defines)


def _named_successor(room: Room, tx: Transaction) -> bool:
    """Whether a room of ours says that it gave way to this one."""
    return any(old.successor == room.room_id for old in tx.rooms.all().values() if old.space or old.defines)


def configure(
    mapping: Mapping[str, str],
    defining: Mapping[str, str],
    tx: Transaction,
    *,
    complete: bool,
    left: frozenset[str] = frozenset(),
) -> list[str]:
    """Bring the known rooms in line with the config; return the rooms that the bot ought to be in.

    `mapping`: room id -> space; `defining`: id of a Matrix space -> the space whose rooms are its children. While they
    are not `complete`, since an alias could not be resolved, no room is taken out of its space but those that `left`.
    """
    for room_id in {*mapping, *defining} - set(tx.rooms.all()):
        tx.rooms.save(Room(room_id))
    before = dict(tx.rooms.all())
    for room in before.values():
        family = _family(room, before)
        defines = next((defining[r] for r in family if r in defining), None)
        space = next((mapping[r] for r in family if r in mapping), None)
        if space is None and room.parent:
            space = next((defining[r] for r in _family(before.get(room.parent), before) if r in defining), None)
        gone = room.parent in left or not left.isdisjoint(family)
        lost = not complete and not gone and not space and not defines
        if not lost and (room.space, room.defines) != (space, defines):
            tx.rooms.save(replace(room, space=space, defines=defines, parent=room.parent if space else None))
    return [room.room_id for room in tx.rooms.all().values() if room.space or room.defines]


def _family(room: Room | None, rooms: Mapping[str, Room]) -> list[str]:
    """A room, those it replaced, and those that replaced it."""
    found: list[str] = []
    waiting = [room]
    while waiting:
        member = waiting.pop()
        if member and member.room_id not in found:
            found.append(member.room_id)
            waiting += [rooms.get(r) for r in (member.predecessor, member.successor) if r]
    return found
