"""What can go wrong with a database, said so that an operator can act on it."""

import sqlite3
from typing import Literal

from sqlalchemy.exc import DBAPIError

from bridge.workflow.ports import RetryLater

Code = Literal[
    "url",
    "in_use",
    "full",
    "read_only",
    "locked",
    "corrupt",
    "newer",
    "older",
    "missing",
    "unreachable",
    "driver",
    "failed",
]

_SQLITE: dict[int, tuple[Code, str]] = {
    sqlite3.SQLITE_FULL: ("full", "the disk is full; nothing was lost, free some space"),
    sqlite3.SQLITE_READONLY: ("read_only", "the database or its folder cannot be written"),
    sqlite3.SQLITE_PERM: ("read_only", "the database or its folder cannot be written"),
    sqlite3.SQLITE_CANTOPEN: ("read_only", "the database cannot be opened; look at its folder and the rights on it"),
    sqlite3.SQLITE_BUSY: ("locked", "another program holds the database locked"),
    sqlite3.SQLITE_LOCKED: ("locked", "another program holds the database locked"),
    sqlite3.SQLITE_CORRUPT: ("corrupt", "the file is damaged; restore a backup"),
    sqlite3.SQLITE_NOTADB: ("corrupt", "the file is no SQLite database, or is damaged; restore a backup"),
    sqlite3.SQLITE_IOERR: ("failed", "the disk reports an error"),
}
_POSTGRES_FULL = "53100"
_POSTGRES_UNREACHABLE = ("08", "57P")
_POSTGRES_READ_ONLY = "25006"


class StoreError(Exception):
    """The database cannot be used. `transient` is true where the same call may succeed later without a restart."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code

    @property
    def transient(self) -> bool:
        return self.code in {"full", "locked"}


def explain(error: DBAPIError, name: str) -> StoreError | RetryLater:
    """What an error of the driver means; `name` says which database, without its password."""
    original = error.orig
    if isinstance(original, sqlite3.Error):
        return _explain_sqlite(original, name)
    state = getattr(original, "sqlstate", None) or ""
    if state == _POSTGRES_FULL:
        return StoreError("full", f"{name}: the disk of the server is full; nothing was lost, free some space")
    if state == _POSTGRES_READ_ONLY:
        return StoreError("read_only", f"{name}: the server takes no writes")
    if error.connection_invalidated or state.startswith(_POSTGRES_UNREACHABLE) or _never_connected(original, state):
        return RetryLater(f"{name}: the connection was lost: {_first_line(original)}", after=1.0)
    return StoreError("failed", f"{name}: {_first_line(original)}")


def _explain_sqlite(error: sqlite3.Error, name: str) -> StoreError:
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    code, words = _SQLITE.get(primary, ("failed", _first_line(error)))
    return StoreError(code, f"{name}: {words}")


def _never_connected(error: BaseException | None, state: str) -> bool:
    return not state and type(error).__name__ == "OperationalError"


def _first_line(error: BaseException | None) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
