"""!close: no answer is needed any more."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import Close
from bridge.workflow.working import close

REASON_LENGTH = 200


def build(invocation: Invocation) -> Close:
    reason = " ".join(invocation.rest.split())[:REASON_LENGTH]
    return Close(origin=invocation.said.origin, ref=invocation.ref, reason=reason)


COMMAND = Command(
    name="close",
    group=Group.WORK,
    arguments=(Argument.QUESTION, Argument.TEXT),
    examples=("close", "close 42 solved by phone"),
    build=build,
    intent=Close,
    handle=close,
)
