"""Room keys: what opens the messages of a room, which messages they opened, and which of them are backed up."""

from collections.abc import Collection
from dataclasses import fields, replace
from operator import attrgetter

from sqlalchemy import Integer, bindparam, false, func, literal_column, select, true, update

from bridge.crypto.errors import CryptoError
from bridge.crypto.ratchets import InboundGroup
from bridge.store.errors import StoreError
from bridge.store.held_keys import OTHER_SECRET, HeldKeys, Opened
from bridge.store.json import clean
from bridge.store.key_part import KeyPart
from bridge.store.key_tables import room_keys, seen_messages
from bridge.store.session import Session
from bridge.store.statement import AnyRow, ByKeys, Prepared, bulk_insert
from bridge.workflow.encryption.records import RoomKey, Source

_names = ("session_id", "room_id", "curve", "ed", "user_id", "pickle", "first_index", "source", "backed_up")
_selected = [room_keys.c[field.name] for field in fields(RoomKey)]
_to_row = attrgetter(*_names)
_save = bulk_insert(room_keys, _names, conflict=("session_id",), replace=_names[1:])
_one = Prepared(select(*_selected).where(room_keys.c.session_id == bindparam("which")), "which")
_missing = room_keys.c.backed_up.is_(false())
_not_backed_up = Prepared(
    select(*_selected).where(_missing).order_by(room_keys.c.session_id).limit(bindparam("most", type_=Integer)), "most"
)
_backed_up = ByKeys(lambda keys: update(room_keys).where(room_keys.c.session_id.in_(keys)).values(backed_up=true()))
_forget_backups = Prepared(update(room_keys).where(room_keys.c.backed_up.is_(true())).values(backed_up=false()))
_count = Prepared(select(func.count()).select_from(room_keys))
_count_missing = Prepared(select(func.count()).select_from(room_keys).where(_missing))

_see = bulk_insert(seen_messages, ("session_id", "message_index", "event_id"), conflict=("session_id", "message_index"))
_seen = Prepared(
    select(seen_messages.c.event_id).where(
        seen_messages.c.session_id == bindparam("session"), seen_messages.c.message_index == bindparam("number")
    ),
    "session",
    "number",
)
_highest = Prepared(
    select(func.coalesce(func.max(seen_messages.c.message_index), literal_column("-1"))).where(
        seen_messages.c.session_id == bindparam("session")
    ),
    "session",
)


class RoomKeys(KeyPart):
    """Those used lately are held ready to decrypt with, each with the highest index seen, so that a message that
    follows on others costs no query.
    """

    def __init__(self, session: Session, held: HeldKeys) -> None:
        super().__init__(session, held)
        self._keys: dict[str, RoomKey] = {}
        self._unwritten: dict[str, RoomKey] = {}
        self._changed: set[str] = set()
        self._all_changed = False
        self._opened: dict[str, Opened] = {}
        self._new: dict[tuple[str, int], str] = {}
        self._highest: dict[str, int] = {}

    def room_key(self, session_id: str) -> RoomKey | None:
        found = self._keys.get(session_id)
        if found is None and (opened := self._ready(session_id)):
            found = opened[0]
        if found is None and (row := _one(self._session, clean(session_id)).fetchone()):
            found = self._keys[session_id] = _from_row(row)
        return found

    def group(self, session_id: str) -> tuple[RoomKey, InboundGroup] | None:
        found = self._ready(session_id)
        if found is None and (key := self.room_key(session_id)):
            found = self._opened[session_id] = (key, self._open(key))
        return found

    def _ready(self, session_id: str) -> Opened | None:
        found = self._opened.get(session_id)
        if found is None and not self._all_changed and session_id not in self._changed:
            found = self._held.opened.get(session_id)
            if found is not None:
                self._opened[session_id] = found
        return found

    def _open(self, key: RoomKey) -> InboundGroup:
        try:
            return self._held.opens().inbound_pickled(key.pickle)
        except CryptoError as error:
            raise StoreError("keys", OTHER_SECRET) from error

    def save_room_key(self, key: RoomKey) -> None:
        key = replace(key, room_id=clean(key.room_id), curve=clean(key.curve), ed=clean(key.ed))
        self._keys[key.session_id] = self._unwritten[key.session_id] = key
        self._changed.add(key.session_id)
        self._opened.pop(key.session_id, None)

    def first_seen(self, session_id: str, index: int, event_id: str) -> bool:
        before = self._new.get((session_id, index))
        highest = self._seen_to(session_id)
        if before is None and index <= highest:
            before = _seen.value(self._session, session_id, index)
        if before is None:
            self._new[session_id, index] = before = event_id
            self._highest[session_id] = max(index, highest)
        return bool(before == event_id)

    def _seen_to(self, session_id: str) -> int:
        found = self._highest.get(session_id)
        if found is None:
            found = self._held.highest.get(session_id)
            if found is None:
                found = int(_highest.value(self._session, session_id))
            self._highest[session_id] = found
        return found

    def not_backed_up(self, limit: int) -> list[RoomKey]:
        self.flush()
        return [_from_row(row) for row in _not_backed_up(self._session, limit)]

    def backed_up(self, session_ids: Collection[str]) -> None:
        self.flush()
        _backed_up(self._session, session_ids)
        for session_id in session_ids:
            opened = self._ready(session_id)
            if opened is not None:
                self._opened[session_id] = (replace(opened[0], backed_up=True), opened[1])
            if session_id in self._keys:
                self._keys[session_id] = replace(self._keys[session_id], backed_up=True)

    def forget_backups(self) -> None:
        self.flush()
        _forget_backups(self._session)
        self._keys.clear()
        self._opened.clear()
        self._all_changed = True

    def room_key_count(self) -> tuple[int, int]:
        self.flush()
        return int(_count.value(self._session)), int(_count_missing.value(self._session))

    def flush(self) -> None:
        super().flush()
        if self._unwritten:
            unwritten, self._unwritten = self._unwritten, {}
            _save(self._session, [_to_row(key) for key in unwritten.values()])
        if self._new:
            seen, self._new = self._new, {}
            _see(self._session, [(*where, event_id) for where, event_id in seen.items()])

    def publish(self) -> None:
        super().publish()
        if self._all_changed:
            self._held.opened.clear()
        for session_id in self._changed:
            self._held.opened.drop(session_id)
        for session_id, opened in self._opened.items():
            self._held.opened.put(session_id, opened)
        for session_id, highest in self._highest.items():
            self._held.highest.put(session_id, highest)


def _from_row(row: AnyRow) -> RoomKey:
    key = RoomKey(*row)
    return replace(key, source=Source(key.source), backed_up=bool(key.backed_up))
