"""The outbound sessions of rooms, and which devices have them."""

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter

from sqlalchemy import Integer, Label, bindparam, delete, func, literal_column, select

from bridge.store.held_keys import HeldKeys
from bridge.store.json import clean
from bridge.store.key_part import KeyPart
from bridge.store.key_tables import own_sessions, room_keys, shared_sessions
from bridge.store.session import Session
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.workflow.encryption.records import OwnRoomSession

_columns = tuple(field.name for field in fields(OwnRoomSession))
_to_row = attrgetter(*_columns)
_save = bulk_insert(own_sessions, _columns, conflict=("room_id",), replace=_columns[1:])
_all = Prepared(select(*[own_sessions.c[c] for c in _columns]))
_drop = ByKeys(lambda keys: delete(own_sessions).where(own_sessions.c.room_id.in_(keys)))
_drop_all = Prepared(delete(own_sessions))

_place = ("session_id", "user_id", "curve")
_note = bulk_insert(shared_sessions, (*_place, "from_index"), conflict=_place, replace=("from_index",))
_shared = Prepared(
    select(shared_sessions.c.user_id, shared_sessions.c.curve, shared_sessions.c.from_index).where(
        shared_sessions.c.session_id == bindparam("which")
    ),
    "which",
)
_drop_shared = Prepared(delete(shared_sessions))
_drop_shared_of = ByKeys(lambda keys: delete(shared_sessions).where(shared_sessions.c.session_id.in_(keys)))


def _hopping() -> Prepared:
    """Sessions after a given one, hopping over the devices that have them, with when their keys were made."""
    session: Label[str] = func.min(shared_sessions.c.session_id).label("session")
    one: Label[int] = literal_column("1").label("number")
    first = select(session, one).where(shared_sessions.c.session_id > bindparam("after"))
    walk = first.cte("walk", recursive=True)
    behind = shared_sessions.alias("behind")
    following = select(func.min(behind.c.session_id)).where(behind.c.session_id > walk.c.session).scalar_subquery()
    more = select(following, walk.c.number + literal_column("1"))
    walk = walk.union_all(more.where(walk.c.session.is_not(None), walk.c.number < bindparam("most", type_=Integer)))
    made = walk.outerjoin(room_keys, room_keys.c.session_id == walk.c.session)
    found = select(walk.c.session, room_keys.c.added_at).select_from(made).where(walk.c.session.is_not(None))
    return Prepared(found.order_by(walk.c.number), "after", "most")


_next = _hopping()

KEEP_MS = 90 * 86_400_000
"""How long a device that had a key of ours, and lost it, can have it again; in milliseconds."""


class SharedKeys(KeyPart):
    """The sessions in use are held in memory."""

    def __init__(self, session: Session, held: HeldKeys) -> None:
        super().__init__(session, held)
        self._sessions: dict[str, OwnRoomSession | None] = {}
        self._sessions_unwritten: set[str] = set()
        self._sessions_gone = False
        self._looked_at: str | None = None
        self._shared: dict[tuple[str, str, str], int] = {}

    def own_session(self, room_id: str) -> OwnRoomSession | None:
        if room_id in self._sessions or self._sessions_gone:
            return self._sessions.get(room_id)
        return self._held.own_sessions.get(room_id)

    def save_own_session(self, session: OwnRoomSession) -> None:
        self._sessions[session.room_id] = session
        self._sessions_unwritten.add(session.room_id)

    def drop_own_session(self, room_id: str) -> None:
        if self.own_session(room_id) is not None:
            self._sessions[room_id] = None
            self._sessions_unwritten.add(room_id)

    def shared_with(self, session_id: str) -> dict[tuple[str, str], int]:
        self._flush_shared()
        rows = _shared(self._session, clean(session_id))
        return {(user_id, curve): index for user_id, curve, index in rows}

    def note_shared(self, session_id: str, devices: Iterable[tuple[str, str]], index: int) -> None:
        self._shared.update({(session_id, *device): index for device in devices})

    def forget_sessions(self) -> None:
        super().forget_sessions()
        self._sessions.clear()
        self._sessions_unwritten.clear()
        self._shared.clear()
        self._sessions_gone = True
        _drop_all(self._session)
        _drop_shared(self._session)

    def prune(self, now: int, limit: int) -> int:
        """Going round: after the last session comes the first one again."""
        found = _next(self._session, self._held.looked_at, limit).fetchall()
        self._looked_at = found[-1][0] if len(found) == limit else ""
        in_use = {session.session_id for session in self._held.own_sessions.values()}
        old = [name for name, made in found if (made is None or made < now - KEEP_MS) and name not in in_use]
        _drop_shared_of(self._session, old)
        return max(super().prune(now, limit), len(old))

    def flush(self) -> None:
        super().flush()
        if self._sessions_unwritten:
            unwritten, self._sessions_unwritten = self._sessions_unwritten, set()
            saved = [_to_row(session) for room_id in sorted(unwritten) if (session := self._sessions[room_id])]
            _save(self._session, saved)
            _drop(self._session, [room_id for room_id in unwritten if self._sessions[room_id] is None])
        self._flush_shared()

    def _flush_shared(self) -> None:
        if self._shared:
            shared, self._shared = self._shared, {}
            _note(self._session, [(*place, index) for place, index in shared.items()])

    def publish(self) -> None:
        super().publish()
        if self._looked_at is not None:
            self._held.looked_at = self._looked_at
        if self._sessions_gone:
            self._held.own_sessions.clear()
        for room_id, session in self._sessions.items():
            if session is None:
                self._held.own_sessions.pop(room_id, None)
            else:
                self._held.own_sessions[room_id] = session


def all_own_sessions(session: Session) -> dict[str, OwnRoomSession]:
    return {row[0]: OwnRoomSession(*row) for row in _all(session)}
