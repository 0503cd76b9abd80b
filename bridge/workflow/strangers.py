"""Invites by mail or phone: whoever follows one is somebody whom nobody vouched for."""

from collections.abc import Iterable, Mapping

from bridge.domain.facts import InviteTakenBack
from bridge.domain.people import is_ours
from bridge.domain.results import Argument
from bridge.domain.spaces import OPEN_LEVELS, Enforce, Space
from bridge.workflow.desk import Desk, Done
from bridge.workflow.effects import Effect, Inform, TakeBackInvite
from bridge.workflow.records import Room
from bridge.workflow.stewards import moderators_of

KIND = "m.room.third_party_invite"


def invited(state_key: str, room: Room, desk: Desk) -> Done:
    """An invite to an address appeared in a room, or was taken back (`m.room.third_party_invite`)."""
    space = desk.policy.spaces.get(room.space or "")
    content = room.content(KIND, state_key)
    if space is None or space.level in OPEN_LEVELS or not content or space.enforce is Enforce.OFF:
        return Done()
    name = str(content.get("display_name", ""))[:64]
    about: dict[str, Argument] = {"room": room.room_id, "name": name, "by": desk.sender, "bot": desk.policy.setting.me}
    readers = dict.fromkeys(moderators_of(space.name, desk.tx, desk.policy, room.room_id))
    if space.enforce is Enforce.REPORT:
        return Done(effects=_told("told-would-take-back", readers, about, space))
    if not room.powers.may_set(desk.policy.setting.me, KIND):
        return Done(effects=_told("told-not-taken-back", readers, about, space))
    if is_ours(desk.sender, desk.policy.people):
        readers[desk.sender] = None
    fact = InviteTakenBack(at=desk.now, actor=desk.policy.setting.me, room_id=room.room_id, space=space.name)
    taken = TakeBackInvite(room_id=room.room_id, state_key=state_key)
    return Done((fact,), (taken, *_told("told-taken-back", readers, about, space)))


def _told(key: str, readers: Iterable[str], about: Mapping[str, Argument], space: Space) -> tuple[Effect, ...]:
    return tuple(Inform(person=person, key=key, arguments=about, space=space.name) for person in readers)
