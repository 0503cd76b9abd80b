"""Triage rooms: what is posted there of a space's questions, and the notes of those who work on them."""

from dataclasses import replace

from bridge.domain.facts import Fact
from bridge.domain.questions import Question
from bridge.domain.queue_facts import QuestionNoted
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Desk, Done, Policy, quotable
from bridge.workflow.effects import EditCard, PostCard, SayInTriage
from bridge.workflow.records import Role, Room
from bridge.workflow.storage import Transaction
from bridge.workflow.telling import about
from bridge.workflow.triage_ports import Note, TriageCard


def is_triage(desk: Desk) -> bool:
    """Whether something is said in a triage room."""
    place = desk.place
    return place is not None and bool(place.space.triages)


def triage_room(space: str, tx: Transaction, policy: Policy) -> Room | None:
    """The room in which a space's questions are looked after; from memory."""
    known = policy.spaces.get(space)
    if known is None or not known.triage:
        return None
    rooms = (room for room in tx.rooms.of_space(known.triage) if room.joined and not room.successor)
    return next(rooms, None)


def post_triage(_fact: Fact, question: Question, around: Circumstances) -> Done:
    room = triage_room(question.space, around.tx, around.policy)
    if room is None:
        return Done()
    around.tx.triage_cards.save(TriageCard(question.number, room.room_id))
    return Done(effects=(PostCard(room_id=room.room_id, number=question.number, triage=True),))


def edit_triage(_fact: Fact, question: Question, around: Circumstances) -> Done:
    """Whether there is a card to be edited is asked at delivery, of many at once."""
    room = triage_room(question.space, around.tx, around.policy)
    if room is None:
        return Done()
    return Done(effects=(EditCard(room_id=room.room_id, number=question.number, triage=True),))


def closed_by(question: Question, desk: Desk) -> None:
    """The reaction at hand closed it: only taking away that one opens it again."""
    card = desk.tx.triage_cards.get(question.number)
    if card is not None:
        desk.tx.triage_cards.save(replace(card, closed_by=desk.origin.event_id))


def opened(_fact: Fact, question: Question, around: Circumstances) -> Done:
    """What closed it before closes it no longer."""
    room = triage_room(question.space, around.tx, around.policy)
    card = around.tx.triage_cards.get(question.number) if room else None
    if card is not None and card.closed_by:
        around.tx.triage_cards.save(replace(card, closed_by=None))
    return Done()


def keep_note(question: Question, text: str, desk: Desk) -> Note | None:
    """The message at hand is, or holds, a note; None where its words may not be kept."""
    origin = desk.origin
    note = Note(origin.event_id, question.number, desk.sender, text, desk.now, origin.room_id)
    if not text or any(desk.tx.rooms.keeps_no_text(room_id) for room_id in (origin.room_id, question.room_id)):
        return None
    desk.tx.notes.save(note)
    desk.tx.questions.track(origin.event_id, question.number, Role.NOTE)
    return note


def noted(note: Note | None, question: Question, desk: Desk) -> Done:
    """It is repeated under the card in the triage room, unless its words may not go there."""
    if note is None:
        return Done()
    room = triage_room(question.space, desk.tx, desk.policy)
    told = room is not None and quotable(desk.tx, note.room_id, room.room_id) and not _is_under_card(desk)
    return Done((about(QuestionNoted, question, desk),), repeated(note, room) if told else ())


def _is_under_card(desk: Desk) -> bool:
    tracked = desk.tx.questions.tracked(desk.origin.thread_root or "")
    return tracked is not None and tracked.role is Role.TRIAGE


def repeated(note: Note, room: Room | None) -> tuple[SayInTriage, ...]:
    """The note under the question's card in the triage room, or what became of it."""
    if room is None:
        return ()
    said = SayInTriage(
        room_id=room.room_id,
        number=note.number,
        key="triage-note" if note.text else "triage-note-withdrawn",
        arguments={"person": note.author},
        note=note.event_id,
    )
    return (said,)


def change_note(event_id: str, text: str, question: Question, desk: Desk) -> Done | None:
    """A note was edited, or taken back ("") by who wrote it; None where it is nobody's note."""
    note = desk.tx.notes.get(event_id)
    if note is None or note.room_id != desk.origin.room_id or not note.text:
        return None
    if text and note.author != desk.sender:
        return None
    changed = replace(note, text=text)
    desk.tx.notes.save(changed)
    room = triage_room(question.space, desk.tx, desk.policy)
    return Done(effects=repeated(changed, room) if note.shown else ())


def said(effect: SayInTriage, event_id: str, tx: Transaction) -> None:
    """It was sent: from now on a change of the note edits that message."""
    tx.questions.track(event_id, effect.number, Role.NOTE)
    note = tx.notes.get(effect.note) if effect.note else None
    if note is not None and note.shown is None:
        tx.notes.save(replace(note, shown=event_id))
