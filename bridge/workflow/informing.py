"""What people are told in a direct chat about access, and what somebody who is put out is told."""

from bridge.chat.render.content import Content, notice
from bridge.chat.words import Words, words
from bridge.domain.grants import covers
from bridge.domain.people import is_ours
from bridge.domain.results import Argument
from bridge.workflow.cases import Asking
from bridge.workflow.desk import with_replaced
from bridge.workflow.doors import why_not
from bridge.workflow.effects import Inform, Remove
from bridge.workflow.materials import Materials
from bridge.workflow.phrasing import lines
from bridge.workflow.records import Room

REASON_LENGTH = 400


def inform(effect: Inform, materials: Materials) -> Content | None:
    """None where it is not for them any more, or others read along in the direct chat."""
    policy = materials.policy
    if effect.for_staff and not is_ours(effect.person, policy.people):
        return None
    if not materials.may_tell(effect.person):
        return None
    language = _language(effect.person, effect.space, materials)
    if effect.asking == Asking.TERMS and not _are_current(effect, materials):
        return None
    arguments: dict[str, Argument] = {"prefix": policy.setting.prefix, **effect.arguments}
    return notice(lines(effect.key, arguments, effect.space, language, materials))


def _are_current(effect: Inform, materials: Materials) -> bool:
    space = materials.policy.spaces.get(effect.space)
    terms = space.externals.terms if space else None
    return terms is not None and terms.version == effect.detail


def _language(person: str, space: str, materials: Materials) -> Words:
    known = materials.persons.get(person)
    if known and known.language:
        return words(known.language)
    found = materials.policy.spaces.get(space)
    return words(found.language if found else materials.policy.language)


def parting(effect: Remove, materials: Materials) -> Content | None:
    """Why somebody is put out and what they can do, in their language; None where they have a place by now."""
    room = materials.tx.rooms.get(effect.room_id)
    reason = why_not(effect.person, room, materials.tx, materials.policy, materials.now) if room else None
    violation = materials.tx.violations.get(effect.room_id, effect.person)
    if room is None or reason is None or violation is None:
        return None
    language = _language(effect.person, room.space or "", materials)
    whom = _whom_to_ask(effect.person, room, materials) or violation.by or "none"
    arguments: dict[str, Argument] = {"whom": whom, "prefix": materials.policy.setting.prefix}
    return {"reason": language.say(f"no-place-{violation.reason}", arguments)[:REASON_LENGTH]}


def _whom_to_ask(person: str, room: Room, materials: Materials) -> str | None:
    """The sponsor of a grant that there is or was for this room."""
    tx, family = materials.tx, with_replaced(room.room_id, materials.tx)
    grants = (*tx.grants.of(person), *tx.grants.ended_of(person))
    found = [grant.sponsor for grant in grants if covers(grant, room.space or "", family)]
    return next((sponsor for sponsor in found if is_ours(sponsor, materials.policy.people)), None)
