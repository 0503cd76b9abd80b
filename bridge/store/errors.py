"""What can go wrong with a database, said so that an operator can act on it."""

import sqlite3
from typing import Literal

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
    "sealed",
    "keys",
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
_POSTGRES_READ_ONLY = {"25006", "42501"}
_ABOUT_THE_REQUEST = {"IntegrityError", "DataError", "ProgrammingError", "NotSupportedError"}


class StoreError(Exception):
    """The database cannot be used. `transient` is true where the same call may succeed later without a restart."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code

    @property
    def transient(self) -> bool:
        return self.code in {"full", "locked"}


def explain(error: BaseException, name: str) -> StoreError | RetryLater | None:
    """What an error of a driver says of the database `name`; None where it says something of what was asked instead."""
    if isinstance(error, sqlite3.Error):
        return None if _about_the_request(error) else _explain_sqlite(error, name)
    return _explain_postgres(error, name) if type(error).__module__.startswith("psycopg") else None


def _explain_postgres(error: BaseException, name: str) -> StoreError | RetryLater | None:
    state = getattr(error, "sqlstate", None) or ""
    if state == _POSTGRES_FULL:
        return StoreError("full", f"{name}: the disk of the server is full; nothing was lost, free some space")
    if state in _POSTGRES_READ_ONLY:
        return StoreError("read_only", f"{name}: the server takes no writes from us: {_first_line(error)}")
    if _about_the_request(error):
        return None
    if state.startswith(_POSTGRES_UNREACHABLE) or not state:
        return RetryLater(f"{name}: no connection to the server: {_first_line(error)}", after=1.0)
    return StoreError("failed", f"{name}: {_first_line(error)}")


def _about_the_request(error: BaseException) -> bool:
    return any(kind.__name__ in _ABOUT_THE_REQUEST for kind in type(error).__mro__)


def _explain_sqlite(error: sqlite3.Error, name: str) -> StoreError:
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    code, words = _SQLITE.get(primary, ("failed", _first_line(error)))
    return StoreError(code, f"{name}: {words}")


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
