"""!follow: tell me what comes of it."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import Follow
from bridge.workflow.working import follow


def build(invocation: Invocation) -> Follow:
    return Follow(origin=invocation.said.origin, ref=invocation.ref)


COMMAND = Command(
    name="follow",
    group=Group.SELF,
    arguments=(Argument.QUESTION,),
    examples=("follow", "follow 42"),
    build=build,
    intent=Follow,
    handle=follow,
)
