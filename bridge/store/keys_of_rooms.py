"""Room keys: what opens the messages of a room, which messages they opened, and which of them are backed up."""

from collections.abc import Collection
from dataclasses import fields, replace
from operator import attrgetter

from sqlalchemy import (
    Integer,
    bindparam,
    case,
    delete,
    false,
    func,
    literal_column,
    select,
    true,
    tuple_,
    union_all,
    update,
)

from bridge.crypto.errors import CryptoError
from bridge.crypto.ratchets import InboundGroup
from bridge.store.errors import StoreError
from bridge.store.held_keys import OTHER_SECRET, HeldKeys, Opened
from bridge.store.json import clean
from bridge.store.key_part import KeyPart
from bridge.store.key_tables import room_keys, seen_messages
from bridge.store.session import Session
from bridge.store.statement import AnyRow, ByKeys, Prepared, bulk_insert, bulk_update
from bridge.workflow.encryption.records import RoomKey, Source

_names = (
    *("session_id", "room_id", "curve", "ed", "user_id", "pickle", "first_index", "source", "backed_up"),
    *("added_at", "homeless"),
)
_selected = [room_keys.c[field.name] for field in fields(RoomKey)]
_to_row = attrgetter(*_names)
_save = bulk_insert(room_keys, _names, conflict=("session_id",), replace=_names[1:])
_one = Prepared(select(*_selected).where(room_keys.c.session_id == bindparam("which")), "which")
_missing = room_keys.c.backed_up.is_(false())
_not_backed_up = Prepared(
    select(*_selected).where(_missing).order_by(room_keys.c.session_id).limit(bindparam("most", type_=Integer)), "most"
)
_begin_at = ByKeys(
    lambda keys: select(room_keys.c.session_id, room_keys.c.first_index).where(room_keys.c.session_id.in_(keys))
)
_backed_up = ByKeys(lambda keys: update(room_keys).where(room_keys.c.session_id.in_(keys)).values(backed_up=true()))
_forget_backups = Prepared(update(room_keys).where(room_keys.c.backed_up.is_(true())).values(backed_up=false()))
_count = Prepared(select(func.count()).select_from(room_keys))
_count_missing = Prepared(select(func.count()).select_from(room_keys).where(_missing))

_homeless = room_keys.c.homeless.is_(true())
_homeless_since = Prepared(
    select(room_keys.c.session_id, room_keys.c.room_id)
    .where(_homeless, room_keys.c.added_at < bindparam("before"))
    .order_by(room_keys.c.added_at)
    .limit(bindparam("most", type_=Integer)),
    "before",
    "most",
)
_too_many = (
    select(room_keys.c.session_id)
    .where(_homeless)
    .order_by(room_keys.c.added_at.desc(), room_keys.c.session_id)
    .limit(bindparam("most", type_=Integer))
    .offset(bindparam("kept", type_=Integer))
)
_evict = Prepared(
    delete(room_keys).where(room_keys.c.session_id.in_(_too_many)).returning(room_keys.c.session_id), "most", "kept"
)
_settle = ByKeys(lambda keys: update(room_keys).where(room_keys.c.session_id.in_(keys)).values(homeless=false()))
_drop = ByKeys(lambda keys: delete(room_keys).where(room_keys.c.session_id.in_(keys)))

_see = bulk_insert(
    seen_messages, ("session_id", "message_index", "event_id", "seen_at"), conflict=("session_id", "message_index")
)
_seen = Prepared(
    select(seen_messages.c.event_id).where(
        seen_messages.c.session_id == bindparam("session"), seen_messages.c.message_index == bindparam("number")
    ),
    "session",
    "number",
)
_of_session = union_all(
    select(seen_messages.c.message_index.label("seen")).where(seen_messages.c.session_id == bindparam("session")),
    select((room_keys.c.seen_below - literal_column("1")).label("seen")).where(
        room_keys.c.session_id == bindparam("session")
    ),
).subquery("of_session")
_highest = Prepared(select(func.coalesce(func.max(_of_session.c.seen), literal_column("-1"))), "session")
_seen_below = Prepared(select(room_keys.c.seen_below).where(room_keys.c.session_id == bindparam("which")), "which")
_place = (seen_messages.c.session_id, seen_messages.c.message_index)
_long_seen = (
    select(*_place)
    .where(seen_messages.c.seen_at < bindparam("before"))
    .order_by(seen_messages.c.seen_at)
    .limit(bindparam("most", type_=Integer))
)
_forget_seen = Prepared(
    delete(seen_messages).where(tuple_(*_place).in_(_long_seen)).returning(*_place), "before", "most"
)
_raise_floor = bulk_update(
    room_keys,
    ("session_id", "seen_below"),
    lambda given: {
        "seen_below": case(
            (given.c.seen_below > room_keys.c.seen_below, given.c.seen_below), else_=room_keys.c.seen_below
        )
    },
)

