"""Rooms against the policy of their space: found, put right, told of once, accepted.

What differs is pure (`domain.conformity`); what was found is kept as a `DriftCase`, so that nobody is told twice, and
what is put right is compared once more at delivery.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bridge.chat.words import LANGUAGES, words
from bridge.domain.conformity import RESTRICTED, drifts
from bridge.domain.drift import QUIET, Drift, Kind, Mend, Remedy, RoomView, SetListing, SetState, Surroundings
from bridge.domain.facts import DriftFound, DriftMended, Fact
from bridge.domain.rights import Lack, lack_for, lacking
from bridge.domain.spaces import Enforce, Space
from bridge.workflow import drifting
from bridge.workflow.cases import DriftCase, DriftStep
from bridge.workflow.desk import Done, Policy
from bridge.workflow.effects import Effect, MendRoom
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction

HOUR = 3_600_000
REVERTS = 3
"""How often within an hour the bot puts the same right once more; then it leaves it to people."""
AT_ONCE = 3
"""With more found at once than this, moderators get one message about all."""


def view_of(room: Room, tx: Transaction, policy: Policy) -> RoomView | None:
    """A room as it is compared; None where it is none of ours."""
    space = policy.spaces.get(room.space) if room.space else None
    if space is None or not room.joined:
        return None
    return RoomView(
        room.state, room.powers, room.listed, space, policy.people, policy.setting.me, _around(space, tx, policy)
    )


def _around(space: Space, tx: Transaction, policy: Policy) -> Surroundings:
    def space_of(room_id: str) -> Space | None:
        other = tx.rooms.get(room_id)
        return policy.spaces.get(other.space or other.defines or "") if other else None

    family = space.room.join_rule in RESTRICTED
    defining = (r.room_id for r in tx.rooms.all().values() if r.defines == space.name and r.joined) if family else ()
    marks = {language: words(language).say("room-mark") for language in LANGUAGES}
    own = words(space.language).say("room-mark")
    return Surroundings(space_of, next(iter(defining), None), own, tuple(marks.values()), policy.encryption)


def compare(
    room: Room, tx: Transaction, policy: Policy, now: int, by: str | None = None, *, live: bool = False
) -> Done:
    """Look at a room; `by` has just changed it, where it is looked at `live`. Costs no query where nothing is new."""
    view = view_of(room, tx, policy)
    found = {(drift.kind, drift.about): drift for drift in drifts(view)} if view else {}
    facts: list[Fact] = []
    effects: list[Effect] = []
    for case in tx.drifts.of_room(room.room_id):
        drift = found.get(case.place)
        if drift is not None and case.is_about(drift):
            del found[case.place]
            effects += _again(case, drift, room, tx, policy)
        elif not case.restoring:
            over = _over(case, by, tx, policy, now)
            facts += over.facts
            effects += over.effects
    news = [_new(drift, room, tx, policy, now, by, live=live) for drift in found.values()]
    facts += [_fact(DriftFound, case, case.by or policy.setting.me, now) for case in news]
    return Done(tuple(facts), (*effects, *_on_found(news, tx, policy)))


def _on_found(news: list[DriftCase], tx: Transaction, policy: Policy) -> list[Effect]:
    """Order what can be put right; tell people of what cannot, and of many things at once in one message."""
    mends: list[Effect] = [_mending(case) for case in news if case.step is DriftStep.DUE]
    loud = [case for case in news if case.live and case.kind not in QUIET]
    if len(loud) > AT_ONCE:
        for case in loud:
            tx.drifts.save(replace(case, live=False))
        return [*mends, *drifting.summary(loud, tx, policy)]
    told = [case for case in news if case.step is not DriftStep.DUE and (case in loud or _is_contested(case))]
    return mends + [effect for case in told for effect in drifting.told(case, tx, policy)]


def _is_contested(case: DriftCase) -> bool:
    return case.remedy is Remedy.REVERTED


def _mending(case: DriftCase) -> MendRoom:
    return MendRoom(room_id=case.room_id, drift=case.number)


def _new(
    drift: Drift, room: Room, tx: Transaction, policy: Policy, now: int, by: str | None, *, live: bool
) -> DriftCase:
    source = drift.source
    event = room.state.get(source[0], {}).get(source[1], {}) if source else {}
    space = policy.spaces[room.space or ""]
    step, remedy = _decided(drift, room, policy)
    if step is DriftStep.DUE and _reverted(drift, room, tx, now) > REVERTS:
        step, remedy = DriftStep.STUCK, Remedy.REVERTED
    silent = drift.kind in QUIET or space.enforce is Enforce.OFF
    content = event.get("content")
    case = DriftCase(
        number=tx.drifts.next_number(),
        room_id=room.room_id,
        space=space.name,
        kind=drift.kind,
        about=drift.about,
        event_type=source[0] if source else "",
        state_key=source[1] if source else "",
        found=drift.found,
        wanted=drift.wanted,
        before=content if isinstance(content, dict) else None,
        by=by or _sender(event, policy),
        found_at=now,
        step=step,
        remedy=remedy,
        live=live and not silent,
        told=live or silent,
    )
    tx.drifts.save(case)
    return case


def _reverted(drift: Drift, room: Room, tx: Transaction, now: int) -> int:
    """How often the same was put right within the hour. Who renames a room does not take back its mark."""
    mended = tx.drifts.mended_since(room.room_id, drift.kind, drift.about, now - HOUR)
    return mended.count(drift.found) if drift.kind in QUIET else len(mended)


def _sender(event: JsonObject | dict[str, object], policy: Policy) -> str | None:
    sender = event.get("sender")
    return sender if isinstance(sender, str) and sender and sender != policy.setting.me else None


def _decided(drift: Drift, room: Room, policy: Policy) -> tuple[DriftStep, Remedy | None]:
    if drift.mend is None:
        return DriftStep.STUCK, drift.remedy
    if lack_for(drift.mend, room.powers, policy.setting.me):
        return DriftStep.STUCK, Remedy.RIGHTS
    enforced = policy.spaces[room.space or ""].enforce is Enforce.ON
    return (DriftStep.DUE if enforced else DriftStep.OPEN), None


def _again(case: DriftCase, drift: Drift, room: Room, tx: Transaction, policy: Policy) -> list[Effect]:
    """It is still so: what can be done about it may have changed."""
    if case.step is DriftStep.ACCEPTED or case.remedy in {Remedy.REVERTED, Remedy.REFUSED}:
        return []
    step, remedy = _decided(drift, room, policy)
    if (step, remedy, drift.wanted) == (case.step, case.remedy, case.wanted):
        return []
    changed = replace(case, step=step, remedy=remedy, wanted=drift.wanted)
    tx.drifts.save(changed)
    return [_mending(changed)] if step is DriftStep.DUE and case.step is not DriftStep.DUE else []


def _over(case: DriftCase, by: str | None, tx: Transaction, policy: Policy, now: int) -> Done:
    """It is gone, by the bot's hand if its own event says so."""
    if by == policy.setting.me and case.step is DriftStep.DUE:
        return _mended(case, tx, policy, now)
    tx.drifts.save(replace(case, step=DriftStep.OVER, ended_at=now))
    return Done()


