"""What a homeserver is told that asks before it lets something happen: by the functions that enforcement goes by."""

from dataclasses import replace

from bridge.chat.events import Origin, StateChanged
from bridge.chat.words import words
from bridge.domain.admission import NoPlace
from bridge.domain.conformity import drifts
from bridge.domain.drift import QUIET, Drift
from bridge.domain.results import Argument
from bridge.domain.spaces import OPEN_LEVELS, Enforce, Space
from bridge.workflow.asked import AccessDecision, AccessRequest
from bridge.workflow.conforming import view_of
from bridge.workflow.desk import Policy
from bridge.workflow.doors import why_not
from bridge.workflow.records import Room
from bridge.workflow.rooms import with_state
from bridge.workflow.storage import Transaction

ALLOWED = AccessDecision(allow=True)
THIRD_PARTY_INVITE = "m.room.third_party_invite"


def decide(request: AccessRequest, tx: Transaction, policy: Policy, now: int) -> AccessDecision:
    """Rooms that are not ours, and spaces that are not enforced, are nobody's business."""
    room = tx.rooms.get(request.room_id)
    space = policy.spaces.get(room.space) if room and room.space else None
    if room is None or space is None or space.enforce is not Enforce.ON or not policy.trusted:
        return ALLOWED
    if request.sender == policy.setting.me:
        return ALLOWED
    if request.act == "third_party_invite" or request.event_type == THIRD_PARTY_INVITE:
        return _invite_by_mail(request, space, tx, policy)
    if request.act == "state":
        return _state(request, room, space, tx, policy)
    return _person(request, room, space, tx, policy, now)


def _person(
    request: AccessRequest, room: Room, space: Space, tx: Transaction, policy: Policy, now: int
) -> AccessDecision:
    """An invite, a join or a knock."""
    person = request.target if request.act == "invite" else request.sender
    reason = why_not(person or "", room, tx, policy, now)
    if reason is None:
        return ALLOWED
    if request.act != "invite":
        return _refused(f"no-place-{reason}", {"whom": "none"}, request, space, tx, policy)
    key = reason if reason in {NoPlace.INTERNAL, NoPlace.DENIED, NoPlace.SERVER} else NoPlace.UNGRANTED
    return _refused(f"module-invite-{key}", {"person": person or ""}, request, space, tx, policy)


def _invite_by_mail(request: AccessRequest, space: Space, tx: Transaction, policy: Policy) -> AccessDecision:
    taken_back = request.act == "state" and not request.content
    if space.level in OPEN_LEVELS or taken_back:
        return ALLOWED
    return _refused("module-invite-by-mail", {}, request, space, tx, policy)


def _state(request: AccessRequest, room: Room, space: Space, tx: Transaction, policy: Policy) -> AccessDecision:
    """Whether a change would make a room differ from its policy where it does not differ now."""
    origin = Origin(room.room_id, "", request.sender)
    changed = with_state(room, StateChanged(origin, request.event_type, request.state_key, request.content))
    before = {(drift.kind, drift.about, drift.found) for drift in _drifts(room, tx, policy)}
    news = [d for d in _drifts(changed, tx, policy) if (d.kind, d.about, d.found) not in before]
    worse = next((drift for drift in news if drift.kind not in QUIET), None)
    if worse is None:
        return ALLOWED
    return _refused("module-state", {"found": worse.found, "wanted": worse.wanted}, request, space, tx, policy)


def _drifts(room: Room, tx: Transaction, policy: Policy) -> tuple[Drift, ...]:
    view = view_of(replace(room, joined=True), tx, policy)
    return drifts(view) if view else ()


def _refused(
    key: str, arguments: dict[str, Argument], request: AccessRequest, space: Space, tx: Transaction, policy: Policy
) -> AccessDecision:
    language = words(tx.persons.get(request.sender).language or space.language)
    shown = {"prefix": policy.setting.prefix, **arguments}
    return AccessDecision(allow=False, reason=language.say(key, shown))
