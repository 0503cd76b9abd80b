"""!help: what can be done here."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import Help
from bridge.workflow.advising import help_reader


def build(invocation: Invocation) -> Help:
    return Help(origin=invocation.said.origin, topic=invocation.rest)


COMMAND = Command(
    name="help",
    group=Group.SELF,
    arguments=(Argument.COMMAND,),
    examples=("help", "help ask"),
    build=build,
    intent=Help,
    handle=help_reader,
)
