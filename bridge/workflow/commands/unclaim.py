"""!unclaim: somebody else may take it."""

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.intents import Unclaim
from bridge.workflow.working import unclaim


def build(invocation: Invocation) -> Unclaim:
    return Unclaim(origin=invocation.said.origin, ref=invocation.ref)


COMMAND = Command(
    name="unclaim",
    group=Group.WORK,
    arguments=(Argument.QUESTION,),
    examples=("unclaim", "unclaim 42"),
    build=build,
    intent=Unclaim,
    handle=unclaim,
    users=Users.HELPERS,
)
