"""Removals that belong together."""

from dataclasses import astuple, fields, replace

from sqlalchemy import bindparam, func, select

from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert
from bridge.store.tables import cascades
from bridge.workflow.cases import Cascade

_columns = tuple(field.name for field in fields(Cascade))
_save = bulk_insert(cascades, _columns, conflict=("number",), replace=_columns[1:])
_last = Prepared(select(func.max(cascades.c.number)))
_one = Prepared(select(*[cascades.c[c] for c in _columns]).where(cascades.c.number == bindparam("which")), "which")


class CascadeRows:
    """Cascades within one transaction; there are few, so each is written at once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self) -> int:
        return int(_last.value(self._session) or 0) + 1

    def save(self, cascade: Cascade) -> None:
        _save(self._session, [astuple(cascade)])

    def get(self, number: int) -> Cascade | None:
        row = _one(self._session, number).fetchone()
        if row is None:
            return None
        cascade = Cascade(*row)
        return replace(cascade, revoked=bool(cascade.revoked))
