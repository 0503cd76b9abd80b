"""Who is where they have no place: found when they come, when what let them in ends, and when rooms are gone through.

Deciding is pure (`domain.admission`, `domain.enforcement`); what is decided is kept as a `Violation`, so that it is
carried out after a crash, too, and done once.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from bridge.chat.events import MemberChanged
from bridge.domain.admission import NoPlace, no_place
from bridge.domain.enforcement import PRESENT, Cause, Decision, Step, decide, obstacle
from bridge.domain.facts import Fact, ViolationFound
from bridge.domain.grants import Grant, covers
from bridge.domain.spaces import DAY
from bridge.workflow.cases import Cascade, Violation
from bridge.workflow.desk import Desk, Done, Policy, with_replaced
from bridge.workflow.effects import Effect, Invite, Remove
from bridge.workflow.impersonation import suspect
from bridge.workflow.records import Room
from bridge.workflow.removals import finish, halted, on_found_in, settle, unable
from bridge.workflow.storage import Transaction


def came(change: MemberChanged, room: Room, desk: Desk) -> Done:
    """Somebody joined, was invited, knocked, left, or changed their name."""
    by = desk.sender if desk.sender != change.user_id else None
    tx, policy = desk.tx, desk.policy
    if by == policy.setting.me and change.membership == "leave":
        # Our own removal: its event may come before the answer to the request.
        done = settle(Remove(room_id=room.room_id, person=change.user_id), "", tx, policy, desk.now)
        if done.facts:
            return done
    looked = look_at(change.user_id, change.membership, room, tx, policy, desk.now, cause=Cause.CAME, by=by)
    return plus(looked, suspect(change, room, desk)) if not looked.effects else looked


def why_not(user_id: str, room: Room, tx: Transaction, policy: Policy, now: int) -> NoPlace | None:
    """None where somebody may be in a room. Rooms of no space are nobody's business."""
    return _why_not(user_id, room, with_replaced(room.room_id, tx), tx, policy, now)


def _why_not(
    user_id: str, room: Room, family: Collection[str], tx: Transaction, policy: Policy, now: int
) -> NoPlace | None:
    space = policy.spaces.get(room.space) if room.space else None
    if space is None or user_id == policy.setting.me:
        return None
    return no_place(user_id, space, family, policy.people, _grants_of(user_id, tx), now)


def _grants_of(user_id: str, tx: Transaction) -> Iterator[Grant]:
    """Looked up only for those about whom grants have to be asked: most people are ours."""
    yield from tx.grants.of(user_id)


def look_at(
    user_id: str,
    membership: str,
    room: Room,
    tx: Transaction,
    policy: Policy,
    now: int,
    *,
    cause: Cause,
    by: str | None = None,
    cascade: int = 0,
) -> Done:
    """Decide about one person in one room, as things stand now. What was decided before is not decided again."""
    reason = why_not(user_id, room, tx, policy, now) if membership in PRESENT else None
    known = tx.violations.get(room.room_id, user_id)
    if reason is None:
        return _in_order(known, user_id, membership, room, tx, policy, now)
    decision = _decision(user_id, reason, room, known, cause, tx, policy)
    number = _cascade_of(known, cascade, tx)
    if known and (known.step, known.membership, known.obstacle) == (decision.step, membership, decision.obstacle):
        ended = cause if cause is Cause.ENDED else known.cause
        if (number, ended) != (known.cascade, known.cause):
            tx.violations.save(replace(known, cascade=number, cause=ended))
        return Done()
    violation = Violation(
        room_id=room.room_id,
        user_id=user_id,
        membership=membership,
        reason=_in_full(decision.reason, user_id, room, tx),
        step=decision.step,
        cause=cause,
        since=known.since if known else now,
        by=by or (known.by if known else None),
        obstacle=decision.obstacle,
        cascade=number,
    )
    known_to_moderators = known is None and _was_told(violation, tx, now)
    tx.violations.save(violation)
    told = [] if known_to_moderators else _next(violation, room, tx, policy)
    done = Done((_found(violation, room, policy, now),), tuple(told))
    if known and known.step is Step.DUE and violation.step is not Step.DUE:
        return plus(done, finish(number, user_id, tx, policy, now))
    return done


