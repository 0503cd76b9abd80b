"""Summaries on schedule, within one transaction."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, delete, select

from bridge.domain.schedule import Schedule
from bridge.store.people_tables import digests
from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert
from bridge.workflow.digests import Digest

_columns = ("target", "personal", "minute", "weekday", "zone", "filters", "set_by", "told_until", "chosen_in")
_save = bulk_insert(digests, _columns, conflict=("target",), replace=_columns[1:])
_one = Prepared(select(*[digests.c[c] for c in _columns]).where(digests.c.target == bindparam("which")), "which")
_all = Prepared(select(*[digests.c[c] for c in _columns]).order_by(digests.c.target))
_drop = Prepared(delete(digests).where(digests.c.target == bindparam("which")), "which")


class DigestRows:
    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, target: str) -> Digest | None:
        row = _one(self._session, target).fetchone()
        return from_row(row) if row else None

    def save(self, digest: Digest) -> None:
        s = digest.schedule
        timed = (s.minute, s.weekday, s.zone)
        row = (
            digest.target,
            digest.personal,
            *timed,
            digest.filters,
            digest.set_by,
            digest.told_until,
            digest.chosen_in,
        )
        _save(self._session, [row])

    def chosen_in(self, rooms: Collection[str]) -> list[Digest]:
        return [digest for digest in map(from_row, _all(self._session)) if digest.chosen_in in rooms]

    def drop(self, target: str) -> None:
        _drop(self._session, target)


def from_row(row: Any) -> Digest:
    target, personal, minute, weekday, zone, filters, set_by, told_until, chosen_in = row
    return Digest(target, bool(personal), Schedule(minute, weekday, zone), filters, set_by, told_until, chosen_in)
