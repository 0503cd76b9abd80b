"""The database: one thread that writes, a few that read."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError

from bridge.crypto.ratchets import Ratchets
from bridge.crypto.sealed import Sealer
from bridge.domain.enforcement import Step
from bridge.store import migrate
from bridge.store.drifts import drifts_going_on
from bridge.store.engine import (
    check_integrity,
    claim,
    compact,
    empty_log,
    is_sqlite,
    make_engine,
    name_of,
    parse,
    set_durable,
)
from bridge.store.errors import StoreError, explain
from bridge.store.grants import grants_going_on
from bridge.store.interests import all_interests
from bridge.store.keys import all_keys
from bridge.store.known import HeldVectors, Known
from bridge.store.lock import ProcessLock, make_private
from bridge.store.outbox import undelivered
from bridge.store.persons import all_persons, who_declares
from bridge.store.prompts import all_prompts
from bridge.store.rooms import all_rooms
from bridge.store.sealing import ALL_TEXT, Keeping
from bridge.store.session import Session, Tally
from bridge.store.tallies import counted
from bridge.store.transaction import StoreTransaction
from bridge.store.unread import newest_unread
from bridge.store.violations import violations_going_on
from bridge.workflow.ports import RetryLater
from bridge.workflow.records import Room

T = TypeVar("T")
_READERS = 2
_LOOK_AGAIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Depths:
    """What waits: rows, and the time (milliseconds) of the first of them."""

    inbox: int
    inbox_oldest: int | None
    outbox: int
    outbox_oldest: int | None


@dataclass(frozen=True, slots=True)
class Doors:
    """Approved grants that are not over, by space; violations that go on, by step."""

    grants: dict[str, int]
    violations: dict[str, int]


class Database:
    """Opened by `Database.open`. A transaction is one function of a `StoreTransaction`; it is run whole in a thread.

    Errors: `StoreError` where the database cannot be used, `RetryLater` where the connection to it was lost.
    """

    def __init__(self, url: URL, *, read_only: bool, keeping: Keeping) -> None:
        self.url = url
        self.name = name_of(url)
        self._tally = Tally()
        self._read_only = read_only
        self._lock = ProcessLock(Path(str(url.database))) if is_sqlite(url) and not read_only else None
        if self._lock is not None:
            make_private(Path(str(url.database)))
        self._write_engine = make_engine(url, writes=True)
        self._read_engine = make_engine(url, writes=False)
        self._writer = ThreadPoolExecutor(1, "store-write")
        self._readers = ThreadPoolExecutor(_READERS, "store-read")
        self._conn: Connection | None = None
        self._durable = False
        self._log_holds_text = False
        self._look_again_at = 0.0
        self._known = Known(keeping=keeping)
        for engine in (self._write_engine, self._read_engine):
            event.listen(engine, "before_cursor_execute", self._count)

    @classmethod
    def open(
        cls, url: str, *, read_only: bool = False, textless: bool = False, sealer: Sealer | None = None
    ) -> "Database":
        """Open a database; make it, or bring it forward, where need be.

        `read_only` neither locks nor changes it: for a look while another process writes.
        `textless`: nothing that is written in encrypted rooms is kept (`encryption.tracking: metadata`), and what
        waits to be sent is sealed; what was sealed before needs the sealer in any case.
        """
        if textless and sealer is None:
            raise StoreError("sealed", "encryption.tracking: metadata needs encryption.pickle_key")
        database = cls(parse(url), read_only=read_only, keeping=Keeping(textless, sealer))
        try:
            database._start()
        except BaseException as error:
            database._stop(clean=False)
            if isinstance(error, RetryLater):
                raise StoreError("unreachable", error.reason) from error
            raise
        return database

    @property
    def statements(self) -> int:
        """How many statements were run so far, in all threads."""
        return self._tally.statements

    async def write(self, fn: Callable[[StoreTransaction], T], durable: bool = False) -> T:
        """Run a transaction; it is committed when this returns. `durable`: it also survives a loss of power."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self._write, fn, durable)

    async def read(self, fn: Callable[[StoreTransaction], T]) -> T:
        """Run a function that only reads, beside the writer, on one snapshot."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, fn)

    def write_now(self, fn: Callable[[StoreTransaction], T], durable: bool = False) -> T:
        """`write` for callers without an event loop."""
        return self._writer.submit(self._write, fn, durable).result()

    def read_now(self, fn: Callable[[StoreTransaction], T]) -> T:
        return self._readers.submit(self._read, fn).result()

    @property
    def keeping(self) -> Keeping:
        """What is kept of words from encrypted rooms."""
        return self._known.keeping

    def compact_now(self, tables: Sequence[str]) -> None:
        """Write these tables anew, so that nothing of what was deleted is left in the database's files.

        For no other time than the start: all waits for it, and it takes as much room again on the disk.
        """
        self._writer.submit(self._compact, tables).result()

    def _compact(self, tables: Sequence[str]) -> None:
        with self._explained():
            compact(self._connection(), tables)

    def use_keys(self, ratchets: Ratchets, sealer: Sealer) -> None:
        """With these, transactions from now on can open the room keys and secrets that lie here."""

        def use() -> None:
            self._known.keys.ratchets, self._known.keys.sealer = ratchets, sealer

        self._writer.submit(use).result()

    @property
    def vectors(self) -> HeldVectors:
        """What is to be done about vectors; from memory, from any thread."""
        return self._known.vectors

    def hushed(self, room_id: str) -> bool:
        """Whether nothing may be said in a room until somebody is gone; from memory, from any thread."""
        return room_id in self._known.violations.hushed

    def held(self, room_id: str) -> frozenset[str]:
        """Who is to be treated as if they were gone from a room already; from memory, from any thread."""
        return self._known.violations.held_in(room_id)

    def room(self, room_id: str) -> Room | None:
        """What is known of a room in this moment; from memory, from any thread."""
        return self._known.rooms.get(room_id)

    @property
    def read_only(self) -> bool:
        return self._read_only

    def doors(self) -> Doors:
        """From memory, from any thread."""
        grants, violations = self._known.grants, self._known.violations
        return Doors(dict(grants.counts), {step.value: violations.count(step) for step in Step})

    def depths(self) -> Depths:
        """What waits in inbox and outbox; blocking, see `read` and `depths_of`."""
        return self.read_now(depths_of)

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection on one snapshot, in the thread of the caller; for long reads in slices."""
        with self._explained(), self._read_engine.connect() as conn, conn.begin():
            yield conn

    def close(self) -> None:
        self._stop(clean=True)

    def _start(self) -> None:
        if self._read_only:
            with self.snapshot() as conn:
                migrate.require_head(conn, self.name)
                self._known = _load(Session(conn, self._tally), self._known.keeping)
        else:
            self._writer.submit(self._open_for_writing).result()

    def _open_for_writing(self) -> None:
        with self._explained():
            conn = self._connect()
            if self._lock is not None and self._lock.unclean:
                check_integrity(conn, self.name)
            migrate.upgrade_connection(conn, self.name)
            self._load(conn)

    def _connect(self) -> Connection:
        conn = self._write_engine.connect()
        try:
            if not is_sqlite(self.url):
                claim(conn, self.name)
        except BaseException:
            conn.close()
            raise
        self._conn = conn
        self._durable = False
        return conn

    def _connection(self) -> Connection:
        """The writer's connection; after a loss a new one, with what we hold in memory read anew."""
        if self._read_only:
            raise StoreError("read_only", f"{self.name} was opened for reading only")
        if self._conn is not None:
            return self._conn
        conn = self._reconnect()
        self._load(conn)
        return conn

    def _reconnect(self) -> Connection:
        """The server may take our own lost connection for alive for a while, and so refuse us."""
        try:
            return self._connect()
        except StoreError as error:
            raise RetryLater(str(error), after=5.0) from error

    def _load(self, conn: Connection) -> None:
        with conn.begin():
            before, self._known = self._known, _load(Session(conn, self._tally), self._known.keeping)
        self._known.changes = before.changes
        self._known.epoch = before.epoch + 1
        self._known.keys.follow(before.keys)

    def _write(self, fn: Callable[[StoreTransaction], T], durable: bool) -> T:
        with self._explained():
            conn = self._connection()
            if durable is not self._durable:
                set_durable(conn, durable)
                self._durable = durable
            with conn.begin():
                tx = StoreTransaction(Session(conn, self._tally), self._known)
                result = fn(tx)
                tx.flush()
            tx.publish()
            self._erase(conn, tx.erased)
            tx.close()
            return result

    def _erase(self, conn: Connection, erased: bool) -> None:
        """Text that was taken away leaves the log, too: now, or as soon as nobody reads from it any more."""
        now = time.monotonic()
        if erased or (self._log_holds_text and now >= self._look_again_at):
            self._log_holds_text = not empty_log(conn)
            self._look_again_at = now + _LOOK_AGAIN_SECONDS

    def _read(self, fn: Callable[[StoreTransaction], T]) -> T:
        with self.snapshot() as conn:
            tx = StoreTransaction(Session(conn, self._tally), self._known)
            result = fn(tx)
            tx.flush()
            tx.askers.publish()
            tx.close()
            return result

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Errors of the driver, bare or inside those of SQLAlchemy, as what they mean. Others pass."""
        try:
            yield
        except Exception as error:
            bare = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
            explained = explain(bare, self.name)
            if explained is None:
                raise
            if isinstance(explained, RetryLater):
                self._disconnect()
            raise explained from error

    def _disconnect(self) -> None:
        conn, self._conn = self._conn, None
        if conn is not None:
            conn.invalidate()
            conn.close()

    def _count(self, *_of_the_event: object) -> None:
        self._tally.statements += 1

    def _stop(self, *, clean: bool) -> None:
        self._writer.submit(self._close_writer).result()
        self._writer.shutdown()
        self._readers.shutdown()
        for engine in (self._read_engine, self._write_engine):
            engine.dispose()
        if self._lock is not None:
            self._lock.release(clean=clean)

    def _close_writer(self) -> None:
        if self._conn is not None:
            self._conn.close()
            self._conn = None


def depths_of(tx: StoreTransaction) -> Depths:
    """What waits in inbox and outbox."""
    inbox, outbox = tx.inbox.depth(), tx.outbox.depth()
    return Depths(inbox.count, inbox.oldest, outbox.count, outbox.oldest)


def _load(session: Session, keeping: Keeping = ALL_TEXT) -> Known:
    persons = all_persons(session)
    return Known(
        all_rooms(session),
        persons,
        undelivered(session),
        grants=grants_going_on(session),
        violations=violations_going_on(session),
        prompts=all_prompts(session),
        drifts=drifts_going_on(session),
        keeping=keeping,
        unread=newest_unread(session),
        keys=all_keys(session),
        counted=counted(session),
        declared=who_declares(persons),
        interests=all_interests(session),
    )
