"""!answered: this settles it."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import Accept
from bridge.workflow.accepting import accept


def build(invocation: Invocation) -> Accept:
    origin = invocation.said.origin
    return Accept(origin=origin, ref=invocation.ref, answer=origin.reply_to, text=invocation.rest)


COMMAND = Command(
    name="answered",
    group=Group.ANSWER,
    aliases=("accept", "solved"),
    arguments=(Argument.QUESTION, Argument.TEXT),
    examples=("answered", "answered 42", "answered 42 It was the firewall."),
    build=build,
    intent=Accept,
    handle=accept,
    in_private=False,
)
