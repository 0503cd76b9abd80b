"""Bringing a database forward to the tables of this version. There is no way back; a newer database is refused."""

from pathlib import Path

from sqlalchemy import Connection, inspect, select
from sqlalchemy.sql import column, table

from bridge.store.engine import is_sqlite, make_engine, name_of, parse
from bridge.store.errors import StoreError
from bridge.store.lock import ProcessLock

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
"""All revisions in order. Said here too, so that a start without work need not load Alembic."""
HEAD = REVISIONS[-1]
_version = table("alembic_version", column("version_num"))


def upgrade(url: str) -> str | None:
    """Bring a database forward, or make it; return the revision it came from (None: it was empty)."""
    parsed = parse(url)
    name = name_of(parsed)
    lock = ProcessLock(Path(str(parsed.database))) if is_sqlite(parsed) else None
    engine = make_engine(parsed, writes=True)
    try:
        with engine.connect() as conn:
            return upgrade_connection(conn, name)
    finally:
        engine.dispose()
        if lock is not None:
            lock.release(clean=True)


def current(url: str) -> str | None:
    """The revision of a database; None where it is empty."""
    engine = make_engine(parse(url), writes=False)
    try:
        with engine.connect() as conn, conn.begin():
            return _revision(conn)
    finally:
        engine.dispose()


def needs_upgrade(url: str) -> bool:
    return current(url) != HEAD


def upgrade_connection(conn: Connection, name: str, target: str = HEAD) -> str | None:
    """Like `upgrade`, on a connection; all of it is one transaction."""
    with conn.begin():
        before = _refuse_newer(conn, name)
        if before != target:
            _run(conn, target)
    return before


def require_head(conn: Connection, name: str) -> None:
    """Refuse a database that this version cannot read as it is."""
    revision = _refuse_newer(conn, name)
    if revision != HEAD:
        raise StoreError(
            "older", f"{name} is at revision {revision}, this askbridge reads {HEAD}: run `askbridge migrate`"
        )


def _refuse_newer(conn: Connection, name: str) -> str | None:
    revision = _revision(conn)
    if revision is not None and revision not in REVISIONS:
        raise StoreError(
            "newer",
            f"{name} is at revision {revision}, and this askbridge knows only {HEAD} and older: use a newer one",
        )
    return revision


def _revision(conn: Connection) -> str | None:
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(select(_version.c.version_num)).scalar()


def _run(conn: Connection, target: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, target)
