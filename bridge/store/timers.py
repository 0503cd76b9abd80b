"""Timers within one transaction. When the next is due is held in memory, so that asking costs nothing until then."""

import sys
from dataclasses import fields
from operator import attrgetter

from sqlalchemy import bindparam, delete, func, select

from bridge.store.known import Known
from bridge.store.session import Session
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.store.tables import timers
from bridge.workflow.timers import Timer

_columns = tuple(field.name for field in fields(Timer))
_to_row = attrgetter(*_columns)
_all_columns = [timers.c[c] for c in _columns]
_set = bulk_insert(timers, _columns, conflict=("name",), replace=_columns[1:])
_begin = bulk_insert(timers, _columns, conflict=("name",))
_one = Prepared(select(*_all_columns).where(timers.c.name == bindparam("which")), "which")
_of = Prepared(
    select(*_all_columns).where(timers.c.number == bindparam("question"), timers.c.number > 0).order_by(timers.c.name),
    "question",
)
_drop = ByKeys(lambda keys: delete(timers).where(timers.c.name.in_(keys)))
_due = Prepared(
    select(*_all_columns)
    .where(timers.c.due_at <= bindparam("at"))
    .order_by(timers.c.due_at, timers.c.name)
    .limit(bindparam("most")),
    "at",
    "most",
)
_next = Prepared(select(func.min(timers.c.due_at)))
NEVER = sys.maxsize


class TimerRows:
    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known
        self._earliest = NEVER
        self._next: int | None = None
        self._begun: dict[str, Timer] = {}
        self._dropped: set[str] = set()

    def begin(self, timer: Timer) -> None:
        """Added at `flush`, as it is dropped, many at once."""
        self._earliest = min(self._earliest, timer.due_at)
        self._begun.setdefault(timer.name, timer)

    def flush(self) -> None:
        if self._dropped:
            dropped, self._dropped = self._dropped, set()
            _drop(self._session, dropped)
        if self._begun:
            begun, self._begun = self._begun, {}
            _begin(self._session, [_to_row(timer) for timer in begun.values()])

    def set(self, timer: Timer) -> None:
        self.flush()
        self._earliest = min(self._earliest, timer.due_at)
        _set(self._session, [_to_row(timer)])

    def get(self, name: str) -> Timer | None:
        self.flush()
        row = _one(self._session, name).fetchone()
        return Timer(*row) if row else None

    def of(self, number: int) -> list[Timer]:
        self.flush()
        return [Timer(*row) for row in _of(self._session, number)]

    def drop(self, name: str) -> None:
        self._begun.pop(name, None)
        self._dropped.add(name)

    def due(self, now: int, limit: int = 100) -> list[Timer]:
        if now < min(self._known.next_timer, self._earliest):
            return []
        self.flush()
        found = [Timer(*row) for row in _due(self._session, now, limit)]
        if not found:
            self._next = int(_next.value(self._session) or NEVER)
        return found

    def publish(self) -> None:
        before = self._known.next_timer if self._next is None else self._next
        self._known.next_timer = min(before, self._earliest)
