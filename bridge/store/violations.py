"""Who is where they have no place. What goes on is held in memory, by room, by person and by step."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from sqlalchemy import bindparam, select, update

from bridge.domain.admission import NoPlace
from bridge.domain.enforcement import Cause, Obstacle, Step
from bridge.store.held import HeldViolations, Whereabouts
from bridge.store.json import clean
from bridge.store.known import Known
from bridge.store.session import Session
from bridge.store.statement import AnyRow, Prepared, bulk_insert
from bridge.store.tables import violations
from bridge.workflow.cases import Violation

_key = ("room_id", "user_id")
_columns = (
    *_key,
    *("membership", "reason", "step", "cause", "since", "by", "obstacle", "cascade", "problem"),
)
_save = bulk_insert(violations, (*_columns, "ended_at"), conflict=_key, replace=(*_columns[2:], "ended_at"))
_going_on = Prepared(
    select(*[violations.c[c] for c in _columns]).where(violations.c.ended_at.is_(None)).order_by(violations.c.since)
)
_here = (violations.c.room_id == bindparam("place"), violations.c.user_id == bindparam("who"))
_end = Prepared(update(violations).where(*_here).values(ended_at=bindparam("now")), "now", "place", "who")
_remove = Prepared(
    update(violations).where(*_here).values(ended_at=bindparam("now"), removed_at=bindparam("now")),
    "now",
    "place",
    "who",
)
_removed_at = Prepared(select(violations.c.removed_at).where(*_here), "place", "who")
_ended = Prepared(
    select(violations.c.step, violations.c.ended_at).where(*_here, violations.c.ended_at.is_not(None)), "place", "who"
)


class ViolationRows:
    """Violations within one transaction; what it changed stands before what is known."""

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known.violations
        self._saved = HeldViolations()
        self._ended: set[Whereabouts] = set()
        self._more: Counter[Step] = Counter()
        self._unwritten: dict[Whereabouts, Violation] = {}

    def get(self, room_id: str, user_id: str) -> Violation | None:
        place = (room_id, user_id)
        if place in self._ended:
            return None
        return self._saved.by_place.get(place) or self._known.by_place.get(place)

    def of_room(self, room_id: str) -> tuple[Violation, ...]:
        return self._among(self._known.of(room_id), self._saved.of(room_id))

    def of_person(self, user_id: str) -> tuple[Violation, ...]:
        return self._among(self._known.of(user_id), self._saved.of(user_id))

    def at(self, step: Step) -> tuple[Violation, ...]:
        return self._among(self._known.at(step), self._saved.at(step))

    def count(self, step: Step) -> int:
        return self._known.count(step) + self._more[step]

    def all(self) -> Iterable[Violation]:
        return self._among(tuple(self._known.by_place), tuple(self._saved.by_place))

    def save(self, violation: Violation) -> None:
        violation = replace(violation, problem=clean(violation.problem))
        self._recount(self.get(*violation.place), violation)
        self._saved.put(violation)
        self._unwritten[violation.place] = violation
        self._ended.discard(violation.place)

    def end(self, room_id: str, user_id: str, now: int, *, removed: bool) -> None:
        before = self.get(room_id, user_id)
        if before is None:
            return
        self.flush()
        self._recount(before, None)
        self._saved.drop((room_id, user_id))
        self._ended.add((room_id, user_id))
        (_remove if removed else _end)(self._session, now, room_id, user_id)

    def removed_at(self, room_id: str, user_id: str) -> int | None:
        self.flush()
        at: int | None = _removed_at.value(self._session, room_id, user_id)
        return at

    def ended(self, room_id: str, user_id: str) -> tuple[Step, int] | None:
        self.flush()
        row = _ended(self._session, room_id, user_id).fetchone()
        return (Step(row[0]), row[1]) if row else None

    def _among(self, known: Iterable[Whereabouts], saved: Iterable[Whereabouts]) -> tuple[Violation, ...]:
        changed, ended = self._saved.by_place, self._ended
        before = (self._known.by_place.get(place) for place in known if place not in changed and place not in ended)
        found = chain(before, (changed[place] for place in saved))
        return tuple(violation for violation in found if violation is not None)

    def _recount(self, before: Violation | None, after: Violation | None) -> None:
        if before:
            self._more[before.step] -= 1
        if after:
            self._more[after.step] += 1

    def flush(self) -> None:
        if self._unwritten:
            unwritten, self._unwritten = self._unwritten, {}
            _save(self._session, [_to_row(violation) for violation in unwritten.values()])

    def publish(self) -> None:
        for place in self._ended:
            self._known.drop(place)
        for violation in self._saved.by_place.values():
            self._known.put(violation)


def violations_going_on(session: Session) -> HeldViolations:
    held = HeldViolations()
    for row in _going_on(session):
        held.put(_from_row(row))
    return held


def _to_row(v: Violation) -> AnyRow:
    obstacle = v.obstacle.value if v.obstacle else None
    what = (v.membership, v.reason.value, v.step.value, v.cause.value, v.since, v.by, obstacle, v.cascade)
    return (v.room_id, v.user_id, *what, v.problem, None)


def _from_row(row: AnyRow) -> Violation:
    room_id, user_id, membership, reason, step, cause, since, by, obstacle, cascade, problem = row
    return Violation(
        room_id=room_id,
        user_id=user_id,
        membership=membership,
        reason=NoPlace(reason),
        step=Step(step),
        cause=Cause(cause),
        since=since,
        by=by,
        obstacle=Obstacle(obstacle) if obstacle else None,
        cascade=cascade,
        problem=problem,
    )
