"""!search: questions by words, the best first."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem, filters_and_words
from bridge.chat.intents import SearchQuestions
from bridge.domain.filters import EVERYTHING
from bridge.workflow.searching import search


def build(invocation: Invocation) -> SearchQuestions | Problem:
    found = filters_and_words(invocation.rest, EVERYTHING, invocation.speaker)
    if isinstance(found, Problem):
        return found
    wanted, words = found
    if not words:
        return Problem("usage-search", {"word": invocation.rest[:64]})
    return SearchQuestions(origin=invocation.said.origin, words=words, wanted=wanted)


COMMAND = Command(
    name="search",
    group=Group.FIND,
    aliases=("find",),
    arguments=(Argument.NEEDED_TEXT, Argument.FILTERS),
    examples=("search printer jam", "search vpn password is:answered since:90d", 'search "no route to host" tag:vpn'),
    build=build,
    intent=SearchQuestions,
    handle=search,
)
