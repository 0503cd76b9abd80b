"""The only way to a question: what the actor may not see is not there."""

from bridge.chat.intents import Ref
from bridge.domain.access import InRoom, Viewer, may_show
from bridge.domain.questions import Question, State
from bridge.domain.results import Refused
from bridge.workflow.desk import Desk, Policy, alone_with, place_of, private_view, quotable, rooms_of
from bridge.workflow.records import Role
from bridge.workflow.storage import Transaction


def visible(tx: Transaction, policy: Policy, question: Question, viewer: Viewer | None) -> bool:
    """Whether a question may be shown to a viewer, as rooms and spaces are at this moment."""
    source = place_of(tx.rooms.get(question.room_id), tx, policy)
    return viewer is not None and source is not None and may_show(source, viewer)


def find(desk: Desk, ref: Ref) -> Question | Refused:
    """The question meant; one that may not be seen is refused exactly like one that does not exist."""
    number = ref.number or _number_by_event(desk, ref)
    if number is None:
        return Refused("which-question")
    question = desk.tx.questions.get(number)
    if question is None or not visible(desk.tx, desk.policy, question, desk.viewer()):
        return Refused("no-such-question", {"number": number})
    return question


def find_to_change(desk: Desk, ref: Ref) -> Question | Refused:
    """The question meant, where the actor may also act: from elsewhere, only somebody who is in its room."""
    question = find(desk, ref)
    if isinstance(question, Refused):
        return question
    here = question.room_id == desk.origin.room_id
    if not here and question.room_id not in rooms_of(desk.sender, desk.tx):
        return Refused("not-in-its-room", {"number": question.number})
    if question.forgotten:
        return Refused("forgotten", {"number": question.number})
    return Refused("withdrawn", {"number": question.number}) if question.withdrawn else question


def _number_by_event(desk: Desk, ref: Ref) -> int | None:
    """By the event pointed at, else by the thread, but only among what was said in this very room."""
    for event_id in (ref.event_id, ref.thread_root):
        question = said_here(event_id, desk) if event_id else None
        if question:
            return question.number
    return None


def said_here(event_id: str, desk: Desk) -> Question | None:
    """The question that an event of this very room belongs to; one may claim to point at events of other rooms.

    An answer may have been given in another room than the one where the question was asked.
    """
    tracked = desk.tx.questions.tracked(event_id)
    question = desk.tx.questions.get(tracked.number) if tracked else None
    if tracked is None or question is None:
        return None
    room_id = question.room_id
    if tracked.role is Role.TRIAGE:
        card = desk.tx.triage_cards.get(question.number)
        room_id = card.room_id if card else ""
    if tracked.role is Role.NOTE:
        room_id = _room_of_note(event_id, question, desk)
    if tracked.role is Role.ANSWER and room_id != desk.origin.room_id:
        answers = desk.tx.questions.discussion(question.number).answers
        room_id = next((a.room_id for a in answers if a.event_id == event_id), room_id)
    return question if room_id == desk.origin.room_id else None


def _room_of_note(event_id: str, question: Question, desk: Desk) -> str:
    """Where a note was written, or where it is repeated."""
    note = desk.tx.notes.get(event_id)
    if note is not None:
        return note.room_id
    card = desk.tx.triage_cards.get(question.number)
    return card.room_id if card else ""


def viewer_in(room_id: str, tx: Transaction, policy: Policy) -> Viewer | None:
    """Who reads along in a room at this moment; None where nobody may be shown anything."""
    room = tx.rooms.get(room_id)
    if room and room.direct_with:
        return private_view(alone_with(room, tx, policy), tx, policy)
    place = place_of(room, tx, policy)
    return InRoom(place) if place else None


def suggestible(tx: Transaction, policy: Policy, other: Question, room_id: str) -> bool:
    """Whether a question may be suggested in a room: it is answered, everyone there may see it, and read its words."""
    helps = other.state is State.ANSWERED and not other.withdrawn and bool(other.text)
    return helps and visible(tx, policy, other, viewer_in(room_id, tx, policy)) and quotable(tx, other.room_id, room_id)


def rooms_for(viewer: Viewer | None, tx: Transaction, policy: Policy) -> set[str]:
    """The rooms whose questions may be shown to a viewer."""
    if viewer is None:
        return set()
    places = (place_of(room, tx, policy) for room in tx.rooms.all().values())
    return {place.room_id for place in places if place and may_show(place, viewer)}
