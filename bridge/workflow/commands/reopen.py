"""!reopen: it is not settled after all."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import Reopen
from bridge.workflow.working import reopen


def build(invocation: Invocation) -> Reopen:
    return Reopen(origin=invocation.said.origin, ref=invocation.ref)


COMMAND = Command(
    name="reopen",
    group=Group.WORK,
    arguments=(Argument.QUESTION,),
    examples=("reopen", "reopen 42"),
    build=build,
    intent=Reopen,
    handle=reopen,
)
