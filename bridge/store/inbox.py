"""Events on their way in: the door (`StoreIntake`) and the rows behind it."""

import json
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeGuard

import orjson
from sqlalchemy import bindparam, delete, literal_column, null, select, update

from bridge.store.json import dump, load
from bridge.store.lanes import Depth, Lanes
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.store.tables import inbox, transactions
from bridge.store.unread import Row, UnreadRows
from bridge.workflow.ports import Batch, JsonObject
from bridge.workflow.records import Pending

if TYPE_CHECKING:
    from bridge.store.database import Database
    from bridge.store.transaction import StoreTransaction

SYNC_TOKEN = "sync_token"
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
            Pending(seq, event_id, room_id, load(payload), received_at, tries)
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


class StoreIntake:
    """The door for events, over the database.

    `wanted` says which events can mean anything; others are not stored. `on_accepted` is called after the commit.
    `count(source, stored, dropped)` learns how many rows were new and how many events no inbox could hold.
    """

    def __init__(
        self,
        database: "Database",
        wanted: Callable[[JsonObject], bool],
        on_accepted: Callable[[], None],
        count: Callable[[Literal["sync", "push"], int, int], None] | None = None,
    ) -> None:
        self._database = database
        self._wanted = wanted
        self._on_accepted = on_accepted
        self._count = count

    async def accept(self, batch: Batch) -> None:
        now = time.time_ns() // 1_000_000
        rows, dropped = self._rows(batch, now)

        def store(tx: "StoreTransaction") -> int:
            stored = tx.inbox.accept(rows)
            if batch.source == "sync":
                tx.settings.set(SYNC_TOKEN, batch.cursor)
            else:
                tx.inbox.remember_transaction(batch.cursor, now)
            return stored

        stored = await self._database.write(store, durable=batch.source == "push")
        if self._count is not None:
            self._count(batch.source, stored, dropped)
        if stored:
            self._on_accepted()

    async def sync_token(self) -> str | None:
        return await self._database.read(lambda tx: tx.settings.get(SYNC_TOKEN))

    async def has_transaction(self, transaction_id: str) -> bool:
        return await self._database.read(lambda tx: tx.inbox.has_transaction(transaction_id))

    def _rows(self, batch: Batch, now: int) -> tuple[list[Row], int]:
        rows: list[Row] = []
        dropped = 0
        for event in batch.events:
            event_id, room_id = event.get("event_id"), event.get("room_id")
            if not _is_id(event_id) or not _is_id(room_id):
                dropped += 1
            elif self._may_matter(event):
                payload = _payload(event)
                dropped += payload is None
                rows += [] if payload is None else [(event_id, room_id, now, payload, "new", 0, 0)]
        return rows, dropped

    def _may_matter(self, event: JsonObject) -> bool:
        """Also where a bug keeps us from reading it: the inbox parks it then, and nothing behind it waits."""
        try:
            return self._wanted(event)
        except Exception:
            return True


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
