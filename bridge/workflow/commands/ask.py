"""!ask: a question."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem
from bridge.chat.intents import Ask, Intent
from bridge.workflow.asking import ask


def build(_invocation: Invocation) -> Intent | Problem:
    """`understand.ask` reads the words, since a mention and a reaction ask too; here they are missing."""
    return Problem("usage-ask", {"replied": 0})


COMMAND = Command(
    name="ask",
    group=Group.ASK,
    arguments=(Argument.TEXT,),
    examples=("ask How do I reach the VPN? #vpn", "ask @alice:example.org Who owns the printer?"),
    build=build,
    intent=Ask,
    handle=ask,
    in_private=False,
)
