"""Grants. Those that are not over are held in memory, by person."""

from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import chain
from operator import attrgetter

from sqlalchemy import bindparam, func, select

from bridge.domain.grants import Grant
from bridge.store.held import HeldGrants
from bridge.store.json import clean
from bridge.store.known import Known
from bridge.store.session import Session
from bridge.store.statement import AnyRow, Prepared, bulk_insert
from bridge.store.tables import grants

_columns = tuple(field.name for field in fields(Grant))
_to_row = attrgetter(*_columns)
_by_number = attrgetter("number")
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
        self._known = known.grants
        self._saved = HeldGrants()
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
        self._unwritten[grant.number] = grant
        self._saved.put(grant)

    def get(self, number: int) -> Grant | None:
        found = self._saved.by_number.get(number) or self._known.by_number.get(number)
        if found is None:
            row = _one(self._session, number).fetchone()
            found = _from_row(row) if row else None
        return found

    def of(self, user_id: str) -> tuple[Grant, ...]:
        found = self._numbered(self._known.of(user_id), self._saved.of(user_id))
        return tuple(sorted(found, key=_by_number))

    def all(self) -> Iterable[Grant]:
        return self._numbered(tuple(self._known.by_number), tuple(self._saved.by_number))

    def alone_in(self, room_id: str) -> bool:
        return bool(self._numbered(self._known.alone_in(room_id), self._saved.alone_in(room_id)))

    def ended_of(self, user_id: str, limit: int = 5) -> list[Grant]:
        self.flush()
        return [_from_row(row) for row in _ended(self._session, user_id, limit)]

    def _numbered(self, known: Iterable[int], saved: Iterable[int]) -> list[Grant]:
        """Those that are not over."""
        changed = self._saved.by_number
        before = (self._known.by_number.get(number) for number in known if number not in changed)
        found = chain(before, (changed[number] for number in saved))
        return [grant for grant in found if grant is not None and grant.ended_at is None]

    def flush(self) -> None:
        if self._unwritten:
            unwritten, self._unwritten = self._unwritten, {}
            _save(self._session, [_to_row(grant) for grant in unwritten.values()])

    def publish(self) -> None:
        for grant in self._saved.by_number.values():
            if grant.ended_at is None:
                self._known.put(grant)
            else:
                self._known.drop(grant.number)


def grants_going_on(session: Session) -> HeldGrants:
    held = HeldGrants()
    for row in _going_on(session):
        held.put(_from_row(row))
    return held


def _from_row(row: AnyRow) -> Grant:
    grant = Grant(*row)
    return replace(grant, orphaned=bool(grant.orphaned))
