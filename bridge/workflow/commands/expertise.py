"""!expertise: what I know about."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem
from bridge.chat.profile_words import tag
from bridge.workflow.profiling import DeclareExpertise, declare


def build(invocation: Invocation) -> DeclareExpertise | Problem:
    added: list[str] = []
    removed: list[str] = []
    for word in invocation.rest.replace(",", " ").split():
        found = tag(word.lstrip("+-–"))
        if found is None:
            return Problem("usage-expertise", {"word": word[:64]})
        (removed if word[0] in "-–" else added).append(found)
    return DeclareExpertise(origin=invocation.said.origin, added=tuple(added), removed=tuple(removed))


COMMAND = Command(
    name="expertise",
    group=Group.SELF,
    arguments=(Argument.DECLARED,),
    examples=("expertise", "expertise +vpn -lan"),
    build=build,
    intent=DeclareExpertise,
    handle=declare,
    confidential=True,
)
