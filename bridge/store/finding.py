"""Lists of questions."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import false, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from bridge.domain.filters import PAGE_SIZE, Filter, Order
from bridge.domain.people import People
from bridge.domain.questions import UNANSWERED
from bridge.store.session import Session
from bridge.store.tables import question_tags, questions
from bridge.workflow.records import Page

_q = questions.c
_unanswered = _q.state.in_([literal_column("'claimed'"), literal_column("'open'")])


def find(session: Session, wanted: Filter, rooms: Collection[str], people: People, now: int) -> Page:
    """One page of the questions in `rooms` that the filter lets through."""
    if not rooms:
        return Page((), 0, wanted.page, 1)
    conditions = list(_conditions(wanted, rooms, people, now))
    total: int = session.conn.execute(select(func.count()).select_from(questions).where(*conditions)).scalar_one()
    oldest = wanted.order is Order.OLDEST_FIRST
    order = (_q.created_at, _q.number) if oldest else (_q.created_at.desc(), _q.number.desc())
    page = select(_q.number).where(*conditions).order_by(*order).limit(PAGE_SIZE).offset((wanted.page - 1) * PAGE_SIZE)
    numbers = tuple(session.conn.execute(page).scalars()) if total else ()
    return Page(numbers, total, wanted.page, max(1, -(-total // PAGE_SIZE)))


def _conditions(wanted: Filter, rooms: Collection[str], people: People, now: int) -> Iterator[ColumnElement[bool]]:
    yield _q.withdrawn.is_(False)
    yield _q.room_id.in_(sorted(rooms))
    yield from _states(wanted)
    if wanted.spaces:
        yield _q.space.in_(sorted(wanted.spaces))
    for tag in sorted(wanted.tags):
        yield _q.number.in_(select(question_tags.c.number).where(question_tags.c.tag == tag))
    if wanted.priority is not None:
        yield _q.priority == wanted.priority.value
    yield from _times(wanted, now)
    yield from _persons(wanted)
    if wanted.from_ours is not None:
        ours = named_by((*people.staff, *people.trusted), _q.asker)
        yield ours if wanted.from_ours else ~ours


def _states(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.states == UNANSWERED:
        yield _unanswered
    elif wanted.states:
        yield _q.state.in_(sorted(s.value for s in wanted.states))


def _times(wanted: Filter, now: int) -> Iterator[ColumnElement[bool]]:
    if wanted.older is not None:
        yield _q.created_at <= now - wanted.older
    if wanted.since is not None:
        yield _q.created_at >= now - wanted.since


def _persons(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.by is not None:
        yield _q.asker == wanted.by
    if wanted.assigned == "none":
        yield _q.assignee.is_(None)
    elif wanted.assigned is not None:
        yield _q.assignee == wanted.assigned
    if wanted.involves is not None:
        yield or_(_q.asker == wanted.involves, _q.assignee == wanted.involves)


def named_by(globs: Collection[str], user_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """`bridge.domain.people.matches` in SQL.

    LIKE's wildcards cross colons and a glob's do not. But where text matches and has no more colons than the glob,
    the glob's own colons are all there are, so no wildcard stands for one.
    """
    return or_(false(), *[_named_by_one(glob, user_id) for glob in dict.fromkeys(globs)])


def _named_by_one(glob: str, user_id: ColumnElement[Any]) -> ColumnElement[bool]:
    if "*" not in glob and "?" not in glob:
        return user_id == glob
    escaped = glob.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    pattern = escaped.replace("*", "%").replace("?", "_")
    colons = func.length(user_id) - func.length(func.replace(user_id, ":", ""))
    return user_id.like(pattern, escape="\\") & (colons == glob.count(":"))
