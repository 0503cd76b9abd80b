"""Lists of questions, whose work is bounded: it begins at the filter that lets fewest through, and no more is counted
than anybody looks at.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, exists, func, literal_column, or_, select, true
from sqlalchemy.sql.elements import ColumnElement

from bridge.domain.filters import (
    PAGE_SIZE,
    Answered,
    Asked,
    Condition,
    Filter,
    FromOurs,
    Involves,
    OneOf,
    Order,
    Tagged,
    conditions,
)
from bridge.domain.people import People, is_ours
from bridge.domain.questions import UNANSWERED
from bridge.store.askers import AskerRows
from bridge.store.session import Session
from bridge.store.tables import question_tags, questions, unsettled, unusual
from bridge.workflow.records import COUNTED, Page

_FEW = 20_000
"""A filter that lets through no more than this is where the work begins."""
_MANY_PEOPLE = 5_000

_q = questions.c
_alive = _q.withdrawn.is_(False)
_unanswered = _q.state.in_([literal_column("'claimed'"), literal_column("'open'")])
_USUAL: dict[str, tuple[str, ColumnElement[bool]]] = {"state": ("answered", unsettled), "priority": ("normal", unusual)}
"""Of what most questions are there is no index; and what says so in the index must be said of the others."""
_row = select(_q.created_at, _q.number)
Columns = Callable[[str], ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a list begins: a condition that an index answers, over a column. `in_order`: the index is in the order of
    the list, too, so that no more needs to be read than is shown.
    """

    condition: ColumnElement[bool]
    column: str
    in_order: bool
    tag: str | None = None


