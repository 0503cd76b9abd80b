"""!mine: what I asked and what is assigned to me."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem, filters
from bridge.chat.intents import ListQuestions
from bridge.domain.filters import Filter, Order
from bridge.workflow.finding import list_questions


def build(invocation: Invocation) -> ListQuestions | Problem:
    start = Filter(involves=invocation.speaker.user_id, order=Order.NEWEST_FIRST)
    wanted = filters(invocation.rest, start, invocation.speaker)
    if isinstance(wanted, Problem):
        return wanted
    return ListQuestions(origin=invocation.said.origin, heading="list-mine", wanted=wanted)


COMMAND = Command(
    name="mine",
    group=Group.FIND,
    arguments=(Argument.FILTERS,),
    examples=("mine", "mine is:open"),
    build=build,
    intent=ListQuestions,
    handle=list_questions,
)
