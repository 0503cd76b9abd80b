"""Lists of questions, whose work is bounded: it begins at the filter that lets fewest through, and no more is counted
than anybody looks at.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, Text, and_, bindparam, cast, exists, func, literal_column, or_, select, text, true
from sqlalchemy.dialects.postgresql import JSONB
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
from bridge.domain.people import People
from bridge.domain.questions import UNANSWERED
from bridge.store.askers import AskerRows
from bridge.store.json import dump
from bridge.store.session import Session
from bridge.store.tables import question_tags, questions, unsettled, unusual
from bridge.workflow.records import COUNTED, Page

_WORTH_IT = 20_000
"""A filter that lets through no more than this is where the work begins; by so much less where each costs more."""
_ROW = 4
"""How much more it costs to look at a question than at what an index says of it."""
_ROOMS = 8_000
"""With more questions, rooms are not worth to begin at: among all, theirs are often enough."""
FEW = 8_000
"""So few are gone through, whatever else is asked of them."""
_MANY_PEOPLE = 5_000

_q = questions.c
_alive = _q.withdrawn.is_(False)
_unanswered = _q.state.in_([literal_column("'claimed'"), literal_column("'open'")])
_USUAL: dict[str, tuple[str, ColumnElement[bool]]] = {
    "state": ("answered", unsettled),
    "priority": ("normal", unusual),
}
"""Of what most questions are there is no index; and what says so in the index must be said of the others."""
_UNANSWERED = "created_at number"
_EACH = text("SELECT value FROM json_each(:given)")
Columns = Callable[[str], ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a list begins: a condition that an index answers, over a column. `in_order`: the index is in the order of
    the list, too, so that no more needs to be read than is shown. `weight`: what one costs to look at; `most`: with so
    many, there is no use in beginning there.
    """

    condition: ColumnElement[bool]
    column: str
    in_order: bool
    weight: int = 1
    most: int = _WORTH_IT
    tag: str | None = None