def _cascade_of(known: Violation | None, cascade: int, tx: Transaction) -> int:
    """A removal that belongs to a cascade stays with it until that is reported on."""
    if known is None or not known.cascade or not cascade:
        return cascade or (known.cascade if known else 0)
    before = tx.cascades.get(known.cascade)
    return known.cascade if before and before.done_at is None else cascade


def _was_told(violation: Violation, tx: Transaction, now: int) -> bool:
    """Whether they were there a short while ago, and just as little was done: to come and go once more is no news."""
    if violation.cause is not Cause.CAME or violation.step not in {Step.REPORT, Step.STUCK, Step.WAITING}:
        return False
    before = tx.violations.ended(*violation.place)
    return before is not None and before[0] is violation.step and now - before[1] < DAY


def _decision(
    user_id: str, reason: NoPlace, room: Room, known: Violation | None, cause: Cause, tx: Transaction, policy: Policy
) -> Decision:
    space = policy.spaces[str(room.space)]
    waiting = known is not None and known.step in {Step.FOUND, Step.WAITING}
    if waiting and known is not None and cause is not Cause.ENDED:
        cause = known.cause
    wait = not policy.trusted or halted(tx) > 0
    decision = decide(user_id, policy.setting.me, reason, room.powers, space.enforce, cause, halted=wait)
    if policy.trusted and known and known.step is Step.DUE and decision.step in {Step.FOUND, Step.WAITING}:
        return replace(decision, step=Step.DUE)
    return decision


def stays_due(violation: Violation, room: Room, tx: Transaction, policy: Policy, now: int) -> bool:
    """Whether a removal that was decided may still be carried out, by the rules and rights of this moment."""
    reason = why_not(violation.user_id, room, tx, policy, now)
    if reason is None:
        return False
    enforce, me = policy.spaces[str(room.space)].enforce, policy.setting.me
    halted = not policy.trusted
    decision = decide(violation.user_id, me, reason, room.powers, enforce, violation.cause, halted=halted)
    return decision.step in {Step.DUE, Step.FOUND}


def _in_full(reason: NoPlace, user_id: str, room: Room, tx: Transaction) -> NoPlace:
    """Who had a grant here is told that it ended, and not that there never was one."""
    if reason is not NoPlace.UNGRANTED:
        return reason
    family = with_replaced(room.room_id, tx)
    had = any(covers(grant, room.space or "", family) for grant in tx.grants.ended_of(user_id))
    return NoPlace.ENDED if had else reason


def _found(violation: Violation, room: Room, policy: Policy, now: int) -> Fact:
    return ViolationFound(
        at=now,
        actor=violation.by or policy.setting.me,
        room_id=room.room_id,
        space=room.space or "",
        person=violation.user_id,
        reason=violation.reason.value,
        step=violation.step.value,
    )


def _next(violation: Violation, room: Room, tx: Transaction, policy: Policy) -> list[Effect]:
    """What follows at once. What was found in going through rooms is told together, and decided together."""
    if violation.step is Step.DUE:
        return [Remove(room_id=room.room_id, person=violation.user_id)]
    if violation.cause is Cause.FOUND:
        return []
    if violation.step in {Step.REPORT, Step.STUCK, Step.WAITING}:
        return unable(violation, room, tx, policy)
    return []


def _in_order(
    known: Violation | None,
    user_id: str,
    membership: str,
    room: Room,
    tx: Transaction,
    policy: Policy,
    now: int,
) -> Done:
    """They are gone, or have a place. Whoever knocks and holds a grant is let in."""
    done = Done()
    if known:
        tx.violations.end(room.room_id, user_id, now, removed=False)
        done = finish(known.cascade, user_id, tx, policy, now)
    family = with_replaced(room.room_id, tx) if membership == "knock" else ()
    if any(covers(grant, room.space or "", family) for grant in (tx.grants.of(user_id) if family else ())):
        return Done(done.facts, (*done.effects, Invite(room_id=room.room_id, person=user_id)))
    return done


