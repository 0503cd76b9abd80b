"""Inbox rows that cannot be read yet: they wait for the key of a room session, and no other row waits for them."""

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from sqlalchemy import Integer, bindparam, delete, func, literal_column, null, select, update
from sqlalchemy.sql.elements import ColumnElement

from bridge.store.json import clean, load
from bridge.store.known import Known
from bridge.store.session import Session
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.store.tables import inbox, inbox_unread
from bridge.workflow.records import Pending, SetAside

HELD = 10_000
"""How many of them are held in memory."""

_ZERO: ColumnElement[int] = literal_column("0")
_columns = ("event_id", "room_id", "received_at", "payload", "state", "tries", "not_before", "waits_for")
_insert = bulk_insert(inbox, _columns, conflict=("event_id",), returning=("event_id", "waits_for"))
_set_aside = Prepared(
    update(inbox)
    .where(inbox.c.seq == bindparam("number"))
    .values(state=literal_column("'unread'"), tries=_ZERO, waits_for=bindparam("session")),
    "session",
    "number",
)
_revive = ByKeys(
    lambda keys: (
        update(inbox)
        .where(inbox_unread, inbox.c.waits_for.in_(keys))
        .values(state=literal_column("'new'"), tries=_ZERO, not_before=_ZERO, waits_for=null())
        .returning(inbox.c.event_id)
    )
)
_release = ByKeys(
    lambda keys: (
        update(inbox)
        .where(inbox_unread, inbox.c.tries == _ZERO, inbox.c.waits_for.in_(keys))
        .values(state=literal_column("'new'"), not_before=_ZERO, waits_for=null())
        .returning(inbox.c.event_id)
    )
)
_untold = select(*[inbox.c[c] for c in ("seq", "event_id", "room_id", "payload", "received_at", "waits_for")]).where(
    inbox_unread, inbox.c.tries == _ZERO, inbox.c.received_at <= bindparam("latest")
)
_most = bindparam("most", type_=Integer)
_unread = Prepared(_untold.order_by(inbox.c.seq).limit(_most), "latest", "most")
_unread_newest = Prepared(_untold.order_by(inbox.c.seq.desc()).limit(_most), "latest", "most")
_told = ByKeys(lambda keys: update(inbox).where(inbox_unread, inbox.c.seq.in_(keys)).values(tries=literal_column("1")))
_old = (
    select(inbox.c.seq)
    .where(inbox_unread, inbox.c.received_at < bindparam("before"))
    .order_by(inbox.c.seq)
    .limit(bindparam("most", type_=Integer))
)
_forget_old = Prepared(delete(inbox).where(inbox.c.seq.in_(_old)).returning(inbox.c.event_id), "before", "most")
_count = Prepared(select(func.count()).select_from(inbox).where(inbox_unread))
_newest = Prepared(
    select(inbox.c.event_id, inbox.c.waits_for)
    .where(inbox_unread, inbox.c.tries == _ZERO)
    .order_by(inbox.c.seq.desc())
    .limit(bindparam("most", type_=Integer)),
    "most",
)

Row = tuple[str, str, int, str, str, int, int]


class UnreadRows:
    """The part of the inbox that is set aside, within one transaction. While a row is here, `tries` says whether
    somebody was told of it.
    """

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known
        self._aside: dict[str, str] | None = None

    def set_aside(self, row: Pending, session_id: str) -> None:
        session_id = clean(session_id)
        _set_aside(self._session, session_id, row.seq)
        self._changed()[row.event_id] = session_id

    def accept_unread(self, rows: Sequence[tuple[Row, str]]) -> int:
        waiting = [(*row[:4], "unread", 0, 0, clean(session_id)) for row, session_id in rows]
        added = _insert.fetch(self._session, waiting)
        if added:
            self._changed().update(added)
        return len(added)

    def revive(self, session_ids: Collection[str]) -> int:
        revived = [event_id for (event_id,) in _revive(self._session, session_ids)]
        self.no_longer_unread(revived)
        return len(revived)

    def unread(self, limit: int, older_than: int, *, newest: bool = False) -> list[SetAside]:
        rows = (_unread_newest if newest else _unread)(self._session, older_than, limit)
        return [
            SetAside(seq, event_id, room_id, load(self._known.keeping.open(payload)), received_at, waits_for)
            for seq, event_id, room_id, payload, received_at, waits_for in rows
        ]

    def told(self, rows: Collection[SetAside]) -> None:
        _told(self._session, [row.seq for row in rows])
        self.no_longer_unread([row.event_id for row in rows])

    def release(self, session_ids: Collection[str]) -> int:
        released = [event_id for (event_id,) in _release(self._session, session_ids)]
        self.no_longer_unread(released)
        return len(released)

    def unread_ids(self) -> Mapping[str, str]:
        return MappingProxyType(self._known.unread if self._aside is None else self._aside)

    def unread_count(self) -> int:
        return int(_count.value(self._session))

    def forget_unread(self, before: int, limit: int) -> int:
        gone = [event_id for (event_id,) in _forget_old(self._session, before, limit).fetchall()]
        self.no_longer_unread(gone)
        return len(gone)

    def publish(self) -> None:
        """A new mapping: another thread may be going through the old one."""
        if self._aside is not None:
            self._known.unread = dict(islice(self._aside.items(), max(0, len(self._aside) - HELD), None))

    def _changed(self) -> dict[str, str]:
        if self._aside is None:
            self._aside = dict(self._known.unread)
        return self._aside

    def no_longer_unread(self, event_ids: Collection[str]) -> None:
        before = self.unread_ids()
        for event_id in event_ids:
            if event_id in before:
                self._changed().pop(event_id, None)


def newest_unread(session: Session) -> dict[str, str]:
    """Event id -> what it waits for, in the order in which they came; without those that somebody was told of."""
    return {event_id: waits_for or "" for event_id, waits_for in reversed(_newest(session, HELD).fetchall())}