def find(session: Session, askers: AskerRows, wanted: Filter, rooms: Collection[str], people: People, now: int) -> Page:
    """One page of the questions in `rooms` that the filter lets through."""
    if not rooms:
        return Page((), 0, wanted.page, 1)
    oldest = wanted.order is Order.OLDEST_FIRST
    allowed = among(session, askers, wanted, rooms, people, now)
    listed = allowed.listed(_q.created_at, oldest=oldest).limit(COUNTED + 1)
    rows = sorted(((at, number) for number, at in session.conn.execute(listed).fetchall()), reverse=not oldest)
    total, first = min(len(rows), COUNTED), (wanted.page - 1) * PAGE_SIZE
    numbers = tuple(number for _, number in rows[:COUNTED][first : first + PAGE_SIZE])
    return Page(numbers, total, wanted.page, max(1, -(-total // PAGE_SIZE)), more=len(rows) > COUNTED)


@dataclass(frozen=True, slots=True)
class Among:
    """The questions that a filter lets through, of some rooms. `few`: so many that all may be gone through."""

    session: Session
    sql: "_Sql"
    start: Start | None
    few: bool

    @property
    def filtered(self) -> bool:
        """Whether anything but their rooms is asked of them."""
        return bool(self.sql.asked)

    def listed(self, also: ColumnElement[Any], *, oldest: bool = False) -> Select[Any]:
        """Their numbers, and another column."""
        columns = _columns(self.session, self.start)
        chosen = select(_q.number, also).where(*self.sql.conditions(columns, self.start))
        return _listed(chosen, self.start, columns, oldest=oldest)

    def newest(self, limit: int) -> Iterator[tuple[int, str]]:
        """Numbers and states, newest first."""
        return map(_pair, self.session.conn.execute(self.listed(_q.state).limit(limit)))

    def of(self, numbers: Sequence[int]) -> dict[int, str]:
        """Those of `numbers` that are among them, in their order, with their states."""
        rows = self.session.conn.execute(
            select(_q.number, _q.state).where(
                _in(self.session, _q.number, numbers), *self.sql.conditions(_columns(self.session, _NUMBERED), None)
            )
        )
        states = dict(map(_pair, rows.fetchall()))
        return {number: states[number] for number in numbers if number in states}


def _pair(row: Any) -> tuple[int, str]:
    return row[0], row[1]


def among(
    session: Session, askers: AskerRows, wanted: Filter, rooms: Collection[str], people: People, now: int
) -> Among:
    sql = _Sql(session, askers, conditions(wanted, people, now), rooms)
    best, work = None, _WORTH_IT
    starts = list(sql.starts())
    for start in starts:
        most = min(work, start.most) // start.weight
        size = _size(session, start, most)
        if size < most:
            best, work = start, size * start.weight
    if best is None:
        best = min((start for start in starts if start.in_order), key=attrgetter("weight"), default=None)
        return Among(session, sql, best, few=False)
    return Among(session, sql, best, few=work < FEW * best.weight)


def narrowed(
    chosen: Select[Any], wanted: Filter, rooms: Collection[str], people: People, now: int, askers: AskerRows
) -> Select[Any]:
    """A selection of questions, narrowed to those in `rooms` that the filter lets through."""
    sql = _Sql(askers.session, askers, conditions(wanted, people, now), rooms)
    return chosen.where(*sql.conditions(_plain, None))


def _listed(chosen: Select[Any], start: Start | None, columns: Columns, *, oldest: bool) -> Select[Any]:
    order: tuple[ColumnElement[Any], ...] = (_q.created_at, _q.number)
    if start and start.tag:
        # Numbers are given in the order in which questions are asked, but for those found later in older messages.
        chosen = chosen.join(question_tags, question_tags.c.number == _q.number).where(question_tags.c.tag == start.tag)
        order = (question_tags.c.number,)
    elif start and not start.in_order:
        order = (columns("created_at"), columns("number"))
    return chosen.order_by(*(order if oldest else (each.desc() for each in order)))


# --- where to begin --------------------------------------------------------------------------------------------------


def _size(session: Session, start: Start, most: int) -> int:
    """How many questions it lets through; counted no further than `most`."""
    one: Select[Any] = select(literal_column("1"))
    held = one.select_from(question_tags) if start.tag else one.select_from(questions).where(_alive)
    some = held.where(start.condition).limit(most).subquery()
    return session.conn.execute(select(func.count()).select_from(some)).scalar_one()


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


_NUMBERED = Start(true(), "number", in_order=False)
"""Begin at numbers that are known."""


def _in(session: Session, column: ColumnElement[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """`column IN (values)`, however many, as one parameter; so the statement stays the same."""
    if session.dialect.name == "sqlite":
        return column.in_(_EACH.bindparams(bindparam("given", dump(sorted(values)), unique=True)))
    given = bindparam(None, dump(sorted(values)), Text)
    each = func.jsonb_array_elements_text(cast(given, JSONB)).column_valued()
    return column.in_(select(cast(each, column.type)))


# --- conditions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sql:
    """`bridge.domain.filters.holds`, for the database."""

    session: Session
    askers: AskerRows
    asked: Sequence[Condition]
    rooms: Collection[str]

    def starts(self) -> Iterator[Start]:
        """Where one may begin."""
        for condition in self.asked:
            yield from self._starts(condition)
        yield Start(self._in(_q.room_id, self.rooms), "room_id", in_order=False, most=_ROOMS)

    def _starts(self, condition: Condition) -> Iterator[Start]:
        match condition:
            case Tagged(tag):
                yield Start(question_tags.c.tag == tag, "", in_order=True, weight=_ROW, tag=tag)
            case OneOf("state", values) if values == UNANSWERED:
                yield Start(_unanswered, _UNANSWERED, in_order=True)
            case OneOf(name, values) if None not in values and _USUAL.get(name, ("",))[0] not in values:
                ordered = len(values) == 1
                weight = 1 if name in {"state", "priority"} else _ROW
                yield Start(_one_of(name, values, _q[name]), name, in_order=ordered, weight=weight)
            case FromOurs(ours, people):
                named = self.askers.of_side(people, ours=ours)
                if len(named) <= _MANY_PEOPLE:
                    yield Start(self._in(_q.asker, named), "asker", in_order=False, weight=_ROW)
            case Answered(since):
                yield Start(_q.answered_at >= since, "answered_at", in_order=False, weight=_ROW)
            case Involves(person):
                either = or_(_q.asker == person, _q.assignee == person)
                yield Start(either, "asker assignee", in_order=False, weight=_ROW)

    def conditions(self, columns: Columns, start: Start | None) -> Iterator[ColumnElement[bool]]:
        # What is unanswered has an index of its own, which is not to be mistaken for the one of all.
        yield columns("withdrawn").is_(False) if start and start.column == _UNANSWERED else _alive
        yield self._in(columns("room_id"), self.rooms)
        for condition in self.asked:
            yield self._condition(condition, columns, start)

    def _condition(self, condition: Condition, columns: Columns, start: Start | None) -> ColumnElement[bool]:
        match condition:
            case OneOf(name, values):
                return _one_of(name, values, columns(name))
            case Tagged(tag):
                return _tagged(tag, start)
            case Asked(since, until):
                bounds = [columns("created_at") >= since] if since is not None else []
                return and_(true(), *bounds, *([columns("created_at") <= until] if until is not None else []))
            case Answered(since):
                return columns("answered_at") >= since
            case Involves(person):
                return or_(columns("asker") == person, columns("assignee") == person)
            case FromOurs(ours, people):
                return self._asked_by(ours, people, columns("asker"))

    def _asked_by(self, ours: bool, people: People, asker: ColumnElement[Any]) -> ColumnElement[bool]:
        """By people of ours, or by others: whichever are fewer are named."""
        named, others = (self.askers.of_side(people, ours=side) for side in (ours, not ours))
        return self._in(asker, named) if len(named) <= len(others) else ~self._in(asker, others)

    def _in(self, column: ColumnElement[Any], values: Collection[str]) -> ColumnElement[bool]:
        return column == next(iter(values)) if len(values) == 1 else _in(self.session, column, values)


def _tagged(tag: str, start: Start | None) -> ColumnElement[bool]:
    """Where one begins at another tag, it is compared before the question itself is looked at."""
    if start is None or start.tag is None:
        return exists().where(question_tags.c.tag == tag, question_tags.c.number == _q.number).correlate(questions)
    also = question_tags.alias()
    there = exists().where(also.c.tag == tag, also.c.number == question_tags.c.number).correlate(question_tags)
    return there if tag != start.tag else true()


def _one_of(name: str, values: Collection[str | None], column: ColumnElement[Any]) -> ColumnElement[bool]:
    if name == "state" and values == UNANSWERED:
        return _unanswered
    there = sorted(value for value in values if value is not None)
    named = column == there[0] if len(there) == 1 else column.in_(there)
    usual, others = _USUAL.get(name, (None, named))
    if usual is not None and usual not in values:
        return and_(named, others)
    return or_(named, column.is_(None)) if None in values else named
