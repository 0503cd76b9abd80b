"""What people are to be told, within one transaction."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, delete, select

from bridge.store.json import dump, load
from bridge.store.people_tables import notices
from bridge.store.session import Session
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.workflow.people_ports import Notice

_columns = ("person", "number", "key", "named", "at", "arguments")
_insert = bulk_insert(notices, _columns)
_waiting = Prepared(
    select(*[notices.c[c] for c in _columns], notices.c.seq)
    .where(notices.c.person == bindparam("who"))
    .order_by(notices.c.seq)
    .limit(bindparam("most")),
    "who",
    "most",
)
_drop = ByKeys(lambda keys: delete(notices).where(notices.c.seq.in_(keys)))


class NoticeRows:
    """Added at `flush`, many at once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._added: list[Notice] = []

    def add(self, notice: Notice) -> None:
        self._added.append(notice)

    def waiting(self, person: str, limit: int) -> list[Notice]:
        self.flush()
        found = _waiting(self._session, person, limit)
        return [_from_row(row) for row in found]

    def drop(self, notices: Collection[Notice]) -> None:
        if notices:
            _drop(self._session, [notice.seq for notice in notices])

    def flush(self) -> None:
        if self._added:
            added, self._added = self._added, []
            _insert(self._session, [_to_row(notice) for notice in added])


def _from_row(row: Any) -> Notice:
    person, number, key, named, at, arguments, seq = row
    return Notice(person, number, key, bool(named), at, load(arguments), seq)


def _to_row(n: Notice) -> tuple[str, int, str, bool, int, str]:
    return n.person, n.number, n.key, n.named, n.at, dump(n.arguments)
