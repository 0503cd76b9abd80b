"""!enforce: who is where they have no place, and a moderator's word for removals that wait for it."""

from dataclasses import dataclass

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.grammar import Problem
from bridge.chat.intents import Intent
from bridge.domain.enforcement import Step
from bridge.domain.results import Argument as Value
from bridge.domain.results import Refused
from bridge.workflow.advising import reply
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.doors import plus
from bridge.workflow.removals import confirm, named
from bridge.workflow.stewards import may_moderate

WORD = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enforce(Intent):
    """How do we stand; or, `confirmed`, carry out what waits."""

    confirmed: bool


def build(invocation: Invocation) -> Enforce | Problem:
    word = invocation.rest.lower()
    if word not in {"", WORD}:
        return Problem("usage-unexpected", {"word": invocation.rest[:64]})
    return Enforce(origin=invocation.said.origin, confirmed=word == WORD)


def enforce(intent: Enforce, desk: Desk) -> Outcome:
    theirs = [name for name in desk.policy.spaces if may_moderate(desk.sender, name, desk.tx, desk.policy)]
    if not theirs:
        return Refused("for-moderators")
    if not intent.confirmed:
        return Done(effects=(reply(desk, "enforce-now", _state(theirs, desk)),))
    done = confirm(desk.sender, theirs, desk.tx, desk.now)
    if not done.effects:
        return Refused("nothing-waits")
    return plus(done, Done(effects=(reply(desk, "enforce-confirmed", {"count": len(done.effects)}),)))


def _state(spaces: list[str], desk: Desk) -> dict[str, Value]:
    """How many people are in which step, in the spaces that the reader looks after, and some of them by name."""
    rooms = desk.tx.rooms.all()
    found = [v for v in desk.tx.violations.all() if v.room_id in rooms and rooms[v.room_id].space in spaces]
    shown = {Step.WAITING: "waiting", Step.STUCK: "stuck", Step.REPORT: "report"}
    counts: dict[str, Value] = {name: sum(v.step is step for v in found) for step, name in shown.items()}
    return counts | {"count": sum(v.step in shown for v in found), "list": ", ".join(named(found, desk.tx)) or "none"}


COMMAND = Command(
    name="enforce",
    group=Group.ACCESS,
    arguments=(Argument.CONFIRM,),
    examples=("enforce", "enforce confirm"),
    build=build,
    intent=Enforce,
    handle=enforce,
    users=Users.STAFF,
    confidential=True,
)
