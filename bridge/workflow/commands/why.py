"""!why: which rules matched a question, and why."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.workflow.explaining import ExplainRules, explain_rules


def build(invocation: Invocation) -> ExplainRules:
    return ExplainRules(origin=invocation.said.origin, ref=invocation.ref)


COMMAND = Command(
    name="why",
    group=Group.WORK,
    arguments=(Argument.QUESTION,),
    examples=("why", "why 42"),
    build=build,
    intent=ExplainRules,
    handle=explain_rules,
)
