"""!questions: all questions, newest first."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem, filters
from bridge.chat.intents import ListQuestions
from bridge.domain.filters import Filter, Order
from bridge.workflow.finding import list_questions


def build(invocation: Invocation) -> ListQuestions | Problem:
    start = Filter(order=Order.NEWEST_FIRST)
    wanted = filters(invocation.rest, start, invocation.speaker)
    if isinstance(wanted, Problem):
        return wanted
    return ListQuestions(origin=invocation.said.origin, heading="list-questions", wanted=wanted)


COMMAND = Command(
    name="questions",
    group=Group.FIND,
    arguments=(Argument.FILTERS,),
    examples=("questions is:answered since:7d", "questions space:acme page:2"),
    build=build,
    intent=ListQuestions,
    handle=list_questions,
)