def inspect(room: Room, tx: Transaction, policy: Policy, now: int) -> tuple[list[Violation], Done]:
    """Go through everybody in a room; return who is newly found to be wrong there, and what follows at once.

    `on_found` then decides. What follows at once: removals of those whose access people ended, reports, invites.
    """
    members = tx.rooms.members(room.room_id)
    family = with_replaced(room.room_id, tx)
    without = [
        who
        for who, membership in members.items()
        if membership in PRESENT and _why_not(who, room, family, tx, policy, now) is not None
    ]
    before = {violation.user_id: violation for violation in tx.violations.of_room(room.room_id)}
    done = [
        look_at(user_id, members.get(user_id, "leave"), room, tx, policy, now, cause=Cause.FOUND)
        for user_id in sorted(before.keys() - set(without))
    ]
    found = []
    for user_id in without:
        ended = user_id in before and before[user_id].cause is Cause.ENDED
        cause = Cause.ENDED if ended else Cause.FOUND
        done.append(look_at(user_id, members[user_id], room, tx, policy, now, cause=cause))
        violation = tx.violations.get(room.room_id, user_id)
        if violation and (user_id not in before or before[user_id].step is not violation.step):
            found.append(violation)
    return found, Done(tuple(f for one in done for f in one.facts), tuple(e for one in done for e in one.effects))


def look_again(room: Room, tx: Transaction, policy: Policy, now: int) -> Done:
    """Decide anew about those who are wrong in a room: rights have changed.

    Whoever can be removed only now counts as found, so that moderators are asked where there are many.
    """
    done = Done()
    for known in tx.violations.of_room(room.room_id):
        if known.held:
            freed = known.step is Step.STUCK and obstacle(known.user_id, policy.setting.me, room.powers) is None
            cause = Cause.FOUND if freed and known.cause is Cause.CAME else known.cause
            again = look_at(known.user_id, known.membership, room, tx, policy, now, cause=cause, by=known.by)
            done = plus(done, again)
    return plus(done, on_found_in(room, tx, policy, now))


def admit(grant: Grant, tx: Transaction, policy: Policy, now: int) -> Done:
    """What a grant opens is opened: invites to its rooms, and an end to what was wrong about the person."""
    done = Done()
    there = tx.rooms.memberships_of(grant.person)
    for room in list(tx.rooms.all().values()):
        if room.space != grant.space or not room.joined or room.successor:
            continue
        if not covers(grant, grant.space, with_replaced(room.room_id, tx)):
            continue
        known = tx.violations.get(room.room_id, grant.person)
        membership = there.get(room.room_id, "leave")
        if known:
            done = plus(done, look_at(grant.person, membership, room, tx, policy, now, cause=known.cause))
        if membership not in {"join", "invite"} and why_not(grant.person, room, tx, policy, now) is None:
            invite = Invite(room_id=room.room_id, person=grant.person, sponsor=grant.sponsor)
            done = plus(done, Done(effects=(invite,)))
    return done


def shut(person: str, space: str, actor: str, tx: Transaction, policy: Policy, now: int, *, revoked: bool) -> Done:
    """What let a person in has ended: out of every room where nothing else admits them; then one report.

    `space` "" stands for all; `actor` gets the report: who ended it, or the sponsor where time did.
    """
    number = tx.cascades.next_number()
    done = Done()
    total = 0
    for room_id, membership in sorted(tx.rooms.memberships_of(person).items()):
        room = tx.rooms.get(room_id)
        if room is None or room.space is None or space not in {"", room.space} or membership not in PRESENT:
            continue
        looked = look_at(person, membership, room, tx, policy, now, cause=Cause.ENDED, cascade=number)
        found = tx.violations.get(room_id, person)
        total += found is not None and found.cascade == number and found.step in {Step.DUE, Step.STUCK}
        done = plus(done, looked)
    tx.cascades.save(Cascade(number, person, actor, space, revoked, total, now))
    return plus(done, finish(number, person, tx, policy, now))


def plus(one: Done, other: Done) -> Done:
    return Done((*one.facts, *other.facts), (*one.effects, *other.effects))
