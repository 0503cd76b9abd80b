"""Somebody from outside who goes by the name of one of ours: moderators are told, once; nobody is removed for it."""

import hashlib

from bridge.chat.events import MemberChanged
from bridge.domain.facts import ImpersonationSuspected
from bridge.domain.lookalikes import resembles, skeleton
from bridge.domain.people import is_ours
from bridge.workflow.desk import Desk, Done
from bridge.workflow.effects import Inform
from bridge.workflow.records import Room
from bridge.workflow.stewards import moderators_of


def suspect(change: MemberChanged, room: Room, desk: Desk) -> Done:
    """Look at the name under which somebody joins, or that they take on."""
    people = desk.policy.people
    if change.membership != "join" or not change.display_name or is_ours(change.user_id, people):
        return Done()
    names = desk.tx.rooms.names_in(room.room_id)
    ours = {who: name for who, name in names.items() if who != change.user_id and is_ours(who, people)}
    found = resembles(change.display_name, ours)
    if found is None or found == desk.policy.setting.me:
        return Done()
    told = _tell(change, found, room, desk)
    fact = ImpersonationSuspected(
        at=desk.now,
        actor=change.user_id,
        room_id=room.room_id,
        space=room.space or "",
        person=change.user_id,
        resembles=found,
    )
    return Done((fact,)) if told else Done()


def _tell(change: MemberChanged, found: str, room: Room, desk: Desk) -> bool:
    """Under ids that are the same for the same name, so that it is said once, however often they take it on."""
    arguments = {"person": change.user_id, "name": change.display_name, "resembles": found, "room": room.room_id}
    told = False
    for who in moderators_of(room.space or "", desk.tx, desk.policy, room.room_id):
        effect = Inform(person=who, key="told-impersonation", arguments=arguments, space=room.space or "")
        seed = f"{who} {change.user_id} {found} {skeleton(change.display_name)}"
        effect_id = f"name.{hashlib.sha256(seed.encode()).hexdigest()[:24]}"
        told = told or not desk.tx.outbox.known(effect_id)
        desk.tx.outbox.add(effect_id, effect, desk.now)
    return told
