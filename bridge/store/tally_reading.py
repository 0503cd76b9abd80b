"""Statistics read: set-based, and most of it added up by the database."""

from collections.abc import Collection, Iterator

from sqlalchemy import func, select
from sqlalchemy.sql.elements import ColumnElement

from bridge.domain.statistics import Change
from bridge.store.session import Session
from bridge.store.tables import question_tags, questions
from bridge.store.tally_tables import credits, tallies
from bridge.workflow.tallies import Span

LOOKED_AT = 12_000
"""Among how many questions tags are counted at most; of more, every so manieth is looked at."""

_t, _c, _q = tallies.c, credits.c, questions.c


class TallyReading:
    """What of `workflow.tallies.Tallies` only reads."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def days(self, span: Span) -> dict[int, Change]:
        sums = [func.sum(column) for column in (_t.asked, _t.answered, _t.waiting)]
        found = self._session.conn.execute(select(_t.day, *sums).where(*_in_span(span)).group_by(_t.day))
        return {day: Change(int(asked), int(answered), int(waiting)) for day, asked, answered, waiting in found}

    def bags(self, span: Span) -> list[tuple[str, bool, str]]:
        joined = func.aggregate_strings(_t.marks, "")
        found = select(_t.room_id, _t.outside, joined).where(*_in_span(span)).group_by(_t.room_id, _t.outside)
        return [(room_id, bool(outside), marks) for room_id, outside, marks in self._session.conn.execute(found)]

    def waiting(self, rooms: Collection[str], outside: bool | None = None) -> int:
        span = Span(frozenset(rooms), -1, -1, outside)
        total = self._session.conn.execute(select(func.sum(_t.waiting)).where(*_in_span(span))).scalar()
        return int(total or 0)

    def helpers(self, span: Span, limit: int) -> list[tuple[str, int]]:
        total = func.sum(_c.accepted)
        conditions = [_c.day.between(span.first, span.last), _c.room_id.in_(sorted(span.rooms))]
        if span.outside is not None:
            conditions.append(_c.outside.is_(span.outside))
        found = (
            select(_c.person, total)
            .where(*conditions)
            .group_by(_c.person)
            .having(total > 0)
            .order_by(total.desc(), _c.person)
            .limit(limit)
        )
        return [(person, int(count)) for person, count in self._session.conn.execute(found)]

    def tags(self, rooms: Collection[str], since: int, limit: int) -> tuple[list[tuple[str, int]], int]:
        some = self._some(rooms, since)
        count = func.count()
        found = (
            select(question_tags.c.tag, count)
            .where(question_tags.c.number.in_(select(some.c.number)))
            .group_by(question_tags.c.tag)
            .order_by(count.desc(), question_tags.c.tag)
            .limit(limit)
        )
        of = self._session.conn.execute(select(func.count()).select_from(some)).scalar_one()
        return [(tag, int(number)) for tag, number in self._session.conn.execute(found)], int(of)

    def _some(self, rooms: Collection[str], since: int):  # type: ignore[no-untyped-def]
        recent = (_q.withdrawn.is_(False), _q.created_at >= since)
        total = self._session.conn.execute(select(func.count()).select_from(questions).where(*recent)).scalar_one()
        part = [_q.number % (total // LOOKED_AT + 1) == 0] if total > LOOKED_AT else []
        return select(_q.number).where(*recent, *part, _q.room_id.in_(sorted(rooms))).cte("some")


def _in_span(span: Span) -> Iterator[ColumnElement[bool]]:
    yield _t.day.between(span.first, span.last)
    yield _t.room_id.in_(sorted(span.rooms))
    if span.outside is not None:
        yield _t.outside.is_(span.outside)
