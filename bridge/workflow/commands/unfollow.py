"""!unfollow: no longer tell me."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import Unfollow
from bridge.workflow.working import unfollow


def build(invocation: Invocation) -> Unfollow:
    return Unfollow(origin=invocation.said.origin, ref=invocation.ref)


COMMAND = Command(
    name="unfollow",
    group=Group.SELF,
    arguments=(Argument.QUESTION,),
    examples=("unfollow", "unfollow 42"),
    build=build,
    intent=Unfollow,
    handle=unfollow,
)
