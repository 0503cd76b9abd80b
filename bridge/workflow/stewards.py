"""Who looks after a space: moderators of its rooms who are people of ours, and those that the config names."""

from bridge.domain.people import MODERATOR_LEVEL, is_denied, is_ours
from bridge.workflow.desk import Policy
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction

MOST_TOLD = 10


def may_moderate(user_id: str, space: str, tx: Transaction, policy: Policy) -> bool:
    """Whether somebody may decide about a space: who may in one of its rooms and is in it, or by the config."""
    if is_denied(user_id, policy.people):
        return False
    if user_id in policy.people.moderators:
        return True
    if not is_ours(user_id, policy.people):
        return False
    joined = tx.rooms.joined_by(user_id)
    rooms = (tx.rooms.get(room_id) for room_id in joined)
    return any(room and room.space == space and _is_named(user_id, room) for room in rooms)


def moderators_of(space: str, tx: Transaction, policy: Policy, room_id: str | None = None) -> list[str]:
    """Whom to tell: those of the config; where it names none, those of the room, or of all rooms of the space."""
    named = [who for who in policy.people.moderators if not is_denied(who, policy.people)]
    if named:
        return named[:MOST_TOLD]
    only = tx.rooms.get(room_id) if room_id else None
    rooms = list(tx.rooms.all().values()) if room_id is None else [only] if only else []
    found: dict[str, None] = {}
    for room in rooms:
        if room.space == space and room.joined and len(found) < MOST_TOLD:
            found |= dict.fromkeys(_in_room(room, tx, policy))
    return list(found)[:MOST_TOLD]


def _is_named(user_id: str, room: Room) -> bool:
    """Whether somebody was made a moderator: a default that lifts everybody makes nobody one."""
    named = user_id in room.powers.users or user_id in room.powers.creators
    return named and room.powers.level(user_id) >= MODERATOR_LEVEL


def _in_room(room: Room, tx: Transaction, policy: Policy) -> list[str]:
    people = {*room.powers.users, *room.powers.creators} - {policy.setting.me}
    able = {who for who in people if _is_named(who, room) and is_ours(who, policy.people)}
    if not able:
        return []
    members = tx.rooms.members(room.room_id)
    return sorted(who for who in able if members.get(who) == "join")
