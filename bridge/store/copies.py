"""Whether a database is a copy, or an older state of itself. What was said and received since is unknown to it, so its
sessions with others must not be used again: a message key would be used twice.
"""

import sqlite3
from datetime import UTC, datetime
from uuid import uuid4

from bridge.store.session import Session
from bridge.store.settings import DEVICE, TOKEN
from bridge.store.transaction import StoreTransaction

COPIED_AT = "copied_at"
PLACE = "place"
LINEAGE = "lineage"
EPOCH = "epoch"
KEYS_MISSING = "keys_missing"
"""Set while room keys that came since the copy was made may still be had from the homeserver's backup."""


def mark(copy: sqlite3.Connection) -> None:
    """Say in a copy that is being made what it is."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    copy.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (COPIED_AT, now))
    copy.commit()


def lineage(tx: StoreTransaction) -> str:
    """A name that a database has in common with its copies, and with no other."""
    name = tx.settings.get(LINEAGE)
    if name is None:
        name = uuid4().hex
        tx.settings.set(LINEAGE, name)
    return name


def sign_of_a_copy(tx: StoreTransaction, newest: int) -> str | None:
    """By what it is known for one; None where it is the database that was used last.

    `newest` is the epoch that was noted outside of the database, 0 where none was.
    """
    if copied_at := tx.settings.get(COPIED_AT):
        return f"`askbridge backup` made it at {copied_at}"
    place = tx.settings.get(PLACE)
    if place is not None and place != _place(tx.session):
        return "it was restored from an archive of pg_dump"
    return "a newer state of it was in use" if _epoch(tx) < newest else None


def go_on(tx: StoreTransaction, newest: int) -> int:
    """From now on this is the database that is in use; its epoch, which is to be noted once that is committed."""
    epoch = max(_epoch(tx), newest) + 1
    tx.settings.set(EPOCH, str(epoch))
    if tx.settings.get(PLACE) != (place := _place(tx.session)):
        tx.settings.set(PLACE, place)
    tx.settings.drop(COPIED_AT)
    return epoch


def leave_sessions(tx: StoreTransaction, *, new_device: bool) -> None:
    """Begin anew with everybody; `new_device`: as another device, which a login makes. Room keys and identity stay."""
    if new_device:
        tx.keys.start_anew()
        tx.settings.drop(DEVICE)
        tx.settings.drop(TOKEN)
    else:
        tx.keys.forget_sessions()
    tx.settings.set(KEYS_MISSING, "1")


def _epoch(tx: StoreTransaction) -> int:
    return int(tx.settings.get(EPOCH) or 0)


def _place(session: Session) -> str:
    """Where on a PostgreSQL server the tables lie: no dump and no restore takes that along. SQLite: always the same."""
    if session.dialect.name == "sqlite":
        return ""
    cluster = "0"
    if session.run("SELECT has_function_privilege('pg_control_system()', 'execute')", ()).fetchone()[0]:
        cluster = session.run("SELECT system_identifier FROM pg_control_system()", ()).fetchone()[0]
    here = "SELECT oid, 'settings'::regclass::oid FROM pg_database WHERE datname = current_database()"
    database, table = session.run(here, ()).fetchone()
    return f"{cluster} {database} {table}"
