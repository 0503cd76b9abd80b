"""The secret under which keys lie in the database: from the config, or a file of our own making."""

import os
import secrets
from pathlib import Path

FILE = "pickle.key"


class SecretLost(Exception):
    """The secret cannot be had; the message tells an operator why and what to do."""


def pickle_key(folder: Path, given: str | None, *, make: bool) -> bytes:
    """The secret's bytes. `make`: a new one is made where there is none; else SecretLost."""
    if given is not None:
        return given.encode()
    path = folder / FILE
    if make and not is_there(path):
        _make(path)
    try:
        found = path.read_bytes().strip()
    except FileNotFoundError as error:
        raise SecretLost(
            f"{path} is not there: it opens the keys in the database; put it back from a backup"
        ) from error
    except OSError as error:
        raise SecretLost(f"encryption.store: {path}: {error.strerror}") from error
    if not found:
        raise SecretLost(f"{path} is empty: it opens the keys in the database; put it back from a backup")
    return found


def exposed(folder: Path) -> Path | None:
    """The file, where others than its owner may read it."""
    path = folder / FILE
    try:
        return path if path.stat().st_mode & 0o077 else None
    except OSError:
        return None


def is_there(path: Path) -> bool:
    """Also where it is kept from us."""
    try:
        return path.exists()
    except OSError:
        return True


def _make(path: Path) -> None:
    try:
        _write(path)
    except (FileExistsError, NotADirectoryError) as error:
        raise SecretLost(f"encryption.store: {path.parent} is not a folder") from error
    except OSError as error:
        why = f"{path.parent} cannot be written ({error.strerror})"
        raise SecretLost(f"encryption.store: {why}: name a folder that askbridge may write") from error


def _write(path: Path) -> None:
    """Whole or not at all, and on the disk before anything is sealed with it. Of several at once one makes it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_urlsafe(32).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
