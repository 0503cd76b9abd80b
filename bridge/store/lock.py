"""One process per SQLite database, by a lock on a file beside it."""

import fcntl
import os
from pathlib import Path

from bridge.store.errors import StoreError


class ProcessLock:
    """Held until `release` or the end of the process, however that comes.

    `unclean` is true where the process before us did not release it.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(database.name + ".lock")
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreError("read_only", f"{self._path}: {error.strerror}") from error
        self._acquire(database)
        self.unclean = bool(os.pread(self._file, 32, 0))
        self._write(str(os.getpid()).encode())

    def _acquire(self, database: Path) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._file, 32, 0).decode(errors="replace").strip() or "unknown"
            os.close(self._file)
            raise StoreError("in_use", f"{database} is in use by process {holder}; stop it first") from error

    def _write(self, content: bytes) -> None:
        try:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, content, 0)
        except OSError as error:
            os.close(self._file)
            raise StoreError("full", f"{self._path}: {error.strerror}") from error

    def release(self, *, clean: bool) -> None:
        if clean:
            os.ftruncate(self._file, 0)
        os.close(self._file)


def make_private(database: Path) -> None:
    """A new database is nobody else's to read; SQLite gives its log the rights of the file."""
    try:
        os.close(os.open(database, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise StoreError("read_only", f"{database}: {error.strerror}") from error
