"""!noanswer: no answer is needed, or there is none to be had."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import CloseUnanswered
from bridge.workflow.working import close


def build(invocation: Invocation) -> CloseUnanswered:
    return CloseUnanswered(origin=invocation.said.origin, ref=invocation.ref)


COMMAND = Command(
    name="noanswer",
    group=Group.WORK,
    arguments=(Argument.QUESTION,),
    examples=("noanswer", "noanswer 42"),
    build=build,
    intent=CloseUnanswered,
    handle=close,
)
