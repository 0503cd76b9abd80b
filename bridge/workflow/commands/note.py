"""!note: a word about a question, for the triage room alone."""

from dataclasses import dataclass

from bridge.chat.command import Argument, Command, Group, Invocation, Users
from bridge.chat.intents import Intent, Ref
from bridge.domain.questions import TEXT_LIMIT
from bridge.domain.results import Refused
from bridge.workflow import guard
from bridge.workflow.desk import Desk, Done, Outcome, quotable
from bridge.workflow.triaging import keep_note, noted, triage_room


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote(Intent):
    """Words about a question that only those who look after it see."""

    ref: Ref
    text: str


def build(invocation: Invocation) -> WriteNote:
    return WriteNote(origin=invocation.said.origin, ref=invocation.ref, text=invocation.rest[:TEXT_LIMIT])


def write(intent: WriteNote, desk: Desk) -> Outcome:
    """Where others than staff read along, whatever it is about: not even that there is such a question is said."""
    if not desk.secluded:
        return Refused("note-elsewhere")
    question = guard.find_to_change(desk, intent.ref)
    if isinstance(question, Refused):
        return question
    room = triage_room(question.space, desk.tx, desk.policy)
    if room is None:
        return Refused("no-triage-room", {"number": question.number})
    if not quotable(desk.tx, desk.origin.room_id, room.room_id):
        return Refused("note-stays", {"number": question.number})
    note = keep_note(question, intent.text, desk)
    if note is None:
        return Refused("words-stay", {"number": question.number})
    shown = noted(note, question, desk)
    signed = desk.done(question)
    return Done(shown.facts, (*shown.effects, *signed.effects))


COMMAND = Command(
    name="note",
    group=Group.WORK,
    arguments=(Argument.QUESTION, Argument.NEEDED_TEXT),
    examples=("note 42 the customer has called twice",),
    build=build,
    intent=WriteNote,
    handle=write,
    users=Users.STAFF,
)
