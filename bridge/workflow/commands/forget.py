"""!forget me: what I wrote goes."""

from dataclasses import dataclass

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem
from bridge.chat.intents import Intent
from bridge.workflow import forgetting
from bridge.workflow.desk import Desk, Outcome

ME, CONFIRM = "me", "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetMe(Intent):
    """Say what would go; or, `confirmed`, have it go."""

    confirmed: bool


def build(invocation: Invocation) -> ForgetMe | Problem:
    words = invocation.rest.lower().split()
    if words not in ([ME], [ME, CONFIRM]):
        return Problem("usage", {})
    return ForgetMe(origin=invocation.said.origin, confirmed=CONFIRM in words)


def forget(intent: ForgetMe, desk: Desk) -> Outcome:
    return forgetting.confirm(desk) if intent.confirmed else forgetting.ask(desk)


COMMAND = Command(
    name="forget",
    group=Group.SELF,
    arguments=(Argument.MYSELF,),
    examples=("forget me", "forget me confirm"),
    build=build,
    intent=ForgetMe,
    handle=forget,
)
