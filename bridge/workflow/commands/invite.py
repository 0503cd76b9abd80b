"""!invite: somebody from outside may come in."""

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.intents import InvitePerson
from bridge.workflow.granting import invite


def build(invocation: Invocation) -> InvitePerson:
    return InvitePerson(origin=invocation.said.origin, rest=invocation.rest, speaker=invocation.speaker)


COMMAND = Command(
    name="invite",
    group=Group.ACCESS,
    arguments=(Argument.PERSON, Argument.HERE, Argument.SPACE, Argument.TERM, Argument.BECAUSE),
    examples=(
        "invite @ann:acme.com",
        "invite @ann:acme.com here for 30d because she fixes the VPN",
        "invite @ann:acme.com space:acme until 2026-12-31",
    ),
    build=build,
    intent=InvitePerson,
    handle=invite,
    users=Users.STAFF,
    confidential=True,
)
