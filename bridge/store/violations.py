"""Who is where they have no place. What goes on is held in memory, by room and by person."""

from collections.abc import Callable, Iterable

from sqlalchemy import bindparam, select, update

from bridge.domain.admission import NoPlace
from bridge.domain.enforcement import Cause, Obstacle, Step
from bridge.store.json import clean
from bridge.store.known import Known, Whereabouts
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


class ViolationRows:
    """Violations within one transaction; None stands for one that it ended."""

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known
        self._changed: dict[Whereabouts, Violation | None] = {}
        self._unwritten: dict[Whereabouts, Violation] = {}

    def get(self, room_id: str, user_id: str) -> Violation | None:
        key = (room_id, user_id)
        return self._changed[key] if key in self._changed else self._known.violations.get(key)

    def of_room(self, room_id: str) -> tuple[Violation, ...]:
        return self._among(self._known.violators.get(room_id, ()), lambda v: v.room_id == room_id)

    def of_person(self, user_id: str) -> tuple[Violation, ...]:
        return self._among(self._known.violators.get(user_id, ()), lambda v: v.user_id == user_id)

    def all(self) -> Iterable[Violation]:
        return self._among(tuple(self._known.violations), lambda _: True)

    def save(self, violation: Violation) -> None:
        key = (violation.room_id, violation.user_id)
        self._changed[key] = self._unwritten[key] = violation

    def end(self, room_id: str, user_id: str, now: int, *, removed: bool) -> None:
        if self.get(room_id, user_id) is None:
            return
        self.flush()
        self._changed[room_id, user_id] = None
        (_remove if removed else _end)(self._session, now, room_id, user_id)

    def removed_at(self, room_id: str, user_id: str) -> int | None:
        self.flush()
        at: int | None = _removed_at.value(self._session, room_id, user_id)
        return at

    def _among(self, keys: Iterable[Whereabouts], matches: Callable[[Violation], bool]) -> tuple[Violation, ...]:
        before = (self._known.violations[key] for key in keys if key not in self._changed)
        if not self._changed:
            return tuple(before)
        return (*before, *(v for v in self._changed.values() if v is not None and matches(v)))

    def flush(self) -> None:
        if self._unwritten:
            unwritten, self._unwritten = self._unwritten, {}
            _save(self._session, [_to_row(violation) for violation in unwritten.values()])

    def publish(self) -> None:
        if self._changed:
            changed = self._known.violations | self._changed
            self._known.hold_violations({key: v for key, v in changed.items() if v is not None})


def going_on(session: Session) -> dict[Whereabouts, Violation]:
    return {(row[0], row[1]): _from_row(row) for row in _going_on(session)}


def _to_row(v: Violation) -> AnyRow:
    obstacle = v.obstacle.value if v.obstacle else None
    what = (v.membership, v.reason.value, v.step.value, v.cause.value, v.since, v.by, obstacle, v.cascade)
    return (v.room_id, v.user_id, *what, clean(v.problem), None)


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
