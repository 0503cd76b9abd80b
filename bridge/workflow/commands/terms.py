"""!terms: the terms on which somebody from outside may come in."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem
from bridge.chat.intents import ReadTerms
from bridge.workflow.agreeing import terms


def build(invocation: Invocation) -> ReadTerms | Problem:
    word = invocation.rest.lower()
    if word not in {"", "accept"}:
        return Problem("usage-unexpected", {"word": invocation.rest[:64]})
    return ReadTerms(origin=invocation.said.origin, accept=bool(word))


COMMAND = Command(
    name="terms",
    group=Group.ACCESS,
    arguments=(Argument.ACCEPT,),
    examples=("terms", "terms accept"),
    build=build,
    intent=ReadTerms,
    handle=terms,
    confidential=True,
)