def _mended(case: DriftCase, tx: Transaction, policy: Policy, now: int) -> Done:
    tx.drifts.save(replace(case, step=DriftStep.MENDED, ended_at=now))
    told = drifting.mended(case, tx, policy) if case.live else []
    return Done((_fact(DriftMended, case, policy.setting.me, now),), tuple(told))


def _fact(kind: type[DriftFound] | type[DriftMended], case: DriftCase, actor: str, now: int) -> Fact:
    return kind(at=now, actor=actor, room_id=case.room_id, space=case.space, drift=case.number, what=case.kind.value)


# --- at delivery ---------------------------------------------------------------------------------------------------


def mend_of(number: int, tx: Transaction, policy: Policy) -> Mend | None:
    """What is to be set in the room by now; None where nothing is any more."""
    case = tx.drifts.get(number)
    room = tx.rooms.get(case.room_id) if case else None
    view = view_of(room, tx, policy) if room else None
    if case is None or view is None or case.ended_at is not None or view.space.name != case.space:
        return None
    if case.restoring:
        return _restoring(case, view)
    if case.step is not DriftStep.DUE or view.space.enforce is not Enforce.ON:
        return None
    mend = next((drift.mend for drift in drifts(view) if case.is_about(drift)), None)
    return mend if mend and not lack_for(mend, view.powers, view.me) else None


def _restoring(case: DriftCase, view: RoomView) -> Mend | None:
    if case.kind is Kind.LISTED:
        return SetListing(case.found == "public")
    if case.before is None:
        return None
    if case.kind is not Kind.POWER:
        return SetState(case.event_type, case.state_key, case.before)
    users, before = view.content("m.room.power_levels").get("users"), case.before.get("users")
    if not isinstance(users, dict) or not isinstance(before, dict) or case.about not in before:
        return None
    levels = {**users, case.about: before[case.about]}
    return SetState(case.event_type, case.state_key, {**view.content("m.room.power_levels"), "users": levels})


