"""Where what was put into words goes, and in which form: as it is, or sealed."""

from collections.abc import Sequence
from dataclasses import replace

from bridge.workflow.delivery import Lack, Outgoing
from bridge.workflow.desk import Policy, alone_with
from bridge.workflow.effects import AtDoor, ToPerson
from bridge.workflow.encryption.sealing import Sealing, may_be_clear
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction


def addressed(ready: Sequence[Outgoing], tx: Transaction, sealing: Sealing | None, now: int) -> list[Outgoing]:
    """With the room that each goes to, sealed where that is encrypted, or with what it lacks before it can go.

    What is sealed must be committed before it is sent: a message key is never used twice.
    """
    return [_addressed(outgoing, tx, sealing, now) for outgoing in ready]


def chat_with(person: str, tx: Transaction, policy: Policy) -> str | None:
    """The direct chat with somebody: the one they are written to in, else, from now on, one where they write to us."""
    known = tx.persons.get(person)
    if known.direct_room:
        return known.direct_room
    rooms = (room for room in tx.rooms.all().values() if room.joined and room.direct_with == person)
    found = next((room.room_id for room in rooms if _is_shared(room, person, tx, policy)), None)
    if found:
        tx.persons.save(replace(known, direct_room=found))
    return found


def _is_shared(room: Room, person: str, tx: Transaction, policy: Policy) -> bool:
    return alone_with(room, tx, policy) == person and tx.rooms.members(room.room_id).get(person) == "join"


def _addressed(outgoing: Outgoing, tx: Transaction, sealing: Sealing | None, now: int) -> Outgoing:
    effect = outgoing.effect
    content = outgoing.content
    if content is None or outgoing.lacks is not None or isinstance(effect, AtDoor):
        return outgoing
    room_id = tx.persons.get(effect.person).direct_room if isinstance(effect, ToPerson) else effect.room_id
    if not room_id:
        return replace(outgoing, lacks=Lack.CHAT)
    outgoing = replace(outgoing, room_id=room_id)
    room = tx.rooms.get(room_id)
    if may_be_clear(room, outgoing.event_type):
        return outgoing
    if room is None or not room.encrypted:
        return replace(outgoing, lacks=Lack.STATE)
    if sealing is None or not sealing.is_ready(room, tx, now):
        return replace(outgoing, lacks=Lack.KEYS)
    return replace(outgoing, sealed=sealing.seal(room_id, outgoing.event_type, content, tx))
