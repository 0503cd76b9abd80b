"""!hold: retention leaves a question alone."""

from dataclasses import dataclass

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem
from bridge.chat.intents import Intent, Ref
from bridge.domain import lifecycle
from bridge.domain.queue_facts import QuestionHeld
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.desk import Desk, Outcome
from bridge.workflow.telling import about

OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Intent):
    ref: Ref
    held: bool


def build(invocation: Invocation) -> Hold | Problem:
    word = invocation.rest.lower()
    if word not in {"", OFF}:
        return Problem("usage-unexpected", {"word": invocation.rest[:64]})
    return Hold(origin=invocation.said.origin, ref=invocation.ref, held=word != OFF)


def hold(intent: Hold, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    held = question if isinstance(question, Refused) else lifecycle.hold(question, desk.actor(question), intent.held)
    if isinstance(held, Refused):
        return held
    desk.tx.questions.save(held)
    return desk.done(held, about(QuestionHeld, held, desk, held=held.held))


COMMAND = Command(
    name="hold",
    group=Group.WORK,
    arguments=(Argument.QUESTION, Argument.HELD),
    examples=("hold 42", "hold 42 off"),
    build=build,
    intent=Hold,
    handle=hold,
)
