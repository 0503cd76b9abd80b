"""Who is told what about drift: whoever of ours changed it, and the moderators, in direct chats."""

from collections.abc import Sequence
from dataclasses import replace

from bridge.domain.drift import Remedy, SetState
from bridge.domain.people import is_ours
from bridge.domain.results import Argument
from bridge.workflow.cases import DriftCase, DriftStep
from bridge.workflow.desk import Policy
from bridge.workflow.effects import Effect, Inform
from bridge.workflow.stewards import moderators_of
from bridge.workflow.storage import Transaction

LISTED = 10
"""How many rooms one message names."""


def mended(case: DriftCase, tx: Transaction, policy: Policy) -> list[Effect]:
    """Somebody's change was put back."""
    about = _about(case) | {"number": case.number}
    return [
        Inform(person=who, key="told-drift-mended", arguments=about, space=case.space)
        for who in _readers(case, tx, policy)
    ]


def told(case: DriftCase, tx: Transaction, policy: Policy) -> list[Effect]:
    """Something differs that is not put right: it would be, or something is in the way."""
    about = _about(case) | {"number": case.number}
    if case.remedy is Remedy.RIGHTS:
        about |= _rights(case, tx, policy)
        key = "told-drift-rights"
    elif case.remedy is Remedy.REFUSED:
        about |= {"problem": case.problem}
        key = "told-drift-refused"
    elif case.remedy is not None:
        about |= {"remedy": case.remedy.value}
        key = "told-drift-stuck"
    else:
        key = "told-drift-would"
    return [Inform(person=who, key=key, arguments=about, space=case.space) for who in _readers(case, tx, policy)]


def _readers(case: DriftCase, tx: Transaction, policy: Policy) -> list[str]:
    by = case.by
    changed = [by] if by and by != policy.setting.me and is_ours(by, policy.people) else []
    return list(dict.fromkeys([*changed, *moderators_of(case.space, tx, policy, case.room_id)]))


def _about(case: DriftCase) -> dict[str, Argument]:
    return {
        "room": case.room_id,
        "who": case.by or "–",
        "drift": case.kind.value,
        "found": shown(case.found, case.about),
        "wanted": case.wanted or "–",
    }


def shown(found: str, about: str) -> str:
    """A value with whom or what it is about, where that is not plain from itself."""
    text = found or "–"
    return f"{about}: {text}" if about.startswith("@") else text


def _rights(case: DriftCase, tx: Transaction, policy: Policy) -> dict[str, Argument]:
    room = tx.rooms.get(case.room_id)
    takes = SetState(case.event_type, "", {}).takes if case.event_type else "m.room.canonical_alias"
    needed = room.powers.needed(takes) if room else 100
    has = int(room.powers.level(policy.setting.me)) if room else 0
    return {"bot": policy.setting.me, "event": takes, "needed": needed, "has": has}


def summary(cases: Sequence[DriftCase], tx: Transaction, policy: Policy) -> list[Effect]:
    """One message for each moderator of a space about all that was found there; from then on it counts as told."""
    effects: list[Effect] = []
    for space in dict.fromkeys(case.space for case in cases):
        theirs = [case for case in cases if case.space == space]
        for case in theirs:
            current = tx.drifts.get(case.number) or case
            tx.drifts.save(replace(current, told=True))
        effects += _together(space, theirs, tx, policy)
    return effects


def _together(space: str, cases: Sequence[DriftCase], tx: Transaction, policy: Policy) -> list[Effect]:
    rooms = tuple(dict.fromkeys(case.room_id for case in cases))
    about: dict[str, Argument] = {
        "space": space,
        "count": len(cases),
        "mended": sum(case.step in {DriftStep.DUE, DriftStep.MENDED} for case in cases),
        "stuck": sum(case.step is DriftStep.STUCK for case in cases),
        "rooms": rooms[:LISTED],
    }
    readers = moderators_of(space, tx, policy)
    return [Inform(person=who, key="told-drift-summary", arguments=about, space=space) for who in readers]
