"""Events on their way in: the door (`StoreIntake`) and the rows behind it."""

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, TypeGuard

import orjson
from sqlalchemy import bindparam, delete, literal_column, null, select, update

from bridge.store.json import dump, load
from bridge.store.lanes import Depth, Lanes
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.store.tables import inbox, transactions
from bridge.store.unread import Row, UnreadRows
from bridge.workflow.encryption.opening import Opened, is_sealed, open_in, opens_again
from bridge.workflow.encryption.receiving import VERIFYING, receive
from bridge.workflow.encryption.records import Keyring, Received
from bridge.workflow.ports import Batch, JsonObject
from bridge.workflow.records import Pending

if TYPE_CHECKING:
    from bridge.store.database import Database
    from bridge.store.transaction import StoreTransaction

SYNC_TOKEN = "sync_token"
TOKENS: Mapping[str, str] = {"sync": SYNC_TOKEN, "keys": "keys_token"}
ID_LIMIT = 1000
"""Longer ids are nobody's: Matrix allows 255 bytes, those we make for invites hold a token."""

_columns = ("event_id", "room_id", "received_at", "payload", "state", "tries", "not_before")
_insert = bulk_insert(inbox, _columns, conflict=("event_id",))
_lanes = Lanes(inbox, "room_id", "received_at", ("event_id", "payload", "received_at", "tries"))
_done = ByKeys(
    lambda keys: update(inbox).where(inbox.c.seq.in_(keys)).values(state=literal_column("'done'"), payload=null())
)
_park = Prepared(
    update(inbox)
    .where(inbox.c.seq == bindparam("number"))
    .values(state=literal_column("'parked'"), reference=bindparam("why")),
    "why",
    "number",
)
_forget = Prepared(
    update(inbox)
    .where(inbox.c.event_id == bindparam("event"), inbox.c.payload.is_not(None))
    .values(payload=null(), state=literal_column("'done'"), waits_for=null()),
    "event",
)
_remember = bulk_insert(transactions, ("txn_id", "received_at"), conflict=("txn_id",))
_remembered = Prepared(select(transactions.c.txn_id).where(transactions.c.txn_id == bindparam("txn")), "txn")
_old = (
    select(transactions.c.txn_id)
    .where(transactions.c.received_at < bindparam("before"))
    .order_by(transactions.c.received_at)
    .limit(bindparam("slice"))
)
_forget_transactions = Prepared(delete(transactions).where(transactions.c.txn_id.in_(_old)), "before", "slice")


class InboxRows(UnreadRows):
    """The inbox within one transaction."""

    def accept(self, rows: list[Row]) -> int:
        """Add rows that are not there yet; return how many those were."""
        return _insert(self._session, rows) if rows else 0

    def pending(self, now: int, limit: int = 100) -> list[Pending]:
        return [
            Pending(seq, event_id, room_id, load(self._known.keeping.open(payload)), received_at, tries)
            for seq, room_id, _, event_id, payload, received_at, tries in _lanes.pending(self._session, now, limit)
        ]

    def done(self, rows: Iterable[Pending]) -> None:
        _done(self._session, [row.seq for row in rows])

    def retry(self, row: Pending, not_before: int) -> None:
        _lanes.retry(self._session, row.seq, not_before)

    def park(self, row: Pending, reference: str) -> None:
        _park(self._session, reference, row.seq)

    def forget(self, event_id: str) -> None:
        _forget(self._session, event_id)
        self.no_longer_unread([event_id])

    def depth(self) -> Depth:
        return _lanes.depth(self._session)

    def prune(self, before: int, limit: int = 1000) -> int:
        """Delete up to `limit` handled rows from before a time. What they deduplicated is forgotten with them."""
        return _lanes.prune(self._session, before, limit)

    def remember_transaction(self, transaction_id: str, now: int) -> None:
        _remember(self._session, [(transaction_id, now)])

    def has_transaction(self, transaction_id: str) -> bool:
        return _remembered.value(self._session, transaction_id) is not None

    def prune_transactions(self, before: int, limit: int = 1000) -> int:
        return int(_forget_transactions(self._session, before, limit).rowcount)


@dataclass(slots=True)
class Door:
    """What one batch brings in: rows in order, each with the room session whose key it waits for, or ""."""

    rows: list[tuple[Row, str]] = field(default_factory=list)
    aside: int = 0
    verifying: list[JsonObject] = field(default_factory=list)
    received: Received = field(default_factory=Received)
    stored: int = 0


