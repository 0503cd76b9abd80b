"""A consistent copy of the database, made while it is in use."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from bridge.store.copies import mark
from bridge.store.engine import is_sqlite, name_of, parse
from bridge.store.errors import StoreError, explain


def backup(url: str, target: Path) -> None:
    """Copy a database to `target`, which must not exist: SQLite as a database, PostgreSQL as `pg_dump`'s archive."""
    parsed = parse(url)
    if target.exists():
        raise StoreError("failed", f"{target} exists already; a backup never overwrites")
    if not target.absolute().parent.is_dir():
        raise StoreError("missing", f"the folder {target.absolute().parent} does not exist")
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        if is_sqlite(parsed):
            _copy(Path(str(parsed.database)), partial)
        else:
            _dump(parsed, partial)
        os.link(partial, target)
    except FileExistsError as error:
        raise StoreError("failed", f"{target} exists already; a backup never overwrites") from error
    except OSError as error:
        raise StoreError("failed", f"{target}: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """In one step, so that it is one snapshot; in WAL mode the writer goes on meanwhile."""
    if not source.is_file():
        raise StoreError("missing", f"{source} does not exist")
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as database,
            closing(sqlite3.connect(target)) as copy,
        ):
            database.backup(copy)
            mark(copy)
            found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise explain(error, str(source)) or error from error
    if found != "ok":
        raise StoreError("corrupt", f"{source}: the copy is damaged ({found})")
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _dump(url: URL, target: Path) -> None:
    program = shutil.which("pg_dump")
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    if program is None:
        command = f"pg_dump --format=custom --file={target.name.removesuffix('.partial')} {plain}"
        raise StoreError("missing", f"pg_dump is not installed here; where it is, run: {command}")
    secret = {} if url.password is None else {"PGPASSWORD": str(url.password)}
    done = subprocess.run(
        [program, "--format=custom", f"--file={target}", plain],
        env={**os.environ, **secret},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise StoreError("failed", f"{name_of(url)}: pg_dump: {done.stderr.strip()[:500]}")
