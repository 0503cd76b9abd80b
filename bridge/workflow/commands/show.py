"""!show: one question with its answers."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import ShowOne
from bridge.workflow.finding import show


def build(invocation: Invocation) -> ShowOne:
    return ShowOne(origin=invocation.said.origin, ref=invocation.ref)


COMMAND = Command(
    name="show",
    group=Group.FIND,
    arguments=(Argument.QUESTION,),
    examples=("show 42",),
    build=build,
    intent=ShowOne,
    handle=show,
)
