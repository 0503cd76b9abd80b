"""!claim: I am on it."""

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.intents import Claim
from bridge.workflow.working import claim


def build(invocation: Invocation) -> Claim:
    return Claim(origin=invocation.said.origin, ref=invocation.ref)


COMMAND = Command(
    name="claim",
    group=Group.WORK,
    arguments=(Argument.QUESTION,),
    examples=("claim", "claim 42"),
    build=build,
    intent=Claim,
    handle=claim,
    users=Users.HELPERS,
)
