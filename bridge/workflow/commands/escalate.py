"""!escalate: this one is for moderators."""

from dataclasses import dataclass

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.intents import Intent, Ref
from bridge.domain import lifecycle
from bridge.domain.questions import TEXT_LIMIT, Question
from bridge.domain.results import Refused
from bridge.domain.spaces import OPEN_LEVELS
from bridge.workflow import guard
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.escalating import escalate, is_fresh
from bridge.workflow.triaging import keep_note


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(Intent):
    """Moderators are to look at it, since `why`."""

    ref: Ref
    why: str = ""


def build(invocation: Invocation) -> Escalate:
    return Escalate(origin=invocation.said.origin, ref=invocation.ref, why=invocation.rest[:TEXT_LIMIT])


def call_moderators(intent: Escalate, desk: Desk) -> Outcome:
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    if not _may(question, desk):
        return Refused("may-not-escalate", {"number": question.number})
    around = Circumstances(desk.tx, desk.policy, desk.now)
    escalated = lifecycle.escalate(question)
    if isinstance(escalated, Refused):
        return escalated
    if is_fresh(question, around):
        return Refused("escalated-already", {"number": question.number})
    note = keep_note(question, intent.why, desk) if intent.why else None
    done = escalate(question, around, actor=desk.sender, note=note.event_id if note else "")
    signed = desk.done(question)
    return Done(done.facts, (*done.effects, *signed.effects))


def _may(question: Question, desk: Desk) -> bool:
    """Its asker, whoever is to answer it, and those who help in the space."""
    actor = desk.actor(question)
    space = desk.policy.spaces.get(question.space)
    helps = actor.staff or (space is not None and space.level in OPEN_LEVELS)
    return helps or actor.moderator or actor.user_id in {question.asker, question.assignee}


COMMAND = Command(
    name="escalate",
    group=Group.WORK,
    arguments=(Argument.QUESTION, Argument.TEXT),
    examples=("escalate", "escalate 42", "escalate 42 the customer is waiting"),
    build=build,
    intent=Escalate,
    handle=call_moderators,
)
