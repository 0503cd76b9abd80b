"""Lists of questions."""

from collections.abc import Collection, Iterator

from sqlalchemy import and_, func, literal_column, or_, select, true
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
from bridge.store.tables import question_tags, questions
from bridge.workflow.records import Page

_q = questions.c
_unanswered = _q.state.in_([literal_column("'claimed'"), literal_column("'open'")])


def find(session: Session, askers: AskerRows, wanted: Filter, rooms: Collection[str], people: People, now: int) -> Page:
    """One page of the questions in `rooms` that the filter lets through."""
    if not rooms:
        return Page((), 0, wanted.page, 1)
    conditions = list(_conditions(wanted, rooms, people, now, askers))
    total: int = session.conn.execute(select(func.count()).select_from(questions).where(*conditions)).scalar_one()
    oldest = wanted.order is Order.OLDEST_FIRST
    order = (_q.created_at, _q.number) if oldest else (_q.created_at.desc(), _q.number.desc())
    page = select(_q.number).where(*conditions).order_by(*order).limit(PAGE_SIZE).offset((wanted.page - 1) * PAGE_SIZE)
    numbers = tuple(session.conn.execute(page).scalars()) if total else ()
    return Page(numbers, total, wanted.page, max(1, -(-total // PAGE_SIZE)))


def _conditions(
    wanted: Filter, rooms: Collection[str], people: People, now: int, askers: AskerRows
) -> Iterator[ColumnElement[bool]]:
    yield _q.withdrawn.is_(False)
    yield _q.room_id.in_(sorted(rooms))
    yield from (_in_sql(condition, askers) for condition in conditions(wanted, people, now))


def _in_sql(condition: Condition, askers: AskerRows) -> ColumnElement[bool]:
    """`bridge.domain.filters.holds`, for the database."""
    match condition:
        case OneOf("state", values) if values == UNANSWERED:
            return _unanswered
        case OneOf(name, values):
            named = _q[name].in_(sorted(v for v in values if v is not None))
            return or_(named, _q[name].is_(None)) if None in values else named
        case Tagged(tag):
            return _q.number.in_(select(question_tags.c.number).where(question_tags.c.tag == tag))
        case Asked(since, until):
            bounds = [_q.created_at >= since] if since is not None else []
            return and_(true(), *bounds, *([_q.created_at <= until] if until is not None else []))
        case Answered(since):
            return _q.answered_at >= since
        case Involves(person):
            return or_(_q.asker == person, _q.assignee == person)
        case FromOurs(ours, people):
            return _asked_by(ours, people, askers)


def _asked_by(ours: bool, people: People, askers: AskerRows) -> ColumnElement[bool]:
    """By people of ours, or by others: whichever are fewer are named."""
    everybody = askers.all()
    named = sorted(asker for asker in everybody if is_ours(asker, people) is ours)
    if 2 * len(named) <= len(everybody):
        return _q.asker.in_(named)
    return _q.asker.not_in(sorted({*everybody} - {*named}))
