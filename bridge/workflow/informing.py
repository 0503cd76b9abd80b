"""What people are told in a direct chat about access, and what somebody who is put out is told."""

from bridge.chat.render.content import Content, clean_text, line, notice
from bridge.chat.words import Words, words
from bridge.domain.grants import covers
from bridge.domain.people import is_ours
from bridge.domain.results import Argument
from bridge.workflow.cases import Asking
from bridge.workflow.desk import with_replaced
from bridge.workflow.doors import why_not
from bridge.workflow.effects import Inform, Remove
from bridge.workflow.materials import Materials
from bridge.workflow.records import Room

REASON_LENGTH = 400
PHRASES = {"why": "why", "membership": "membership", "class": "class"}
"""Arguments that are codes, and the messages `<phrase>-<code>` that they stand for."""


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
    said = language.say(effect.key, _worded(effect, language, materials))
    return notice([line(part) for part in said.split("\n")])


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


def _worded(effect: Inform, language: Words, materials: Materials) -> dict[str, Argument]:
    worded: dict[str, Argument] = {"prefix": materials.policy.setting.prefix}
    for name, value in effect.arguments.items():
        worded[name] = _one(name, value, effect, language, materials)
    return worded


def _one(name: str, value: Argument, effect: Inform, language: Words, materials: Materials) -> Argument:
    if name == "until":
        return _date(value, effect, language, materials)
    if name in {"room", "rooms"}:
        ids = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
        return ", ".join(_room_name(room_id, materials) for room_id in ids)
    if name in PHRASES:
        return language.say(f"{PHRASES[name]}-{value}")
    if isinstance(value, tuple):
        return tuple(clean_text(part) for part in value)
    return clean_text(value) if isinstance(value, str) else value


def _date(value: Argument, effect: Inform, language: Words, materials: Materials) -> str:
    """The last day, since the end is the moment after it; "none" where there is no end."""
    space = materials.policy.spaces.get(effect.space)
    return language.date(value - 1, space.zone if space else "UTC") if isinstance(value, int) and value else "none"


def _room_name(room_id: str, materials: Materials) -> str:
    room = materials.tx.rooms.get(room_id)
    return clean_text(room.name if room else room_id)[:100]


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
