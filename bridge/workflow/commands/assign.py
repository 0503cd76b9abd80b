"""!assign: somebody is to answer."""

from dataclasses import dataclass

from bridge.chat import grammar
from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.grammar import Problem
from bridge.chat.intents import Claim, Intent, Ref
from bridge.domain import lifecycle
from bridge.domain.questions import Question
from bridge.domain.results import Argument as Value
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.advising import reply
from bridge.workflow.assigning import assign, may_take
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Done, Outcome
from bridge.workflow.triaging import keep_note, noted
from bridge.workflow.working import claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(Intent):
    """`person` is to answer; `note` is for them."""

    ref: Ref
    person: str
    note: str = ""


def build(invocation: Invocation) -> Assign | Problem:
    if not invocation.rest:
        return Problem("usage", {})
    person, note = grammar.person_first(invocation.rest, invocation.speaker)
    if person is None:
        return Problem("usage-person", {"word": invocation.rest.split(maxsplit=1)[0][:64]})
    number, note = grammar.number_first(note) if invocation.number is None else (None, note)
    ref = Ref(number) if number else invocation.ref
    return Assign(origin=invocation.said.origin, ref=ref, person=person, note=note)


def assign_to(intent: Assign, desk: Desk) -> Outcome:
    """Whoever takes it themselves claims it."""
    if intent.person == desk.sender:
        return claim(Claim(origin=intent.origin, ref=intent.ref), desk)
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    around = Circumstances(desk.tx, desk.policy, desk.now)
    if not may_take(intent.person, question, around):
        return Refused("assignee-not-there", {"number": question.number, "person": intent.person})
    may = lifecycle.assign(question, desk.actor(question), intent.person)
    if isinstance(may, Refused):
        return may
    note = keep_note(question, intent.note, desk) if intent.note else None
    done = assign(question, intent.person, around, actor=desk.sender, note=note.event_id if note else "")
    shown = noted(note, question, desk)
    return Done((*done.facts, *shown.facts), (*shown.effects, *_said(intent.person, question, desk).effects))


def _said(person: str, question: Question, desk: Desk) -> Done:
    """A silent sign; of somebody who is away, until when."""
    profile = desk.tx.persons.get(person).profile
    if not profile.away(desk.now):
        return desk.done(question)
    away: dict[str, Value] = {
        "number": question.number,
        "person": person,
        "until": profile.away_until or 0,
        "space": question.space,
    }
    return Done(effects=(reply(desk, "assigned-away", away),))


COMMAND = Command(
    name="assign",
    group=Group.WORK,
    arguments=(Argument.QUESTION, Argument.ASSIGNEE, Argument.TEXT),
    examples=("assign @bob", "assign 42 @bob", "assign 42 @bob please call them back", "assign 42 me"),
    build=build,
    intent=Assign,
    handle=assign_to,
    users=Users.HELPERS,
)
