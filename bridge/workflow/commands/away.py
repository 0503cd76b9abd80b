"""!away: teams give me no questions until then."""

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.workflow.absence import StayAway, stay_away


def build(invocation: Invocation) -> StayAway:
    return StayAway(origin=invocation.said.origin, rest=invocation.rest, speaker=invocation.speaker)


COMMAND = Command(
    name="away",
    group=Group.SELF,
    arguments=(Argument.ABSENCE,),
    examples=("away", "away until friday", "away for 2 weeks", "away off"),
    build=build,
    intent=StayAway,
    handle=stay_away,
    users=Users.HELPERS,
    confidential=True,
)
