"""A copy of a database is known for one when it is opened, and the database that was used last is not."""

import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from bridge.store import copies
from bridge.store.backup import backup
from bridge.store.database import Database
from tests.real.postgres import Cluster


def opens(url: str, newest: int = 0) -> tuple[str | None, int]:
    """What a start finds and leaves: the sign of a copy, and the epoch."""
    with closing(Database.open(url)) as db:
        sign = db.write_now(lambda tx: copies.sign_of_a_copy(tx, newest))
        return sign, db.write_now(lambda tx: copies.go_on(tx, newest))


def lineage(url: str) -> str:
    with closing(Database.open(url)) as db:
        return db.write_now(copies.lineage)


def test_a_backup_of_sqlite_says_what_it_is_until_it_is_used(sqlite_url: str, tmp_path: Path) -> None:
    assert opens(sqlite_url) == (None, 1)
    name = lineage(sqlite_url)
    with closing(Database.open(sqlite_url)):
        backup(sqlite_url, tmp_path / "copy.db")
    assert {path.name for path in tmp_path.iterdir()} == {"copy.db", "store.db", "store.db.lock"}
    assert opens(sqlite_url, 1) == (None, 2)
    copy = f"sqlite:///{tmp_path / 'copy.db'}"
    sign, epoch = opens(copy, 2)
    assert sign is not None
    assert sign.startswith("`askbridge backup` made it at 20")
    assert epoch == 3, "the database that it was made of is the older one from now on"
    assert opens(copy, 3) == (None, 4)
    assert lineage(copy) == name
    assert opens(sqlite_url, 4) == ("a newer state of it was in use", 5)


def test_an_older_state_is_known_by_what_was_noted_elsewhere(sqlite_url: str, tmp_path: Path) -> None:
    assert opens(sqlite_url) == (None, 1)
    shutil.copy(tmp_path / "store.db", tmp_path / "before.db")
    assert opens(sqlite_url, 1) == (None, 2)
    shutil.copy(tmp_path / "before.db", tmp_path / "store.db")
    assert opens(sqlite_url, 2) == ("a newer state of it was in use", 3)
    assert opens(sqlite_url, 2) == (None, 4), "killed before the epoch was noted: no copy"
    assert opens(sqlite_url, 0) == (None, 5), "the folder is lost: no copy"


@pytest.mark.postgres
def test_what_pg_restore_made_is_a_copy_wherever_it_is(
    postgres_cluster: Cluster, postgres_database: str, tmp_path: Path
) -> None:
    assert opens(postgres_database) == (None, 1)
    assert opens(postgres_database) == (None, 2)
    archive = tmp_path / "copy.dump"
    with closing(Database.open(postgres_database)):
        backup(postgres_database, archive)
    restore = shutil.which("pg_restore")
    assert restore is not None
    postgres_cluster.run("CREATE DATABASE restored")
    elsewhere = postgres_cluster.url("restored")
    try:
        for url, options in ((elsewhere, []), (postgres_database, ["--clean"])):
            subprocess.run([restore, *options, "--no-owner", "--dbname", url, archive], check=True)
            assert opens(url) == ("it was restored from an archive of pg_dump", 3)
            assert opens(url) == (None, 4)
            with closing(Database.open(url)) as db:
                db.compact_now(["settings"])
            assert opens(url) == (None, 5)
    finally:
        postgres_cluster.run("DROP DATABASE restored WITH (FORCE)")
