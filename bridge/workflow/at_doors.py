"""What is done at the door of a room: whether it is still to be done at delivery, and what came of it."""

from bridge.domain.enforcement import Step
from bridge.domain.people import is_ours
from bridge.workflow.desk import Done, Policy
from bridge.workflow.doors import look_at, stays_due, why_not
from bridge.workflow.effects import AtDoor, Inform, Invite, Remove
from bridge.workflow.removals import settle
from bridge.workflow.storage import Transaction


def is_due(effect: AtDoor, tx: Transaction, policy: Policy, now: int) -> bool:
    """Asked again at delivery, with things as they stand then."""
    room = tx.rooms.get(effect.room_id)
    if room is None:
        return False
    if isinstance(effect, Invite):
        there = tx.rooms.memberships_of(effect.person).get(effect.room_id)
        return there not in {"join", "invite"} and why_not(effect.person, room, tx, policy, now) is None
    if isinstance(effect, Remove):
        violation = tx.violations.get(effect.room_id, effect.person)
        return violation is not None and violation.step is Step.DUE and stays_due(violation, room, tx, policy, now)
    return True


def is_outdated(effect: AtDoor, decided_at: int, tx: Transaction) -> bool:
    """Whether the person has come back since: to put them out once more is another removal, which stands behind it."""
    violation = tx.violations.get(effect.room_id, effect.person) if isinstance(effect, Remove) else None
    return violation is not None and violation.since > decided_at


def settled(effect: AtDoor, done: bool, problem: str, tx: Transaction, policy: Policy, now: int) -> Done:
    """What follows. `done`: it was tried; else it was no longer due. `problem`: it was refused for good."""
    if isinstance(effect, Remove):
        return settle(effect, problem, tx, policy, now) if done else _spared(effect, tx, policy, now)
    if isinstance(effect, Invite) and problem:
        return _uninvited(effect, problem, tx, policy)
    return Done()


def _spared(effect: Remove, tx: Transaction, policy: Policy, now: int) -> Done:
    """They have a place by now, or left by themselves, or rules and rights have changed since."""
    violation = tx.violations.get(effect.room_id, effect.person)
    room = tx.rooms.get(effect.room_id)
    if violation is None or room is None:
        return Done()
    membership = tx.rooms.memberships_of(effect.person).get(effect.room_id, "leave")
    looked = look_at(effect.person, membership, room, tx, policy, now, cause=violation.cause)
    still = tx.violations.get(effect.room_id, effect.person)
    # It was in the way for a moment only; without another removal they would stay, and the room be silent.
    again = looked == Done() and still is not None and still.step is Step.DUE
    return Done(effects=(effect,)) if again else looked


def _uninvited(effect: Invite, problem: str, tx: Transaction, policy: Policy) -> Done:
    if not effect.sponsor or not is_ours(effect.sponsor, policy.people):
        return Done()
    room = tx.rooms.get(effect.room_id)
    arguments = {"person": effect.person, "room": effect.room_id, "problem": problem, "bot": policy.setting.me}
    told = Inform(
        person=effect.sponsor, key="told-not-invited", arguments=arguments, space=(room.space if room else None) or ""
    )
    return Done(effects=(told,))
