"""!experts: who knows about something."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem
from bridge.chat.profile_words import tag
from bridge.workflow.expert_lists import FindExperts, find_experts


def build(invocation: Invocation) -> FindExperts | Problem:
    found = tag(invocation.rest.removeprefix("tag:")) if invocation.rest else None
    return FindExperts(origin=invocation.said.origin, tag=found) if found else Problem("usage", {})


COMMAND = Command(
    name="experts",
    group=Group.FIND,
    arguments=(Argument.TAG,),
    examples=("experts vpn",),
    build=build,
    intent=FindExperts,
    handle=find_experts,
)
