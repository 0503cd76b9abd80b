"""!who: what somebody is to us."""

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.grammar import Problem
from bridge.chat.granting import read_person
from bridge.chat.intents import WhoIs
from bridge.workflow.visitors import who_is


def build(invocation: Invocation) -> WhoIs | Problem:
    if invocation.rest.lower() == "me":
        return WhoIs(origin=invocation.said.origin, person=invocation.speaker.user_id)
    person = read_person(invocation.rest, invocation.speaker)
    return person if isinstance(person, Problem) else WhoIs(origin=invocation.said.origin, person=person)


COMMAND = Command(
    name="who",
    group=Group.ACCESS,
    arguments=(Argument.PERSON,),
    examples=("who @ann:acme.com", "who me"),
    build=build,
    intent=WhoIs,
    handle=who_is,
    users=Users.STAFF,
    confidential=True,
)
