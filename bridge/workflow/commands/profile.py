"""!profile: what I tell of myself, and what others do."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem, person
from bridge.workflow.profiling import PARTS, Introduce, introduce


def build(invocation: Invocation) -> Introduce | Problem:
    origin = invocation.said.origin
    part, _, words = invocation.rest.partition(" ")
    if not invocation.rest:
        return Introduce(origin=origin)
    if part.lower() in PARTS and words.strip():
        return Introduce(origin=origin, part=part.lower(), words=words.strip())
    who = person(invocation.rest, invocation.speaker)
    return Introduce(origin=origin, person=who) if who else Problem("usage-profile", {})


COMMAND = Command(
    name="profile",
    group=Group.SELF,
    arguments=(Argument.PROFILE,),
    examples=("profile", "profile languages fr, en", "profile quiet 22:00-07:00", "profile zone Europe/Paris"),
    build=build,
    intent=Introduce,
    handle=introduce,
    confidential=True,
)