def as_content(mend: Mend | None, room: Room | None) -> JsonObject | None:
    """A mend on its way, with what it replaces."""
    if mend is None or room is None:
        return None
    if isinstance(mend, SetListing):
        return {"listed": mend.listed}
    before = room.content(mend.event_type, mend.state_key)
    return {"event_type": mend.event_type, "state_key": mend.state_key, "content": mend.content, "before": before}


def settled(
    effect: MendRoom, content: JsonObject | None, problem: str, tx: Transaction, policy: Policy, now: int
) -> Done:
    """A mend was carried out, was not due any more (no `content`), or was refused for good (`problem`)."""
    case, room = tx.drifts.get(effect.drift), tx.rooms.get(effect.room_id)
    if case is None or room is None or case.ended_at is not None:
        return Done()
    if problem:
        return _refused(case, problem, tx, policy, now)
    if content is None:
        return compare(room, tx, policy, now)
    changed = _changed(room, content, policy)
    if changed is not None:
        tx.rooms.save(changed)
    if case.restoring:
        tx.drifts.save(replace(case, restoring=False))
        return Done()
    return Done() if changed is None else _mended(case, tx, policy, now)


def _changed(room: Room, content: JsonObject, policy: Policy) -> Room | None:
    """The room with what was set; None where somebody changed the same meanwhile: then the echo tells."""
    if "listed" in content:
        return replace(room, listed=content["listed"])
    event_type, state_key = content["event_type"], content["state_key"]
    if room.content(event_type, state_key) != content["before"]:
        return None
    entry = {"content": content["content"], "sender": policy.setting.me, "event_id": ""}
    return replace(room, state={**room.state, event_type: {**room.state.get(event_type, {}), state_key: entry}})


def _refused(case: DriftCase, problem: str, tx: Transaction, policy: Policy, now: int) -> Done:
    ended = now if case.restoring else None
    step = DriftStep.OVER if case.restoring else DriftStep.STUCK
    failed = replace(
        case, step=step, remedy=Remedy.REFUSED, problem=problem[:200], restoring=False, told=True, ended_at=ended
    )
    tx.drifts.save(failed)
    return Done(effects=() if case.kind in QUIET else tuple(drifting.told(failed, tx, policy)))


# --- all rooms -----------------------------------------------------------------------------------------------------


def summarise(tx: Transaction, policy: Policy, now: int) -> Done:
    """Tell moderators together of what was found in going through rooms, be it put right by now or not."""
    forget_strays(tx, now)
    return Done(effects=tuple(drifting.summary(tx.drifts.untold(), tx, policy)))


def forget_strays(tx: Transaction, now: int) -> None:
    """What differed from the policy of a space that the room has left is nobody's business."""
    for case in tx.drifts.all():
        room = tx.rooms.get(case.room_id)
        if room is None or room.space != case.space:
            tx.drifts.save(replace(case, step=DriftStep.OVER, told=True, restoring=False, ended_at=now))


@dataclass(frozen=True, slots=True)
class Standing:
    """`counts`: how much differs, by space and kind; `lacks`: rights that the bot needs and has not, by room;
    `in_clear`: rooms that ought to be encrypted and are not.
    """

    counts: dict[tuple[str, str], int]
    lacks: dict[str, tuple[Lack, ...]]
    in_clear: tuple[str, ...] = ()


def stand(tx: Transaction, policy: Policy) -> Standing:
    """How all rooms stand; from memory."""
    counts: dict[tuple[str, str], int] = {}
    in_clear: list[str] = []
    for case in going_on(tx.drifts.all()):
        counts[case.space, case.kind.value] = counts.get((case.space, case.kind.value), 0) + 1
        room = tx.rooms.get(case.room_id) if case.kind is Kind.ENCRYPTION else None
        in_clear += [room.room_id] if room is not None and not room.encrypted else []
    lacks = {room.room_id: lacks_in(room, policy) for room in tx.rooms.all().values() if room.joined}
    return Standing(counts, {room_id: found for room_id, found in lacks.items() if found}, tuple(sorted(in_clear)))


def going_on(cases: Iterable[DriftCase]) -> list[DriftCase]:
    """Without those that moderators accepted."""
    return [case for case in cases if case.step is not DriftStep.ACCEPTED]


def lacks_in(room: Room, policy: Policy) -> tuple[Lack, ...]:
    space = policy.spaces.get(room.space) if room.space else None
    return lacking(room.powers, space, policy.setting.me) if space and room.joined else ()
