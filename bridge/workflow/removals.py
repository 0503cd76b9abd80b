"""What becomes of removals: carried out, failed, held back until a moderator says so; and who is told, once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bridge.domain.admission import NoPlace
from bridge.domain.enforcement import Obstacle, Step, has_to_ask
from bridge.domain.facts import Fact, PersonRemoved, RemovalFailed, RemovalsConfirmed, RemovalsHalted
from bridge.domain.people import is_ours
from bridge.domain.results import Argument
from bridge.domain.spaces import DAY
from bridge.workflow.cases import Violation
from bridge.workflow.desk import Done, Policy
from bridge.workflow.effects import Effect, Inform, Remove
from bridge.workflow.records import Room
from bridge.workflow.stewards import moderators_of
from bridge.workflow.storage import Transaction

NEVER = frozenset({NoPlace.INTERNAL, NoPlace.DENIED, NoPlace.SERVER})
"""Reasons against which no grant helps."""
LISTED = 10
"""How many people one message names."""


def settle(effect: Remove, problem: str, tx: Transaction, policy: Policy, now: int) -> Done:
    """A removal was carried out, or the homeserver refused it for good (`problem`)."""
    violation = tx.violations.get(effect.room_id, effect.person)
    room = tx.rooms.get(effect.room_id)
    if violation is None or room is None or violation.step is not Step.DUE:
        return Done()
    done = _failed(violation, problem, room, tx, policy, now) if problem else _gone(violation, room, tx, policy, now)
    end = finish(violation.cascade, violation.user_id, tx, policy, now)
    return Done((*done.facts, *end.facts), (*done.effects, *end.effects))


def _gone(violation: Violation, room: Room, tx: Transaction, policy: Policy, now: int) -> Done:
    before = tx.violations.removed_at(room.room_id, violation.user_id)
    tx.violations.end(room.room_id, violation.user_id, now, removed=True)
    tx.rooms.set_member(room.room_id, violation.user_id, "leave", "")
    fact = PersonRemoved(
        at=now,
        actor=policy.setting.me,
        room_id=room.room_id,
        space=room.space or "",
        person=violation.user_id,
        reason=violation.reason.value,
        membership=violation.membership,
    )
    silent = violation.cascade or (before is not None and now - before < DAY)
    return Done((fact,), () if silent else tuple(_told(violation, room, tx, policy)))


def _told(violation: Violation, room: Room, tx: Transaction, policy: Policy) -> list[Effect]:
    """Who invited them learns what happened and what to do instead; moderators learn of it."""
    moderators = moderators_of(room.space or "", tx, policy, room.room_id)
    about = _about(violation, room)
    told: list[Effect] = [
        Inform(person=who, key="told-removed", arguments=about, space=room.space or "")
        for who in moderators
        if who != violation.by
    ]
    by = violation.by
    if by and by != policy.setting.me and is_ours(by, policy.people):
        key = "told-inviter-never" if violation.reason in NEVER else "told-inviter"
        told.append(Inform(person=by, key=key, arguments=about, space=room.space or ""))
    return told


def _about(violation: Violation, room: Room) -> dict[str, Argument]:
    return {
        "person": violation.user_id,
        "room": room.room_id,
        "membership": violation.membership,
        "why": violation.reason.value,
        "by": violation.by or "none",
    }


def _failed(violation: Violation, problem: str, room: Room, tx: Transaction, policy: Policy, now: int) -> Done:
    stuck = replace(violation, step=Step.STUCK, problem=problem, obstacle=violation.obstacle or Obstacle.RIGHTS)
    tx.violations.save(stuck)
    fact = RemovalFailed(
        at=now,
        actor=policy.setting.me,
        room_id=room.room_id,
        space=room.space or "",
        person=violation.user_id,
        problem=problem[:200],
    )
    return Done((fact,), () if violation.cascade else tuple(unable(stuck, room, tx, policy)))


def unable(violation: Violation, room: Room, tx: Transaction, policy: Policy) -> list[Effect]:
    """Moderators learn who is wrong in a room and what they have to do, since the bot cannot or may not do it."""
    keys = {Step.REPORT: "told-would-remove", Step.WAITING: "told-waiting"}
    key = keys.get(violation.step, f"told-stuck-{violation.obstacle}")
    about = _about(violation, room) | {"bot": policy.setting.me, "power": _needed(room)}
    return [
        Inform(person=who, key=key, arguments=about, space=room.space or "")
        for who in moderators_of(room.space or "", tx, policy, room.room_id)
    ]


def _needed(room: Room) -> int:
    return max(room.powers.kick, 50)


def finish(cascade: int, person: str, tx: Transaction, policy: Policy, now: int) -> Done:
    """Report on a cascade once nothing of it is left to do."""
    found = tx.cascades.get(cascade) if cascade else None
    if found is None or found.done_at is not None:
        return Done()
    left = [violation for violation in tx.violations.of_person(person) if violation.cascade == cascade]
    if any(violation.step is Step.DUE for violation in left):
        return Done()
    tx.cascades.save(replace(found, done_at=now))
    stuck = [violation for violation in left if violation.step is Step.STUCK]
    arguments: dict[str, Argument] = {
        "person": person,
        "count": found.total - len(stuck),
        "stuck": len(stuck),
        "rooms": tuple(violation.room_id for violation in stuck[:LISTED]),
        "problem": next((violation.problem for violation in stuck if violation.problem), "none"),
        "bot": policy.setting.me,
    }
    readers = {found.actor: None} if is_ours(found.actor, policy.people) else {}
    if stuck or not readers:
        readers |= dict.fromkeys(moderators_of(found.space, tx, policy))
    key = "told-revoked" if found.revoked else "told-ended"
    return Done(effects=tuple(Inform(person=who, key=key, arguments=arguments) for who in readers))


def on_found(new: Sequence[Violation], tx: Transaction, policy: Policy, now: int) -> Done:
    """Decide about all who were found in going through rooms: few are removed, many wait for a moderator's word.

    `new` are those that were not known before; of these it is told what would be done, or cannot be done.
    """
    strays = _forget_strays(tx, policy, now)
    decided = _decided(tx.violations.at(Step.FOUND), tx, policy, now)
    told = _told_together([v for v in new if v.step in {Step.REPORT, Step.STUCK, Step.WAITING}], tx, policy)
    return Done((*strays.facts, *decided.facts), (*strays.effects, *decided.effects, *told))


def on_found_in(room: Room, tx: Transaction, policy: Policy, now: int) -> Done:
    """Decide about those found in one room; others, who may be just being counted, are only counted."""
    return _decided([v for v in tx.violations.of_room(room.room_id) if v.step is Step.FOUND], tx, policy, now)


def _decided(found: Sequence[Violation], tx: Transaction, policy: Policy, now: int) -> Done:
    waiting = halted(tx)
    count = tx.violations.count(Step.FOUND) if found else 0
    if not has_to_ask(count, waiting, policy.max_removals):
        return Done(effects=tuple(_due(found, tx)))
    for violation in found:
        tx.violations.save(replace(violation, step=Step.WAITING))
    fact = RemovalsHalted(at=now, actor=policy.setting.me, room_id="", space="", count=len(found) + waiting)
    return Done((fact,), tuple(_summary("told-halted", found, tx, policy)))


def _forget_strays(tx: Transaction, policy: Policy, now: int) -> Done:
    """Who is in a room that left its space is nobody's business any more; a cascade does not wait for them."""
    effects: list[Effect] = []
    for violation in list(tx.violations.all()):
        if not _space(violation, tx):
            tx.violations.end(violation.room_id, violation.user_id, now, removed=False)
            effects += finish(violation.cascade, violation.user_id, tx, policy, now).effects
    return Done(effects=tuple(effects))


