"""!answer: an answer to a question, from anywhere in the room."""

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import GiveAnswer
from bridge.workflow.answering import give_answer


def build(invocation: Invocation) -> GiveAnswer:
    return GiveAnswer(origin=invocation.said.origin, ref=invocation.ref, text=invocation.rest)


COMMAND = Command(
    name="answer",
    group=Group.ANSWER,
    arguments=(Argument.QUESTION, Argument.NEEDED_TEXT),
    examples=("answer 42 Restart the client, then sign in again.",),
    build=build,
    intent=GiveAnswer,
    handle=give_answer,
    in_private=False,
)
