"""`import`: what `export` printed, into an empty database."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from bridge.config.model import Config
from bridge.encrypting import open_database
from bridge.store.database import Database
from bridge.store.importing import NotImported, check, load_all, occupied
from bridge.verbs.ending import Refused, loaded, say
from bridge.verbs.progress import progress


def load(config: Path, source: Path, *, dry_run: bool) -> None:
    """All of it or nothing; a run that was killed is simply begun again."""
    found = loaded(config).config
    with progress("checking", lambda: source.stat().st_size) as advance:
        try:
            counts = check(lambda: _lines(source), advance)
        except NotImported as error:
            raise Refused(_problems(source, error)) from error
    if dry_run:
        say(f"{source} is whole: {_said(counts)}; nothing was written")
        return
    database, _ = open_database(found)
    try:
        _into(database, source)
    finally:
        database.close()
    say(f"imported {_said(counts)} into {found.database}")
    say(_afterwards(found))


def _into(database: Database, source: Path) -> None:
    kind = occupied(database)
    if kind:
        raise Refused(
            f"{database.name} is not empty: it has objects of type {kind}. Import into a new database: name another "
            "one in the config, or move this one away"
        )
    with progress("importing", lambda: source.stat().st_size) as advance:
        try:
            load_all(database, lambda: _lines(source), advance)
        except NotImported as error:
            raise Refused(_problems(source, error)) from error


def _lines(source: Path) -> Iterable[bytes]:
    with source.open("rb") as file:
        yield from file


def _problems(source: Path, error: NotImported) -> str:
    lines = [f"{source}:{problem.line}: {problem.said}" for problem in error.problems]
    return "\n".join([*lines, "nothing was imported"])


def _said(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())) or "nothing"


def _afterwards(config: Config) -> str:
    lines = "Rooms and their members are learned from the homeserver when the bot starts."
    if config.encryption.enabled:
        lines += " Keys of encrypted rooms are in no export: they are in backups, and in the homeserver's key backup."
    return lines
