"""Removals that belong together."""

from dataclasses import fields, replace
from operator import attrgetter

from sqlalchemy import bindparam, func, select

from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert
from bridge.store.tables import cascades
from bridge.workflow.cases import Cascade

_columns = tuple(field.name for field in fields(Cascade))
_to_row = attrgetter(*_columns)
_save = bulk_insert(cascades, _columns, conflict=("number",), replace=_columns[1:])
_last = Prepared(select(func.max(cascades.c.number)))
_one = Prepared(select(*[cascades.c[c] for c in _columns]).where(cascades.c.number == bindparam("which")), "which")


class CascadeRows:
    """Cascades within one transaction; there are few, so each is written at once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: int | None = None

    def next_number(self) -> int:
        if self._last is None:
            self._last = int(_last.value(self._session) or 0)
        self._last += 1
        return self._last

    def save(self, cascade: Cascade) -> None:
        _save(self._session, [_to_row(cascade)])

    def get(self, number: int) -> Cascade | None:
        row = _one(self._session, number).fetchone()
        if row is None:
            return None
        cascade = Cascade(*row)
        return replace(cascade, revoked=bool(cascade.revoked))
