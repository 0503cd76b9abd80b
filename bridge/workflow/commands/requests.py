"""!requests: what waits for a moderator's word, and that word."""

from bridge.chat import grammar
from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.grammar import Problem
from bridge.chat.intents import ListRequests
from bridge.workflow.requesting import requests

WORDS = {"approve": True, "refuse": False}


def build(invocation: Invocation) -> ListRequests | Problem:
    words = invocation.rest.lower().split()
    origin = invocation.said.origin
    if not words:
        return ListRequests(origin=origin)
    if len(words) == 1 and words[0].startswith("page:") and words[0][5:].isdecimal():
        return ListRequests(origin=origin, page=max(1, int(words[0][5:10])))
    number = grammar.number(words[1]) if len(words) == 2 and words[0] in WORDS else None
    if number is None:
        return Problem("usage-unexpected", {"word": invocation.rest[:64]})
    return ListRequests(origin=origin, number=number, approve=WORDS[words[0]])


COMMAND = Command(
    name="requests",
    group=Group.ACCESS,
    arguments=(Argument.DECISION,),
    examples=("requests", "requests approve 7", "requests refuse 7"),
    build=build,
    intent=ListRequests,
    handle=requests,
    users=Users.STAFF,
    confidential=True,
)
