"""`!audit`: what differs, line by line; and a moderator's word that it is meant so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bridge.chat.intents import Intent
from bridge.chat.render.content import Line, item, one_line
from bridge.chat.words import Words
from bridge.domain.drift import Remedy
from bridge.domain.facts import DriftAccepted
from bridge.domain.results import Argument, Refused
from bridge.workflow.advising import reply
from bridge.workflow.cases import DriftCase, DriftStep
from bridge.workflow.conforming import lacks_in
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.drifting import shown
from bridge.workflow.effects import MendRoom
from bridge.workflow.materials import Materials
from bridge.workflow.records import Room
from bridge.workflow.stewards import may_moderate

PAGE = 25
"""How many differences, and how many rooms with missing rights, one message shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit(Intent):
    """List what differs in `space` ("" for all), or `accept` the difference of that number."""

    space: str = ""
    page: int = 1
    accept: int | None = None


def audit(intent: Audit, desk: Desk) -> Outcome:
    if intent.accept is not None:
        return _accept(intent.accept, desk)
    spaces = [name for name in desk.policy.spaces if intent.space.casefold() in {"", name.casefold()}]
    if not spaces:
        return Refused("no-such-space", {"word": intent.space[:64], "list": tuple(sorted(desk.policy.spaces))})
    cases = [case for case in desk.tx.drifts.all() if case.space in spaces]
    lacking = [room.room_id for room in desk.tx.rooms.all().values() if room.space in spaces and _lacks(room, desk)]
    if not cases and not lacking:
        return Done(effects=(reply(desk, "audit-clean", {}),))
    return Done(effects=(reply(desk, "audit-found", _page(cases, lacking, intent.page)),))


def _lacks(room: Room, desk: Desk) -> bool:
    return bool(lacks_in(room, desk.policy))


def _page(cases: Sequence[DriftCase], lacking: Sequence[str], page: int) -> dict[str, Argument]:
    pages = max(1, -(-max(len(cases), len(lacking)) // PAGE))
    page = min(max(page, 1), pages)
    part = slice((page - 1) * PAGE, page * PAGE)
    return {
        "count": len(cases),
        "drifts": tuple(str(case.number) for case in cases[part]),
        "lacks": tuple(lacking[part]),
        "page": page,
        "pages": pages,
    }


def _accept(number: int, desk: Desk) -> Outcome:
    case = desk.tx.drifts.get(number)
    if case is None:
        return Refused("no-such-drift", {"number": number})
    if not may_moderate(desk.sender, case.space, desk.tx, desk.policy):
        return Refused("for-moderators")
    if case.step is DriftStep.MENDED:
        return _put_back(case, desk)
    if case.ended_at is not None:
        return Refused("drift-over", {"number": number})
    desk.tx.drifts.save(replace(case, step=DriftStep.ACCEPTED, remedy=None))
    facts = () if case.step is DriftStep.ACCEPTED else (_fact(case, desk),)
    return Done(facts, (reply(desk, "audit-keeps", _about(case)),))


def _put_back(case: DriftCase, desk: Desk) -> Outcome:
    """What the bot had put right; a later change of the same stands for itself."""
    later = next((c for c in desk.tx.drifts.of_room(case.room_id) if c.place == case.place), None)
    if later is not None:
        same = later.found == case.found
        return _accept(later.number, desk) if same else Refused("drift-over", {"number": case.number})
    accepted = replace(case, step=DriftStep.ACCEPTED, remedy=None, restoring=True, ended_at=None)
    desk.tx.drifts.save(accepted)
    mend = MendRoom(room_id=case.room_id, drift=case.number)
    return Done((_fact(case, desk),), (mend, reply(desk, "audit-restores", _about(case))))


def _fact(case: DriftCase, desk: Desk) -> DriftAccepted:
    return DriftAccepted(
        at=desk.now,
        actor=desk.sender,
        room_id=case.room_id,
        space=case.space,
        drift=case.number,
        what=case.kind.value,
    )


def _about(case: DriftCase) -> dict[str, Argument]:
    return {"room": case.room_id, "drift": case.kind.value, "found": shown(case.found, case.about)}


# --- in words ------------------------------------------------------------------------------------------------------


def audit_lines(arguments: Mapping[str, Argument], language: Words, materials: Materials) -> list[Line]:
    """The differences (`drifts`, numbers) and rooms with missing rights (`lacks`, room ids) of a message."""
    cases = [materials.tx.drifts.get(int(number)) for number in _several(arguments.get("drifts"))]
    found = [item(_case(case, language, materials)) for case in cases if case]
    rooms = [materials.tx.rooms.get(room_id) for room_id in _several(arguments.get("lacks"))]
    return found + [item(_missing(room, language, materials)) for room in rooms if room]


def _several(value: Argument | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _case(case: DriftCase, language: Words, materials: Materials) -> str:
    room = materials.tx.rooms.get(case.room_id)
    arguments: dict[str, Argument] = {
        "number": case.number,
        "room": one_line(room.name if room else case.room_id)[:100],
        "drift": language.say(f"drift-{case.kind}"),
        "found": one_line(shown(case.found, case.about)),
        "wanted": one_line(case.wanted or "–"),
        "ago": language.ago(materials.now - case.found_at),
        "who": case.by or "–",
    }
    return f"{language.say('audit-line', arguments)} {_state(case, language)}"


def _state(case: DriftCase, language: Words) -> str:
    if case.step is DriftStep.ACCEPTED:
        return language.say("audit-accepted")
    if case.step is DriftStep.DUE:
        return language.say("audit-due")
    if case.remedy is None:
        return language.say("audit-open")
    said = language.say(f"drift-remedy-{case.remedy}")
    return f"{said} ({one_line(case.problem)})" if case.remedy is Remedy.REFUSED else said


def _missing(room: Room, language: Words, materials: Materials) -> str:
    lacks = lacks_in(room, materials.policy)
    if not lacks:
        return one_line(room.name)[:100]
    arguments: dict[str, Argument] = {
        "room": one_line(room.name)[:100],
        "lacks": tuple(f"{lack.what} ({lack.needed})" for lack in lacks),
        "has": lacks[0].has,
        "needed": max(lack.needed for lack in lacks),
        "bot": materials.policy.setting.me,
    }
    return language.say("audit-lacks", arguments)
