"""Secrets that stand in files of their own, taken in as if they stood in the config."""

from typing import Any
from urllib.parse import urlsplit

from bridge.config.addresses import with_password
from bridge.config.draft import Draft
from bridge.config.files import Unreadable, read_bytes
from bridge.config.schema import Path, dotted, secret_files

MOST_BYTES = 64 * 1024


def resolve(draft: Draft) -> None:
    """Take in every secret that a `*_file` key names, and join a database URL and its password."""
    for path, file_path in secret_files():
        _take(draft, path, file_path)
    _join_password(draft)


def _take(draft: Draft, path: Path, file_path: Path) -> None:
    name = draft.get(*file_path)
    if name is None:
        return
    if draft.get(*path) is not None:
        said = f"given twice, by {dotted(path)} and by {dotted(file_path)}"
        draft.blame(file_path, said, "one of them", f"remove {dotted(file_path)} or {dotted(path)}", at_key=True)
    elif isinstance(name, str) and name:
        draft.put(path, _content(draft, file_path, name))
        _inherit_place(draft, path, file_path)


def _inherit_place(draft: Draft, path: Path, file_path: Path) -> None:
    """What is wrong with the content is shown where the file is named."""
    if file_path in draft.variables:
        draft.variables[path] = draft.variables[file_path]
    elif file_path in draft.places:
        draft.places[path] = draft.places[file_path]


def _content(draft: Draft, file_path: Path, name: str) -> str:
    try:
        text = read_bytes(draft.base / name, MOST_BYTES).decode().strip()
        if not text:
            raise Unreadable("an empty file")
        if len(text.splitlines()) > 1:
            raise Unreadable("a file with more than one line")
    except UnicodeDecodeError:
        draft.blame(file_path, "a file that is no UTF-8 text", "a file that holds the secret and nothing else")
    except Unreadable as error:
        draft.blame(file_path, str(error), "a readable file that holds the secret and nothing else")
    else:
        return text
    return _stand_in(file_path)


def _stand_in(file_path: Path) -> str:
    """A value that passes, so that one unreadable file is complained about once."""
    return "sqlite:///unreadable.db" if file_path == ("database_file",) else "unreadable"


def _join_password(draft: Draft) -> None:
    url: Any = draft.get("database")
    password: Any = draft.get("database_password")
    if not isinstance(password, str) or not password:
        return
    if not isinstance(url, str) or not url.startswith("postgresql://"):
        draft.blame(("database_password",), "a password for a database that has none", "database: postgresql://…")
        return
    try:
        twice = urlsplit(url).password is not None
    except ValueError:
        return
    if twice:
        draft.blame(
            ("database_password",), "given twice, here and in database", "one of them", "remove it from database"
        )
    else:
        draft.put(("database",), with_password(url, password))
