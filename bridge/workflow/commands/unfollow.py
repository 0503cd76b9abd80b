"""!unfollow: no longer tell me."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.following import read_interest
from bridge.chat.grammar import Problem
from bridge.chat.intents import Unfollow
from bridge.workflow.following import unfollow


def build(invocation: Invocation) -> Unfollow | Problem:
    interest = read_interest(invocation)
    if isinstance(interest, Problem):
        return interest
    return Unfollow(origin=invocation.said.origin, ref=invocation.ref, interest=interest)


COMMAND = Command(
    name="unfollow",
    group=Group.SELF,
    arguments=(Argument.QUESTION, Argument.FILTERS),
    examples=("unfollow", "unfollow 42", "unfollow tag:vpn"),
    build=build,
    intent=Unfollow,
    handle=unfollow,
)
