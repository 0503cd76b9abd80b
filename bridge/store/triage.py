"""Cards in triage rooms, and notes, within one transaction."""

from collections.abc import Collection
from dataclasses import fields, replace
from operator import attrgetter

from sqlalchemy import bindparam, select

from bridge.store.json import clean
from bridge.store.questions import QuestionRows
from bridge.store.rooms import RoomRows
from bridge.store.session import Session
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.store.triage_tables import notes, triage_cards
from bridge.workflow.triage_ports import Note, TriageCard

_card_columns = tuple(field.name for field in fields(TriageCard))
_card_to_row = attrgetter(*_card_columns)
_save_cards = bulk_insert(triage_cards, _card_columns, conflict=("number",), replace=_card_columns[1:])
_several = ByKeys(
    lambda keys: select(*[triage_cards.c[c] for c in _card_columns]).where(triage_cards.c.number.in_(keys))
)

_note_columns = tuple(field.name for field in fields(Note))
_note_to_row = attrgetter(*_note_columns)
_all_of_notes = [notes.c[c] for c in _note_columns]
_save_notes = bulk_insert(notes, _note_columns, conflict=("event_id",), replace=_note_columns[1:])
_note = Prepared(select(*_all_of_notes).where(notes.c.event_id == bindparam("event")), "event")
_notes_of = Prepared(
    select(*_all_of_notes)
    .where(notes.c.number == bindparam("question"), notes.c.text != "")
    .order_by(notes.c.created_at, notes.c.event_id),
    "question",
)


class TriageCardRows:
    """Written at `flush`, many at once, behind the questions that they refer to."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[int, TriageCard | None] = {}
        self._unwritten: dict[int, TriageCard] = {}

    def save(self, card: TriageCard) -> None:
        self._known[card.number] = self._unwritten[card.number] = card

    def get(self, number: int) -> TriageCard | None:
        return self.several([number]).get(number)

    def several(self, numbers: Collection[int]) -> dict[int, TriageCard]:
        missing = [number for number in dict.fromkeys(numbers) if number not in self._known]
        if missing:
            self._known.update(dict.fromkeys(missing))
            self._known.update({row[0]: TriageCard(*row) for row in _several(self._session, missing)})
        return {number: card for number in numbers if (card := self._known[number]) is not None}

    def flush(self) -> None:
        if self._unwritten:
            unwritten, self._unwritten = self._unwritten, {}
            _save_cards(self._session, [_card_to_row(card) for card in unwritten.values()])


class NoteRows:
    """Here, before all else, words that are not to be kept are left out."""

    def __init__(self, session: Session, rooms: RoomRows, questions: QuestionRows) -> None:
        self._session = session
        self._rooms = rooms
        self._questions = questions

    def save(self, note: Note) -> None:
        self._questions.flush()
        _save_notes(self._session, [_note_to_row(replace(note, text=clean(self._kept(note))))])

    def _kept(self, note: Note) -> str:
        question = self._questions.get(note.number)
        rooms = {note.room_id} | ({question.room_id} if question else set())
        return "" if any(map(self._rooms.keeps_no_text, rooms)) else note.text

    def get(self, event_id: str) -> Note | None:
        row = _note(self._session, event_id).fetchone()
        return Note(*row) if row else None

    def of(self, number: int) -> list[Note]:
        return [Note(*row) for row in _notes_of(self._session, number)]
