"""!unanswered: what still waits, oldest first."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem, filters
from bridge.chat.intents import ListQuestions
from bridge.domain.filters import Filter, Order
from bridge.domain.questions import UNANSWERED
from bridge.workflow.finding import list_questions


def build(invocation: Invocation) -> ListQuestions | Problem:
    start = Filter(states=UNANSWERED, order=Order.OLDEST_FIRST)
    wanted = filters(invocation.rest, start, invocation.speaker)
    if isinstance(wanted, Problem):
        return wanted
    return ListQuestions(origin=invocation.said.origin, heading="list-unanswered", wanted=wanted)


COMMAND = Command(
    name="unanswered",
    group=Group.FIND,
    arguments=(Argument.FILTERS,),
    examples=("unanswered", "unanswered here older:2d", "unanswered tag:vpn assigned:none"),
    build=build,
    intent=ListQuestions,
    handle=list_questions,
)
