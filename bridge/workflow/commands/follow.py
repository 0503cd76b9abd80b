"""!follow: tell me what comes of it."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.following import read_interest
from bridge.chat.grammar import Problem
from bridge.chat.intents import Follow
from bridge.workflow.following import follow


def build(invocation: Invocation) -> Follow | Problem:
    interest = read_interest(invocation)
    if isinstance(interest, Problem):
        return interest
    return Follow(origin=invocation.said.origin, ref=invocation.ref, interest=interest)


COMMAND = Command(
    name="follow",
    group=Group.SELF,
    arguments=(Argument.QUESTION, Argument.FILTERS),
    examples=("follow", "follow 42", "follow tag:vpn space:acme", "follow @alice:example.org"),
    build=build,
    intent=Follow,
    handle=follow,
)
