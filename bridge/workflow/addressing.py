"""Where what was put into words goes, and in which form: as it is, or sealed."""

from collections.abc import Sequence
from dataclasses import replace

from bridge.workflow.delivery import Lack, Outgoing
from bridge.workflow.effects import AtDoor, ToPerson
from bridge.workflow.encryption.sealing import Sealing, may_be_clear
from bridge.workflow.storage import Transaction


def addressed(ready: Sequence[Outgoing], tx: Transaction, sealing: Sealing | None, now: int) -> list[Outgoing]:
    """With the room that each goes to, sealed where that is encrypted, or with what it lacks before it can go.

    What is sealed must be committed before it is sent: a message key is never used twice.
    """
    return [_addressed(outgoing, tx, sealing, now) for outgoing in ready]


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
