"""!duplicate: this was asked before."""

from bridge.chat import grammar
from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem
from bridge.workflow.duplicates import MarkDuplicate, mark_duplicate


def build(invocation: Invocation) -> MarkDuplicate | Problem:
    said = invocation.rest.lower().split()
    of = grammar.number(said[-1]) if said and said[:-1] in ([], ["of"]) else None
    if of is None:
        return Problem("usage", {})
    return MarkDuplicate(origin=invocation.said.origin, ref=invocation.ref, of=of)


COMMAND = Command(
    name="duplicate",
    group=Group.WORK,
    arguments=(Argument.QUESTION, Argument.ORIGINAL),
    examples=("duplicate 43 of 42", "duplicate of 42"),
    build=build,
    intent=MarkDuplicate,
    handle=mark_duplicate,
)