class StoreIntake:
    """The door for events, over the database.

    `wanted` says which events can mean anything; others are not stored. `on_accepted` is called after the commit.
    `count(source, stored, dropped)` learns how many rows were new and how many events no inbox could hold.
    With `encrypted`, events of encrypted rooms are opened to see whether they are wanted, and stored as they came.
    `keyring` is needed from the first batch on that brings key news; `on_keys` learns what those were, after the
    commit, `on_verifying` of opened room events about verification, `on_unread` how many could not be opened.
    """

    def __init__(
        self,
        database: "Database",
        wanted: Callable[[JsonObject], bool],
        on_accepted: Callable[[], None],
        count: Callable[[Literal["sync", "push"], int, int], None] | None = None,
        *,
        encrypted: bool = False,
        clock: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self._database = database
        self._wanted = wanted
        self._on_accepted = on_accepted
        self._count = count
        self._encrypted = encrypted
        self._clock = clock
        self.keyring: Keyring | None = None
        self.on_keys: Callable[[Received], None] = lambda _: None
        self.on_verifying: Callable[[list[JsonObject]], None] = lambda _: None
        self.on_unread: Callable[[int], None] = lambda _: None

    async def accept(self, batch: Batch) -> None:
        now = self._clock()
        rows, dropped = self._rows(batch, now)
        durable = batch.source == "push" or bool(batch.keys and batch.keys.to_device)
        door = await self._database.write(lambda tx: self._store(batch, rows, tx, now), durable=durable)
        if self._count is not None and batch.source != "keys":
            self._count(batch.source, door.stored, dropped)
        if door.stored:
            self._on_accepted()
        if batch.keys is not None:
            self.on_keys(door.received)
        if door.verifying:
            self.on_verifying(door.verifying)
        if door.aside:
            self.on_unread(door.aside)

    def _store(self, batch: Batch, rows: list[tuple[Row, JsonObject]], tx: "StoreTransaction", now: int) -> Door:
        """Keys first: they may open what came with them."""
        door = Door()
        if batch.keys is not None and self.keyring is not None:
            if batch.source != "push" and tx.settings.get(TOKENS[batch.source]) is None:
                # The first answer says nothing of whose devices changed while nobody listened.
                tx.keys.outdate_all()
            door.received = receive(batch.keys, tx, self.keyring, now)
            door.stored += tx.inbox.revive(door.received.sessions) if door.received.sessions else 0
        for row, event in rows:
            self._let_in(row, event, tx, door)
        for waiting, rows_alike in groupby(door.rows, key=lambda each: bool(each[1])):
            if waiting:
                door.aside += tx.inbox.accept_unread(list(rows_alike))
            else:
                door.stored += tx.inbox.accept([row for row, _ in rows_alike])
        if batch.source == "push":
            tx.inbox.remember_transaction(batch.cursor, now)
        else:
            tx.settings.set(TOKENS[batch.source], batch.cursor)
        return door

    def _let_in(self, row: Row, event: JsonObject, tx: "StoreTransaction", door: Door) -> None:
        """What is sealed shows only now whether it can matter. What cannot be opened yet waits for its key."""
        if not is_sealed(event):
            if self._encrypted and _verifies(event):
                door.verifying.append(event)
            else:
                door.rows.append((self._hidden(row, event, tx), ""))
            return
        room = tx.rooms.get(row[1])
        if room is None or not (room.space or room.direct_with):
            return
        opened = open_in(room, event, tx, row[2])
        if isinstance(opened, Opened):
            if _verifies(opened.event):
                door.verifying.append(opened.event)
            elif self._may_matter(opened.event):
                door.rows.append((row, ""))
                opens_again(event, opened, tx)
        elif opened.session_id:
            door.rows.append((row, opened.session_id))

    def _hidden(self, row: Row, event: JsonObject, tx: "StoreTransaction") -> Row:
        """Some clients can speak in clear in an encrypted room: that is no reason to keep what they say there."""
        if "state_key" in event or not tx.rooms.keeps_no_text(row[1]):
            return row
        return (*row[:3], self._database.keeping.hide(row[3]), *row[4:])

    async def sync_token(self, source: Literal["sync", "keys"] = "sync") -> str | None:
        return await self._database.read(lambda tx: tx.settings.get(TOKENS[source]))

    async def has_transaction(self, transaction_id: str) -> bool:
        return await self._database.read(lambda tx: tx.inbox.has_transaction(transaction_id))

    def _rows(self, batch: Batch, now: int) -> tuple[list[tuple[Row, JsonObject]], int]:
        rows: list[tuple[Row, JsonObject]] = []
        dropped = 0
        for event in batch.events:
            event_id, room_id = event.get("event_id"), event.get("room_id")
            if not _is_id(event_id) or not _is_id(room_id):
                dropped += 1
            elif (self._encrypted and (is_sealed(event) or _verifies(event))) or self._may_matter(event):
                payload = _payload(event)
                dropped += payload is None
                rows += [] if payload is None else [((event_id, room_id, now, payload, "new", 0, 0), event)]
        return rows, dropped

    def _may_matter(self, event: JsonObject) -> bool:
        """Also where a bug keeps us from reading it: the inbox parks it then, and nothing behind it waits."""
        try:
            return self._wanted(event)
        except Exception:
            return True


def _verifies(event: JsonObject) -> bool:
    """Whether an event belongs to a verification in the room (Client-Server API, "Key verification framework")."""
    if str(event.get("type")).startswith(VERIFYING):
        return True
    content = event.get("content")
    return isinstance(content, dict) and content.get("msgtype") == f"{VERIFYING}request"


def _is_id(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= ID_LIMIT and value.isprintable()


def _payload(event: JsonObject) -> str | None:
    """The event as JSON; None where even the patient way cannot write it (numbers and nesting without end)."""
    try:
        return dump(event)
    except TypeError:
        return _patient_payload(event)


def _patient_payload(event: JsonObject) -> str | None:
    """Half surrogate pairs become question marks, large integers floats."""
    try:
        text = json.dumps(event, ensure_ascii=False).encode("utf-8", "replace").decode()
        orjson.loads(text)
    except (ValueError, TypeError, RecursionError):
        return None
    return text
