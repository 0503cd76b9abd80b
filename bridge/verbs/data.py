"""`export`, `backup` and `migrate`: the database in the hands of an operator."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import typer
from sqlalchemy.exc import DBAPIError

from bridge.config.addresses import Database as Address
from bridge.config.model import Encryption
from bridge.ops.secret import FILE
from bridge.store import migrate as migrations
from bridge.store.backup import backup as copy
from bridge.store.database import Database
from bridge.store.errors import explain
from bridge.store.export import export as objects
from bridge.store.export import total
from bridge.verbs.arguments import refuse_no_person
from bridge.verbs.ending import NOWHERE, Refused, loaded, no_space, say
from bridge.verbs.progress import progress


def export(config: Path, space: str | None, person: str | None) -> None:
    """JSON Lines on standard output, of one snapshot; `run` may go on meanwhile."""
    refuse_no_person(person, "--person")
    found = loaded(config).config
    out = typer.get_binary_stream("stdout")
    with reading(found.database) as database:
        if space and space not in found.spaces and not total(database, space):
            raise no_space(space, found, NOWHERE)
        with progress("exporting", lambda: total(database, space, person)) as advance:
            for each in objects(database, space, person):
                out.write(orjson.dumps(each) + b"\n")
                advance(1)
    out.flush()


def backup(config: Path, target: Path) -> None:
    """A consistent copy; `run` may go on meanwhile."""
    found = loaded(config).config
    address = existing(found.database)
    # Questions are nobody else's business: not even for the moment in which the file is made.
    before = os.umask(0o077)
    try:
        copy(address.reveal(), target)
    finally:
        os.umask(before)
    say(f"backed up {address} to {target} ({size(target.stat().st_size)})")
    if secret := _secret(found.encryption):
        say(f"Not in it, and needed besides, to open the keys of encrypted rooms: {secret}")


def _secret(encryption: Encryption) -> str | None:
    """Where that is which opens the keys in the database; None where there are none."""
    if encryption.pickle_key is not None:
        return "encryption.pickle_key of the config"
    path = encryption.store / FILE
    return str(path) if path.exists() else None


def migrate(config: Path) -> None:
    """Bring the tables forward to those of this version."""
    address = loaded(config).config.database
    head = migrations.HEAD
    with explained(address):
        before = migrations.current(address.reveal()) if _is_there(address) else None
        if before == head:
            say(f"{address} is at revision {head}, that of this askbridge; nothing to do")
            return
        before = migrations.upgrade(address.reveal())
    say(f"{address}: made, at revision {head}" if before is None else f"{address}: from revision {before} to {head}")


@contextmanager
def reading(address: Address) -> Iterator[Database]:
    """The database, for a look while another process may write."""
    database = Database.open(existing(address).reveal(), read_only=True)
    try:
        yield database
    finally:
        database.close()


def existing(address: Address) -> Address:
    """SQLite would make an empty file where there is none."""
    if not _is_there(address):
        raise Refused(f"there is no database {address.path} yet: `askbridge run` makes it")
    return address


def _is_there(address: Address) -> bool:
    return address.path is None or address.path.exists()


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """What a driver says, in words."""
    try:
        yield
    except DBAPIError as error:
        said = explain(error.orig, str(address.path or address)) if error.orig else None
        if said is None:
            raise
        raise said from error


def size(count: int) -> str:
    """A number of bytes as people read it."""
    amount = float(count)
    for unit in ("bytes", "KiB", "MiB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GiB"
