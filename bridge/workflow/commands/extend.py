"""!extend: somebody's access ends later."""

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.intents import ExtendGrant
from bridge.workflow.extending import extend


def build(invocation: Invocation) -> ExtendGrant:
    return ExtendGrant(origin=invocation.said.origin, rest=invocation.rest, speaker=invocation.speaker)


COMMAND = Command(
    name="extend",
    group=Group.ACCESS,
    arguments=(Argument.PERSON, Argument.SPACE, Argument.TERM, Argument.BECAUSE),
    examples=("extend @ann:acme.com", "extend @ann:acme.com until 31 December"),
    build=build,
    intent=ExtendGrant,
    handle=extend,
    users=Users.STAFF,
    confidential=True,
)