def find(session: Session, askers: AskerRows, wanted: Filter, rooms: Collection[str], people: People, now: int) -> Page:
    """One page of the questions in `rooms` that the filter lets through."""
    if not rooms:
        return Page((), 0, wanted.page, 1)
    oldest = wanted.order is Order.OLDEST_FIRST
    asked = conditions(wanted, people, now)
    start = _start(session, list(_starts(asked, rooms, askers)))
    columns = _columns(session, start)
    listed = _listed(_row.where(*_in_sql(asked, rooms, askers, columns)), start, columns, oldest=oldest)
    rows = sorted((tuple(row) for row in session.conn.execute(listed)), reverse=not oldest)
    total, first = min(len(rows), COUNTED), (wanted.page - 1) * PAGE_SIZE
    numbers = tuple(number for _, number in rows[:COUNTED][first : first + PAGE_SIZE])
    return Page(numbers, total, wanted.page, max(1, -(-total // PAGE_SIZE)), more=len(rows) > COUNTED)


def narrowed(
    chosen: Select[Any], wanted: Filter, rooms: Collection[str], people: People, now: int, askers: AskerRows
) -> Select[Any]:
    """A selection of questions, narrowed to those in `rooms` that the filter lets through."""
    return chosen.where(*_in_sql(conditions(wanted, people, now), rooms, askers, _plain))


def _listed(chosen: Select[Any], start: Start | None, columns: Columns, *, oldest: bool) -> Select[Any]:
    order: tuple[ColumnElement[Any], ...] = (_q.created_at, _q.number)
    if start and start.tag:
        # Numbers are given in the order in which questions are asked, but for those found later in older messages.
        chosen = chosen.join(question_tags, question_tags.c.number == _q.number).where(question_tags.c.tag == start.tag)
        order = (question_tags.c.number,)
    elif start and not start.in_order:
        order = (columns("created_at"), columns("number"))
    return chosen.order_by(*(order if oldest else (each.desc() for each in order))).limit(COUNTED + 1)


# --- where to begin --------------------------------------------------------------------------------------------------


def _start(session: Session, starts: Sequence[Start]) -> Start | None:
    """The start that lets fewest through; None: all in their order. Counting ends where they are many."""
    sizes = [(_size(session, start), place) for place, start in enumerate(starts)]
    fewest, place = min(sizes, default=(_FEW, 0))
    return starts[place] if fewest < _FEW else next((start for start in starts if start.in_order), None)


def _size(session: Session, start: Start) -> int:
    one: Select[Any] = select(literal_column("1"))
    held = one.select_from(question_tags) if start.tag else one.select_from(questions).where(_alive)
    return session.conn.execute(
        select(func.count()).select_from(held.where(start.condition).limit(_FEW).subquery())
    ).scalar_one()


def _starts(asked: Sequence[Condition], rooms: Collection[str], askers: AskerRows) -> Iterator[Start]:
    for condition in asked:
        match condition:
            case Tagged(tag):
                yield Start(question_tags.c.tag == tag, "", in_order=True, tag=tag)
            case OneOf(name, values) if None not in values and values != UNANSWERED:
                if name not in _USUAL or _USUAL[name][0] not in values:
                    yield Start(_one_of(name, values, _q[name]), name, in_order=len(values) == 1)
            case FromOurs(ours, people):
                named = _named(ours, people, askers)
                if len(named) <= _MANY_PEOPLE:
                    yield Start(_q.asker.in_(named), "asker", in_order=False)
            case Answered(since):
                yield Start(_q.answered_at >= since, "answered_at", in_order=False)
            case Involves(person):
                yield Start(or_(_q.asker == person, _q.assignee == person), "asker assignee", in_order=False)
    yield Start(_q.room_id.in_(sorted(rooms)), "room_id", in_order=len(rooms) == 1)


def _columns(session: Session, start: Start | None) -> Columns:
    """Columns as they stand in conditions. SQLite knows nothing of what is in its tables, so it is told where to begin:
    a plus sign before a column keeps it from beginning there.
    """
    begun = start.column.split() if start else ["created_at", "number"]
    if session.dialect.name != "sqlite":
        return _plain
    if start and start.in_order:
        begun += ["created_at", "number"] if not start.tag else []

    def column(name: str) -> ColumnElement[Any]:
        return _q[name] if name in begun else literal_column(f"+questions.{name}", _q[name].type)

    return column


def _plain(name: str) -> ColumnElement[Any]:
    return _q[name]


# --- conditions ------------------------------------------------------------------------------------------------------


def _in_sql(
    asked: Sequence[Condition], rooms: Collection[str], askers: AskerRows, columns: Columns
) -> Iterator[ColumnElement[bool]]:
    yield _alive
    yield columns("room_id").in_(sorted(rooms))
    for condition in asked:
        yield _condition(condition, askers, columns)


def _condition(condition: Condition, askers: AskerRows, columns: Columns) -> ColumnElement[bool]:
    """`bridge.domain.filters.holds`, for the database."""
    match condition:
        case OneOf(name, values):
            return _one_of(name, values, columns(name))
        case Tagged(tag):
            return exists().where(question_tags.c.tag == tag, question_tags.c.number == _q.number).correlate(questions)
        case Asked(since, until):
            bounds = [columns("created_at") >= since] if since is not None else []
            return and_(true(), *bounds, *([columns("created_at") <= until] if until is not None else []))
        case Answered(since):
            return columns("answered_at") >= since
        case Involves(person):
            return or_(columns("asker") == person, columns("assignee") == person)
        case FromOurs(ours, people):
            return _asked_by(ours, people, askers, columns("asker"))


def _one_of(name: str, values: Collection[str | None], column: ColumnElement[Any]) -> ColumnElement[bool]:
    if name == "state" and values == UNANSWERED:
        return _unanswered
    there = sorted(value for value in values if value is not None)
    named = column == there[0] if len(there) == 1 else column.in_(there)
    usual, others = _USUAL.get(name, (None, named))
    if usual is not None and usual not in values:
        return and_(named, others)
    return or_(named, column.is_(None)) if None in values else named


def _asked_by(ours: bool, people: People, askers: AskerRows, asker: ColumnElement[Any]) -> ColumnElement[bool]:
    """By people of ours, or by others: whichever are fewer are named."""
    named, others = _named(ours, people, askers), _named(not ours, people, askers)
    return asker.in_(named) if len(named) <= len(others) else asker.not_in(others)


def _named(ours: bool, people: People, askers: AskerRows) -> list[str]:
    return sorted(asker for asker in askers.all() if is_ours(asker, people) is ours)
