"""!revoke: somebody's access ends now."""

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.intents import RevokeGrant
from bridge.workflow.revoking import revoke


def build(invocation: Invocation) -> RevokeGrant:
    return RevokeGrant(origin=invocation.said.origin, rest=invocation.rest, speaker=invocation.speaker)


COMMAND = Command(
    name="revoke",
    group=Group.ACCESS,
    arguments=(Argument.PERSON, Argument.EVERYWHERE, Argument.SPACE, Argument.BECAUSE),
    examples=("revoke @ann:acme.com", "revoke @ann:acme.com everywhere because the project is over"),
    build=build,
    intent=RevokeGrant,
    handle=revoke,
    users=Users.STAFF,
    confidential=True,
)
