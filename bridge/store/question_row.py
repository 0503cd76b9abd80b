"""A question as a row of its table, and back."""

from typing import Any

from sqlalchemy import func, select

from bridge.domain.questions import Attachment, Priority, Question, State
from bridge.store.json import clean, dump, load
from bridge.store.session import Session
from bridge.store.statement import Prepared
from bridge.store.tables import questions

COLUMNS = tuple(c.name for c in questions.c if c.name != "card_digest")
_last = Prepared(select(func.max(questions.c.number)))


def last_number(session: Session) -> int:
    """The highest number of any question that is written; 0 where there is none."""
    return int(_last.value(session) or 0)


def to_row(q: Question) -> tuple[Any, ...]:
    """Its values in the order of `COLUMNS`."""
    return (
        q.number,
        q.space,
        q.room_id,
        q.event_id,
        q.thread_root,
        q.asker,
        clean(q.text),
        q.created_at,
        dump(q.tags) if q.tags else "[]",
        dump(q.attachments) if q.attachments else "[]",
        dump(q.directed_to) if q.directed_to else "[]",
        q.priority.value,
        q.state.value,
        clean(q.reason),
        q.assignee,
        q.card_event_id,
        q.first_response_at,
        q.answered_at,
        q.closed_at,
        q.withdrawn,
        q.nudged,
        q.duplicate_of,
        q.held,
        q.escalated,
        dump(q.suggested) if q.suggested else "[]",
    )


def from_row(row: Any) -> Question:
    """A question from what begins with the values of `COLUMNS`, in their order."""
    return Question(
        number=row[0],
        space=row[1],
        room_id=row[2],
        event_id=row[3],
        thread_root=row[4],
        asker=row[5],
        text=row[6],
        created_at=row[7],
        tags=_tuple(row[8]),
        attachments=tuple(Attachment(**a) for a in _tuple(row[9])),
        directed_to=_tuple(row[10]),
        priority=Priority(row[11]),
        state=State(row[12]),
        reason=row[13],
        assignee=row[14],
        card_event_id=row[15],
        first_response_at=row[16],
        answered_at=row[17],
        closed_at=row[18],
        withdrawn=bool(row[19]),
        nudged=bool(row[20]),
        duplicate_of=row[21],
        held=bool(row[22]),
        escalated=bool(row[23]),
        suggested=_tuple(row[24]),
    )


def _tuple(text: str) -> tuple[Any, ...]:
    return () if text == "[]" else tuple(load(text))
