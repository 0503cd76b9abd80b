"""What is said in triage rooms besides cards: who called for moderators, and notes."""

from bridge.chat.render.content import Content, Line, as_edit, clean_text, in_thread, item, line, notice
from bridge.chat.render.question import excerpt, linked
from bridge.domain.questions import Question
from bridge.domain.results import Argument
from bridge.workflow.desk import quotable
from bridge.workflow.effects import SayInTriage
from bridge.workflow.materials import Materials
from bridge.workflow.triage_ports import Note

NOTE_LENGTH = 900
"""Fluent fills in no more than 1000 characters at once."""


def may_triage(number: int, room_id: str, materials: Materials) -> bool:
    """Whether a question may be spoken of in a triage room at this moment: only where staff is among itself."""
    question = materials.visible(number, materials.viewer(room_id))
    space = materials.policy.spaces.get(question.space) if question else None
    room = materials.tx.rooms.get(room_id)
    theirs = space is not None and room is not None and room.space == space.triage
    return theirs and materials.may_write(room_id) and materials.secluded(room_id)


def say_in_triage(effect: SayInTriage, materials: Materials) -> Content | None:
    """Under the question's card, or with a link where it has none."""
    question = materials.questions.get(effect.number)
    if question is None or not may_triage(effect.number, effect.room_id, materials):
        return None
    note = materials.tx.notes.get(effect.note) if effect.note else None
    content = notice(_lines(question, effect, note, materials), effect.mentions)
    if note is not None and note.shown:
        return as_edit(content, note.shown)
    card = materials.tx.triage_cards.get(effect.number)
    under = card.event_id if card and card.room_id == effect.room_id else None
    return in_thread(content, under, under) if under else content


def _lines(question: Question, effect: SayInTriage, note: Note | None, materials: Materials) -> list[Line]:
    language = materials.words_of(effect.room_id)
    named = {key: materials.name(question.room_id, str(value)) for key, value in effect.arguments.items()}
    arguments: dict[str, Argument] = {
        "number": question.number,
        **named,
        "note": words_of(note, effect.room_id, materials),
    }
    told = materials.told(question, effect.room_id)
    said = language.say(effect.key, arguments).split("\n")
    return [*map(line, said), line(linked(told, materials.scene(language)))]


def words_of(note: Note | None, room_id: str, materials: Materials) -> str:
    """A note's words as far as they may be told in a room; "none" without any."""
    if note is None or not note.text or not quotable(materials.tx, note.room_id, room_id):
        return "none"
    return excerpt(note.text, NOTE_LENGTH)


def noted(question: Question, room_id: str, materials: Materials) -> list[Line]:
    """The notes about a question, where it is shown in its triage room."""
    if not may_triage(question.number, room_id, materials):
        return []
    shown = [n for n in materials.tx.notes.of(question.number) if quotable(materials.tx, n.room_id, room_id)]
    if not shown:
        return []
    language = materials.words_of(room_id)
    names = materials.tx.rooms.display_names([(question.room_id, note.author) for note in shown])
    lines = [line(language.say("show-notes", {"count": len(shown)}))]
    for note in shown:
        author = clean_text(names.get((question.room_id, note.author), note.author))
        lines.append(item(f"{author} – {excerpt(note.text)}"))
    return lines
