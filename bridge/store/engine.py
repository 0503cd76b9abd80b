"""Engines for the two databases: one to write with, one to read with."""

import sqlite3
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bridge.store.errors import StoreError

_BUSY_SECONDS = 5
_CACHE_KIB = 4_000
_CHECK_SECONDS = 10.0
_CLAIM_SECONDS = 2
_LOCK_NOT_AVAILABLE = "55P03"
_ADVISORY_LOCK = 0x61736B6272646765
"""Any number will do, as long as every askbridge takes the same ("askbrdge")."""


def parse(url: str) -> URL:
    """The URL with the driver that we use; StoreError where it is of no use to us."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError("url", "database: expected sqlite:///FILE or postgresql://USER@HOST/NAME") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _file_url(parsed)
    if backend in {"postgresql", "postgres"}:
        if find_spec("psycopg") is None:
            raise StoreError("driver", "PostgreSQL needs its driver: pip install 'askbridge[postgres]'")
        return parsed.set(drivername="postgresql+psycopg")
    raise StoreError("url", f"database: {backend} is not supported; expected sqlite:///FILE or postgresql://…")


def _file_url(url: URL) -> URL:
    if not url.database or url.database == ":memory:":
        raise StoreError("url", "database: expected a file, as in sqlite:///askbridge.db")
    folder = Path(url.database).absolute().parent
    if not folder.is_dir():
        raise StoreError("missing", f"database: the folder {folder} does not exist")
    return url.set(drivername="sqlite+pysqlite")


def name_of(url: URL) -> str:
    """How messages call the database: without a password."""
    return str(url.database) if is_sqlite(url) else url.set(drivername="postgresql").render_as_string()


def is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def make_engine(url: URL, *, writes: bool) -> Engine:
    return _sqlite(url, writes=writes) if is_sqlite(url) else _postgres(url, writes=writes)


def _sqlite(url: URL, *, writes: bool) -> Engine:
    """BEGIN is ours, not the driver's, and IMMEDIATE for the writer, so that no lock is upgraded later."""
    connect = {"timeout": _BUSY_SECONDS, "isolation_level": None, "cached_statements": 512}
    engine = create_engine(url, connect_args=connect)

    @event.listens_for(engine, "connect")
    def prepare(dbapi: Any, _record: object) -> None:
        dbapi.execute("PRAGMA foreign_keys=ON")
        dbapi.execute("PRAGMA case_sensitive_like=ON")
        dbapi.execute("PRAGMA journal_mode=WAL" if writes else "PRAGMA query_only=ON")
        dbapi.execute("PRAGMA synchronous=NORMAL")
        dbapi.execute("PRAGMA secure_delete=ON")
        dbapi.execute(f"PRAGMA cache_size=-{_CACHE_KIB if writes else _CACHE_KIB // 4}")
        dbapi.execute("PRAGMA wal_autocheckpoint=2000")

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        _driver(conn).execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: URL, *, writes: bool) -> Engine:
    options = "-c synchronous_commit=off" if writes else "-c default_transaction_read_only=on"
    return create_engine(
        url,
        paramstyle="format",
        use_native_hstore=False,
        isolation_level="READ COMMITTED" if writes else "REPEATABLE READ",
        pool_pre_ping=not writes,
        connect_args={"connect_timeout": 5, "options": options, "application_name": "askbridge"},
    )


def set_durable(conn: Connection, durable: bool) -> None:
    """Whether the next commits reach the disk before they return. Outside transactions only."""
    if conn.dialect.name == "sqlite":
        _driver(conn).execute("PRAGMA synchronous=FULL" if durable else "PRAGMA synchronous=NORMAL")
        return
    with conn.begin():
        conn.exec_driver_sql("SET synchronous_commit=on" if durable else "SET synchronous_commit=off")


def compact(conn: Connection, tables: Sequence[str]) -> None:
    """Write tables anew (SQLite: the whole file, where any are named), and empty SQLite's log. Outside transactions.

    SQLite overwrites what is deleted; but its log holds it for a while, and a file from before it did so for ever.
    """
    driver = _driver(conn)
    if conn.dialect.name == "sqlite":
        if tables:
            driver.execute("VACUUM")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return
    if tables:
        driver.autocommit = True
        try:
            driver.execute(f"VACUUM (FULL) {', '.join(tables)}")
        finally:
            driver.autocommit = False


def empty_log(conn: Connection) -> bool:
    """Empty SQLite's log, unless somebody reads from it; False then, and at once. Outside transactions."""
    if conn.dialect.name != "sqlite":
        return True
    driver = _driver(conn)
    driver.execute("PRAGMA busy_timeout=0")
    try:
        return not driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        driver.execute(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")


def claim(conn: Connection, name: str) -> None:
    """PostgreSQL: one writing process per database, for as long as this connection lives.

    Waits a little: a server takes a moment to notice that the process before us was killed.
    """
    with conn.begin():
        conn.exec_driver_sql(f"SET LOCAL lock_timeout = '{_CLAIM_SECONDS}s'")
        try:
            conn.exec_driver_sql(f"SELECT pg_advisory_lock({_ADVISORY_LOCK})")
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                raise
            raise StoreError("in_use", f"{name} is in use by another askbridge; stop it first") from error


def check_integrity(conn: Connection, name: str, seconds: float = _CHECK_SECONDS) -> None:
    """SQLite: look for damage, but no longer than `seconds`; a big file is then taken as sound."""
    driver = _driver(conn)
    deadline = time.monotonic() + seconds
    driver.set_progress_handler(lambda: time.monotonic() > deadline, 100_000)
    try:
        found = driver.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_INTERRUPT:
            raise
        return
    finally:
        driver.set_progress_handler(None, 0)
    if found != "ok":
        raise StoreError("corrupt", f"{name}: the file is damaged ({found}); restore a backup")


def _driver(conn: Connection) -> Any:
    return conn.connection.dbapi_connection
