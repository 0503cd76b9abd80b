"""To-device messages on their way out, keys that we asked for, and keys that we were told we do not get."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from types import MappingProxyType
from uuid import uuid4

from sqlalchemy import Integer, bindparam, delete, func, literal_column, select

from bridge.store.held_keys import HeldKeys
from bridge.store.json import clean, dump, load
from bridge.store.key_part import KeyPart
from bridge.store.key_tables import key_requests, to_device, withheld_keys
from bridge.store.session import Session
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.workflow.encryption.records import KeyRequest, ToDevice
from bridge.workflow.ports import JsonObject

_add = bulk_insert(to_device, ("txn_id", "event_type", "messages", "session_id"))
_queued = Prepared(
    select(*[to_device.c[field.name] for field in fields(ToDevice)])
    .order_by(to_device.c.session_id == literal_column("''"), to_device.c.seq)
    .limit(bindparam("most", type_=Integer)),
    "most",
)
_sent = ByKeys(lambda keys: delete(to_device).where(to_device.c.seq.in_(keys)).returning(to_device.c.session_id))
_drop_all = Prepared(delete(to_device))
_sharing = Prepared(
    select(to_device.c.session_id, func.count())
    .where(to_device.c.session_id != literal_column("''"))
    .group_by(to_device.c.session_id)
)

_columns = ("session_id", "room_id", "request_id", "asked_of", "asked_at")
_to_row = attrgetter(*_columns)
_save_requests = bulk_insert(key_requests, _columns, conflict=("session_id",), replace=_columns[1:])
_drop_requests = ByKeys(lambda keys: delete(key_requests).where(key_requests.c.session_id.in_(keys)))
_all_requests = Prepared(select(*[key_requests.c[field.name] for field in fields(KeyRequest)]))

_note_withheld = bulk_insert(
    withheld_keys,
    ("session_id", "room_id", "code", "noted_at"),
    conflict=("session_id",),
    replace=("room_id", "code", "noted_at"),
)
_withheld = Prepared(
    select(withheld_keys.c.code).where(withheld_keys.c.session_id == bindparam("which")),
    "which",
)
_old = (
    select(withheld_keys.c.session_id)
    .where(withheld_keys.c.noted_at < bindparam("before"))
    .limit(bindparam("most", type_=Integer))
)
_forget_withheld = Prepared(delete(withheld_keys).where(withheld_keys.c.session_id.in_(_old)), "before", "most")

KEEP_MS = 30 * 86_400_000
"""As long as a message waits for its key, in milliseconds."""


class TransitKeys(KeyPart):
    """Requests are held in memory, and for which sessions messages are on their way."""

    def __init__(self, session: Session, held: HeldKeys) -> None:
        super().__init__(session, held)
        self._queue: list[tuple[str, str, str, str]] = []
        self._on_its_way: Counter[str] = Counter()
        self._queue_gone = False
        self._requests: dict[str, KeyRequest] | None = None
        self._requests_unwritten: set[str] = set()
        self._withheld: dict[str, tuple[str, str, int]] = {}

    def queue(self, event_type: str, messages: JsonObject, session_id: str = "") -> None:
        self._queue.append((uuid4().hex, event_type, _text(messages), session_id))
        self._on_its_way[session_id] += 1

    def queued(self, limit: int) -> list[ToDevice]:
        self._flush_queue()
        rows = _queued(self._session, limit)
        return [ToDevice(seq, txn_id, kind, load(messages), session) for seq, txn_id, kind, messages, session in rows]

    def sent(self, seqs: Collection[int]) -> None:
        self._on_its_way.subtract(session_id for (session_id,) in _sent(self._session, seqs))

    def on_its_way(self, session_id: str) -> bool:
        before = 0 if self._queue_gone else self._held.on_its_way[session_id]
        return before + self._on_its_way[session_id] > 0

    def requests(self) -> Mapping[str, KeyRequest]:
        return MappingProxyType(self._held.requests if self._requests is None else self._requests)

    def save_request(self, request: KeyRequest) -> None:
        request = replace(request, session_id=clean(request.session_id), room_id=clean(request.room_id))
        self._changed_requests()[request.session_id] = request
        self._requests_unwritten.add(request.session_id)

    def drop_request(self, session_id: str) -> None:
        if session_id in self.requests():
            del self._changed_requests()[session_id]
            self._requests_unwritten.add(session_id)

    def _changed_requests(self) -> dict[str, KeyRequest]:
        if self._requests is None:
            self._requests = dict(self._held.requests)
        return self._requests

    def withheld(self, session_id: str) -> str:
        session_id = clean(session_id)
        if session_id in self._withheld:
            return self._withheld[session_id][1]
        return str(_withheld.value(self._session, session_id) or "")

    def note_withheld(self, room_id: str, session_id: str, code: str, now: int) -> None:
        self._withheld[clean(session_id)] = (clean(room_id), clean(code), now)

    def forget_sessions(self) -> None:
        super().forget_sessions()
        self._queue.clear()
        self._on_its_way.clear()
        self._queue_gone = True
        _drop_all(self._session)
        for session_id in tuple(self.requests()):
            self.drop_request(session_id)

    def prune(self, now: int, limit: int) -> int:
        old = [name for name, request in self.requests().items() if request.asked_at < now - KEEP_MS][:limit]
        for session_id in old:
            self.drop_request(session_id)
        withheld = int(_forget_withheld(self._session, now - KEEP_MS, limit).rowcount)
        return max(super().prune(now, limit), len(old), withheld)

    def flush(self) -> None:
        super().flush()
        self._flush_queue()
        if self._requests_unwritten and self._requests is not None:
            unwritten, self._requests_unwritten = sorted(self._requests_unwritten), set()
            now = self._requests
            _save_requests(self._session, [_to_row(now[name]) for name in unwritten if name in now])
            _drop_requests(self._session, [name for name in unwritten if name not in now])
        if self._withheld:
            withheld, self._withheld = self._withheld, {}
            _note_withheld(self._session, [(session_id, *said) for session_id, said in withheld.items()])

    def _flush_queue(self) -> None:
        if self._queue:
            queue, self._queue = self._queue, []
            _add(self._session, queue)

    def publish(self) -> None:
        super().publish()
        if self._requests is not None:
            self._held.requests = self._requests
        before: Counter[str] = Counter() if self._queue_gone else self._held.on_its_way
        if self._queue_gone or self._on_its_way:
            before.update(self._on_its_way)
            self._held.on_its_way = Counter({name: count for name, count in before.items() if name and count > 0})


def _text(messages: JsonObject) -> str:
    """As JSON, also where an id in it holds half of a surrogate pair."""
    try:
        return dump(messages)
    except TypeError:
        return clean(json.dumps(messages, ensure_ascii=False))


def sessions_on_their_way(session: Session) -> Counter[str]:
    return Counter(dict(_sharing(session).fetchall()))


def all_requests(session: Session) -> dict[str, KeyRequest]:
    found = (KeyRequest(*row) for row in _all_requests(session))
    return {request.session_id: request for request in found}
