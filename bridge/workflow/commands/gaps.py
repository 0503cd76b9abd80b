"""!gaps: what is asked often and nobody is known for."""

from bridge.chat.command import Command, Group, Invocation
from bridge.workflow.expert_lists import FindGaps, find_gaps


def build(invocation: Invocation) -> FindGaps:
    return FindGaps(origin=invocation.said.origin)


COMMAND = Command(
    name="gaps",
    group=Group.FIND,
    examples=("gaps",),
    build=build,
    intent=FindGaps,
    handle=find_gaps,
)