SEEN_MS = 90 * 86_400_000
"""For how many milliseconds it is remembered which event used a message index; what is older is taken for used."""
HOMELESS = 10_000
"""How many keys are kept for rooms that we are not in: anybody can send us those."""
SLICE = 1000
HOMELESS_MS = 86_400_000
"""How long they are kept, unless we join."""


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
        self._new: dict[tuple[str, int], tuple[str, int]] = {}
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

    def will_read(self, session_id: str, ciphertext: str, said: tuple[bytes, int]) -> None:
        """At once, not after the commit: what a message says does not depend on that."""
        self._held.read.put((session_id, ciphertext), said)

    def read_before(self, session_id: str, ciphertext: str) -> tuple[bytes, int] | None:
        found = self._held.read.get((session_id, ciphertext))
        self._held.read.drop((session_id, ciphertext))
        return found

    def save_room_key(self, key: RoomKey) -> None:
        key = replace(key, room_id=clean(key.room_id), curve=clean(key.curve), ed=clean(key.ed))
        self._keys[key.session_id] = self._unwritten[key.session_id] = key
        self._changed.add(key.session_id)
        self._opened.pop(key.session_id, None)

    def first_seen(self, session_id: str, index: int, event_id: str, at: int) -> bool:
        new, highest = self._new.get((session_id, index)), self._seen_to(session_id)
        if new is not None:
            return new[0] == event_id
        if index <= highest:
            before = _seen.value(self._session, session_id, index)
            if before is not None:
                return bool(before == event_id)
            if index < (_seen_below.value(self._session, session_id) or 0):
                return False
        self._new[session_id, index] = (event_id, at)
        self._highest[session_id] = max(index, highest)
        return True

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

    def backed_up(self, keys: Collection[RoomKey]) -> None:
        self.flush()
        begins = {key.session_id: key.first_index for key in keys}
        same = [name for name, index in _begin_at(self._session, begins) if begins[name] == index]
        _backed_up(self._session, same)
        for session_id in set(same):
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
            if any(key.homeless for key in unwritten.values()):
                self._evict(SLICE)
        if self._new:
            seen, self._new = self._new, {}
            _see(self._session, [(*where, *event) for where, event in seen.items()])

    def prune(self, now: int, limit: int) -> int:
        seen = _forget_seen(self._session, now - SEEN_MS, limit).fetchall()
        floors: dict[str, int] = {}
        for session_id, index in seen:
            floors[session_id] = max(index + 1, floors.get(session_id, 0))
        _raise_floor(self._session, list(floors.items()))
        return max(super().prune(now, limit), len(seen), self._evict(limit))

    def homeless(self, before: int, limit: int) -> list[tuple[str, str]]:
        """Session and room of keys that came before a time (ms) for rooms that we were not in, oldest first."""
        self.flush()
        return [(session_id, room_id) for session_id, room_id in _homeless_since(self._session, before, limit)]

    def housed(self, session_ids: Collection[str]) -> None:
        """We are in their rooms by now."""
        _settle(self._session, session_ids)
        self._gone_from_memory(session_ids)

    def drop_room_keys(self, session_ids: Collection[str]) -> None:
        _drop(self._session, session_ids)
        self._gone_from_memory(session_ids)

    def _evict(self, limit: int) -> int:
        gone = [session_id for (session_id,) in _evict(self._session, limit, HOMELESS).fetchall()]
        self._gone_from_memory(gone)
        return len(gone)

    def _gone_from_memory(self, session_ids: Collection[str]) -> None:
        self._changed.update(session_ids)
        for session_id in session_ids:
            self._keys.pop(session_id, None)
            self._opened.pop(session_id, None)

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
    return replace(key, source=Source(key.source), backed_up=bool(key.backed_up), homeless=bool(key.homeless))