def halted(tx: Transaction) -> int:
    """How many removals wait for a moderator's word."""
    return tx.violations.count(Step.WAITING)


def reconsider(tx: Transaction) -> None:
    """Who waited for a config that can be loaded is counted anew, now that there is one."""
    for violation in tx.violations.at(Step.WAITING):
        tx.violations.save(replace(violation, step=Step.FOUND))


def _due(violations: Iterable[Violation], tx: Transaction) -> list[Effect]:
    removals: list[Effect] = []
    for violation in violations:
        tx.violations.save(replace(violation, step=Step.DUE))
        removals.append(Remove(room_id=violation.room_id, person=violation.user_id))
    return removals


def _told_together(violations: Sequence[Violation], tx: Transaction, policy: Policy) -> list[Effect]:
    effects: list[Effect] = []
    keys = {Step.REPORT: "told-would-remove-all", Step.STUCK: "told-stuck-all", Step.WAITING: "told-halted"}
    for step, key in keys.items():
        effects += _summary(key, [v for v in violations if v.step is step], tx, policy)
    return effects


def _summary(key: str, violations: Sequence[Violation], tx: Transaction, policy: Policy) -> list[Effect]:
    """One message for each moderator, about what is theirs to know."""
    by_room: dict[str, list[Violation]] = {}
    for violation in violations:
        by_room.setdefault(violation.room_id, []).append(violation)
    by_reader: dict[str, list[Violation]] = {}
    for room_id, found in by_room.items():
        for who in moderators_of(_space(found[0], tx), tx, policy, room_id):
            by_reader.setdefault(who, []).extend(found)
    return [Inform(person=who, key=key, arguments=_counted(theirs, tx, policy)) for who, theirs in by_reader.items()]


def _counted(violations: Sequence[Violation], tx: Transaction, policy: Policy) -> dict[str, Argument]:
    more = max(0, len(violations) - LISTED)
    return {"count": len(violations), "list": named(violations, tx), "more": more, "bot": policy.setting.me}


def named(violations: Sequence[Violation], tx: Transaction) -> tuple[str, ...]:
    """Some of them, by user id and room."""
    return tuple(f"{v.user_id} ({_name(v.room_id, tx)})" for v in violations[:LISTED])


def _name(room_id: str, tx: Transaction) -> str:
    room = tx.rooms.get(room_id)
    return room.name if room else room_id


def confirm(actor: str, spaces: Iterable[str], tx: Transaction, now: int) -> Done:
    """A moderator of these spaces lets what waits be carried out."""
    theirs = set(spaces)
    waiting = [v for v in tx.violations.at(Step.WAITING) if _space(v, tx) in theirs]
    if not waiting:
        return Done()
    fact: Fact = RemovalsConfirmed(at=now, actor=actor, room_id="", space="", count=len(waiting))
    return Done((fact,), tuple(_due(waiting, tx)))


def _space(violation: Violation, tx: Transaction) -> str:
    room = tx.rooms.get(violation.room_id)
    return (room.space if room else None) or ""
