"""Grants. Those that are not over are held in memory, by person."""

from collections.abc import Iterable
from dataclasses import astuple, fields, replace

from sqlalchemy import bindparam, func, select

from bridge.domain.grants import Grant
from bridge.store.json import clean
from bridge.store.known import Known
from bridge.store.session import Session
from bridge.store.statement import AnyRow, Prepared, bulk_insert
from bridge.store.tables import grants

_columns = tuple(field.name for field in fields(Grant))
_selected = [grants.c[c] for c in _columns]
_save = bulk_insert(grants, _columns, conflict=("number",), replace=_columns[1:])
_last = Prepared(select(func.max(grants.c.number)))
_one = Prepared(select(*_selected).where(grants.c.number == bindparam("which")), "which")
_going_on = Prepared(select(*_selected).where(grants.c.ended_at.is_(None)).order_by(grants.c.number))
_ended = Prepared(
    select(*_selected)
    .where(grants.c.person == bindparam("who"), grants.c.ended_at.is_not(None))
    .order_by(grants.c.ended_at.desc(), grants.c.number.desc())
    .limit(bindparam("most")),
    "who",
    "most",
)


class GrantRows:
    """Grants within one transaction; what it changed stands before what is known."""

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known
        self._saved: dict[int, Grant] = {}
        self._unwritten: dict[int, Grant] = {}
        self._last: int | None = None

    def next_number(self) -> int:
        if self._last is None:
            self.flush()
            self._last = int(_last.value(self._session) or 0)
        self._last += 1
        return self._last

    def save(self, grant: Grant) -> None:
        grant = replace(grant, reason=clean(grant.reason))
        self._saved[grant.number] = self._unwritten[grant.number] = grant

    def get(self, number: int) -> Grant | None:
        found = self._saved.get(number) or self._known.grants.get(number)
        if found is None:
            row = _one(self._session, number).fetchone()
            found = _from_row(row) if row else None
        return found

    def of(self, user_id: str) -> tuple[Grant, ...]:
        numbers = self._known.grants_of.get(user_id, ())
        before = (self._known.grants[n] for n in numbers if n not in self._saved)
        return (*before, *(g for g in self._saved.values() if g.person == user_id and g.ended_at is None))

    def all(self) -> Iterable[Grant]:
        current = self._known.grants | self._saved if self._saved else self._known.grants
        return [grant for grant in current.values() if grant.ended_at is None]

    def alone_in(self, room_id: str) -> bool:
        numbers = self._known.grants_in.get(room_id, ())
        if not self._saved:
            return bool(numbers)
        return any(n not in self._saved for n in numbers) or any(
            opens_alone(grant) and grant.room_id == room_id for grant in self._saved.values()
        )

    def ended_of(self, user_id: str, limit: int = 5) -> list[Grant]:
        self.flush()
        return [_from_row(row) for row in _ended(self._session, user_id, limit)]

    def flush(self) -> None:
        if self._unwritten:
            unwritten, self._unwritten = self._unwritten, {}
            _save(self._session, [astuple(grant) for grant in unwritten.values()])

    def publish(self) -> None:
        if self._saved:
            self._known.hold_grants({n: g for n, g in (self._known.grants | self._saved).items() if g.ended_at is None})


def opens_alone(grant: Grant) -> bool:
    """Whether a grant lets somebody into one room and not the whole space."""
    return grant.room_id is not None and grant.ended_at is None and grant.approved_by is not None


def going_on(session: Session) -> dict[int, Grant]:
    return {row[0]: _from_row(row) for row in _going_on(session)}


def _from_row(row: AnyRow) -> Grant:
    grant = Grant(*row)
    return replace(grant, orphaned=bool(grant.orphaned))
