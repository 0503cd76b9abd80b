"""The outbound sessions of rooms, and which devices have them."""

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter

from sqlalchemy import Integer, bindparam, delete, select, tuple_

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
_name = [shared_sessions.c[c] for c in _place]
_lately = select(room_keys.c.session_id).where(room_keys.c.added_at >= bindparam("before"))
_old = (
    select(*_name)
    .where(
        shared_sessions.c.session_id.not_in(select(own_sessions.c.session_id)),
        shared_sessions.c.session_id.not_in(_lately),
    )
    .limit(bindparam("most", type_=Integer))
)
_drop_old = Prepared(delete(shared_sessions).where(tuple_(*_name).in_(_old)), "before", "most")

KEEP_MS = 90 * 86_400_000
"""How long a device that had a key of ours, and lost it, can have it again; in milliseconds."""


class SharedKeys(KeyPart):
    """The sessions in use are held in memory."""

    def __init__(self, session: Session, held: HeldKeys) -> None:
        super().__init__(session, held)
        self._sessions: dict[str, OwnRoomSession | None] = {}
        self._sessions_unwritten: set[str] = set()
        self._sessions_gone = False
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
        return max(super().prune(now, limit), int(_drop_old(self._session, now - KEEP_MS, limit).rowcount))

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
        if self._sessions_gone:
            self._held.own_sessions.clear()
        for room_id, session in self._sessions.items():
            if session is None:
                self._held.own_sessions.pop(room_id, None)
            else:
                self._held.own_sessions[room_id] = session


def all_own_sessions(session: Session) -> dict[str, OwnRoomSession]:
    return {row[0]: OwnRoomSession(*row) for row in _all(session)}
