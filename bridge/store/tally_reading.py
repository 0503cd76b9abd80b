"""Statistics read: set-based, and most of it added up by the database."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, literal_column, or_, select
from sqlalchemy.sql.elements import ColumnElement

from bridge.domain.questions import DECIDING, State
from bridge.domain.statistics import Change, Course
from bridge.store.askers import AskerRows
from bridge.store.finding import narrowed
from bridge.store.session import Session
from bridge.store.statement import ByKeys
from bridge.store.tables import acceptances, answers, facts, question_tags, questions
from bridge.store.tally_tables import credits, tallies
from bridge.workflow.tallies import Span, Wanted

LOOKED_AT = 3_000
"""Among how many questions tags are counted at most; of more, every so manieth is looked at."""

_t, _c, _q = tallies.c, credits.c, questions.c
_tags_of = ByKeys(lambda keys: select(question_tags.c.tag).where(question_tags.c.number.in_(keys)))
_deflected = ByKeys(
    lambda keys: select(facts.c.number).where(
        facts.c.number.in_(keys), facts.c.kind == "QuestionDuplicated", facts.c.data.like('%"deflected":true%')
    )
)
_helpers = ByKeys(
    lambda keys: (
        select(answers.c.author, func.count(acceptances.c.answer.distinct()))
        .join(acceptances, acceptances.c.answer == answers.c.event_id)
        .join(questions, _q.number == answers.c.number)
        .where(
            acceptances.c.number.in_(keys),
            or_(*[acceptances.c.voice == literal_column(f"'{voice.value}'") for voice in sorted(DECIDING)]),
            answers.c.author != _q.asker,
        )
        .group_by(answers.c.author)
    )
)
_ROW = (_q.number, _q.room_id, _q.asker, _q.created_at, _q.first_response_at, _q.answered_at, _q.closed_at)
_rows = ByKeys(lambda keys: select(*_ROW).where(_q.number.in_(keys)))


class TallyReading:
    """What of `workflow.tallies.Tallies` only reads."""

    def __init__(self, session: Session, askers: AskerRows) -> None:
        self._session = session
        self._askers = askers

    def days(self, span: Span) -> dict[int, Change]:
        sums = [func.sum(column) for column in (_t.asked, _t.answered, _t.waiting)]
        found = self._session.conn.execute(select(_t.day, *sums).where(*_in_span(span)).group_by(_t.day))
        return {day: Change(int(asked), int(answered), int(waiting)) for day, asked, answered, waiting in found}

    def bags(self, span: Span) -> list[tuple[str, bool, str]]:
        joined = func.aggregate_strings(_t.marks, "")
        found = select(_t.room_id, _t.outside, joined).where(*_in_span(span)).group_by(_t.room_id, _t.outside)
        return [(room_id, bool(outside), marks) for room_id, outside, marks in self._session.conn.execute(found)]

    def cells(self, span: Span) -> Iterator[tuple[int, str, int, str]]:
        """(day, room, by how many more wait, bag of marks), by day."""
        columns = select(_t.day, _t.room_id, _t.waiting, _t.marks).where(*_in_span(span)).order_by(_t.day)
        yield from (tuple(row) for row in self._session.conn.execute(columns))

    def waiting(self, rooms: Collection[str], outside: bool | None = None) -> int:
        total = select(func.sum(_t.waiting)).where(*_in_span(Span(frozenset(rooms), -1, -1, outside)))
        return int(self._session.conn.execute(total).scalar() or 0)

    def helpers(self, span: Span, limit: int) -> list[tuple[str, int]]:
        total = func.sum(_c.accepted)
        conditions = [_c.day.between(span.first, span.last), _c.room_id.in_(sorted(span.rooms))]
        if span.outside is not None:
            conditions.append(_c.outside.is_(span.outside))
        found = select(_c.person, total).where(*conditions).group_by(_c.person).having(total > 0)
        best = found.order_by(total.desc(), _c.person).limit(limit)
        return [(person, int(count)) for person, count in self._session.conn.execute(best)]

    def tags(self, wanted: Wanted, since: int, limit: int) -> list[tuple[str, float]]:
        recent = select(_q.number).where(*_asked(since))
        total = self._session.conn.execute(select(func.count()).select_from(recent.subquery())).scalar_one()
        part = recent.where(_q.number % (total // LOOKED_AT + 1) == 0) if total > LOOKED_AT else recent
        numbers = self._session.conn.execute(self._fitting(part, wanted)).scalars().all()
        tags = Counter(tag for (tag,) in _tags_of(self._session, numbers)) if numbers else Counter[str]()
        common = sorted(tags.items(), key=lambda found: (-found[1], found[0]))[:limit]
        return [(tag, count / len(numbers)) for tag, count in common]

    def courses(self, wanted: Wanted, since: int, limit: int) -> tuple[list[tuple[int, str, Course]], int]:
        numbers, part = self._numbers(wanted, since, limit)
        rows = _rows(self._session, numbers) if numbers else []
        closed = [row[0] for row in rows if row[-1] is not None]
        deflected = {number for (number,) in _deflected(self._session, closed)} if closed else set()
        return [(number, room_id, _course(more, number in deflected)) for number, room_id, *more in rows], part

    def _numbers(self, wanted: Wanted, since: int, limit: int) -> tuple[list[int], int]:
        """Sorted by what indexes hold, so that no more rows are read than are wanted."""
        some = self._fitting(select(_q.number, _q.created_at).where(*_asked(since)), wanted)
        newest, part = self._session.conn.execute(some.order_by(_q.created_at.desc()).limit(limit)).all(), 1
        if len(newest) == limit:
            part = math.ceil((wanted.now - since) / max(1, wanted.now - newest[-1].created_at))
            newest = self._session.conn.execute(some.where(_q.number % part == 0).limit(2 * limit)).all()
        return [row.number for row in newest], part

    def waiting_of(self, wanted: Wanted) -> int:
        state = _q.state.in_(["claimed", "open"])
        unanswered = self._fitting(select(_q.number).where(_q.withdrawn.is_(False), state), wanted)
        return self._session.conn.execute(select(func.count()).select_from(unanswered.subquery())).scalar_one()

    def helpers_of(self, numbers: Collection[int], limit: int) -> list[tuple[str, int]]:
        total: Counter[str] = Counter()
        for author, count in _helpers(self._session, numbers) if numbers else ():
            total[author] += count
        return sorted(total.items(), key=lambda found: (-found[1], found[0]))[:limit]

    def _fitting(self, chosen: Select[Any], wanted: Wanted) -> Select[Any]:
        return narrowed(chosen, wanted.filters, wanted.rooms, wanted.people, wanted.now, self._askers)


def _course(row: Sequence[Any], deflected: bool) -> Course:
    asker, asked_at, responded_at, answered_at, closed_at = row
    settled = answered_at if answered_at is not None else closed_at
    return Course(
        asked_at=asked_at,
        asker=asker,
        responded_at=responded_at,
        answered_at=answered_at,
        closed_at=closed_at,
        deflected=deflected,
        waiting=settled is None,
        flow=[(asked_at, 1)] + ([] if settled is None else [(settled, -1)]),
    )


def _asked(since: int) -> Iterator[ColumnElement[bool]]:
    """With every state named, the index of rooms leads to the time."""
    yield _q.withdrawn.is_(False)
    yield _q.created_at >= since
    yield _q.state.in_([state.value for state in State])


def _in_span(span: Span) -> Iterator[ColumnElement[bool]]:
    yield _t.day.between(span.first, span.last)
    yield _t.room_id.in_(sorted(span.rooms))
    if span.outside is not None:
        yield _t.outside.is_(span.outside)
