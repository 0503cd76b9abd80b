"""!externals: who from outside may come in, until when, and who vouches for them."""

from bridge.chat import grammar
from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.grammar import Problem
from bridge.chat.intents import ListExternals
from bridge.domain.filters import Filter
from bridge.workflow.visitors import list_externals


def build(invocation: Invocation) -> ListExternals | Problem:
    wanted = grammar.filters(invocation.rest, Filter(), invocation.speaker)
    if isinstance(wanted, Problem):
        return wanted
    if wanted != Filter(spaces=wanted.spaces, page=wanted.page) or len(wanted.spaces) > 1:
        return Problem("usage-unexpected", {"word": invocation.rest[:64]})
    space = next(iter(wanted.spaces), None)
    return ListExternals(origin=invocation.said.origin, space=space, page=wanted.page)


COMMAND = Command(
    name="externals",
    group=Group.ACCESS,
    arguments=(Argument.SPACE,),
    examples=("externals", "externals space:acme page:2"),
    build=build,
    intent=ListExternals,
    handle=list_externals,
    users=Users.STAFF,
    confidential=True,
)
