"""Databases of earlier versions come forward; those of later ones are refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bridge.domain.questions import State
from bridge.store import migrate
from bridge.store.database import Database
from bridge.store.engine import is_sqlite, make_engine, parse
from bridge.store.errors import StoreError
from bridge.store.export import export
from bridge.store.tables import metadata
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Person, Role, Tracked
from tests.store.samples import ANN, NOW

OLD = Path(__file__).with_name("old")


def run_script(url: str, script: str) -> None:
    if is_sqlite(parse(url)):
        with closing(sqlite3.connect(str(parse(url).database))) as conn:
            conn.executescript(script)
        return
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(script.encode())


def old_database(url: str) -> None:
    kind = "sqlite" if is_sqlite(parse(url)) else "postgres"
    run_script(url, (OLD / f"0001.{kind}.sql").read_text())


def test_a_kept_old_database_comes_forward_with_all_it_holds(url: str) -> None:
    old_database(url)
    assert migrate.current(url) == "0001"
    assert migrate.needs_upgrade(url)
    assert migrate.upgrade(url) == "0001"
    assert migrate.current(url) == migrate.HEAD
    assert not migrate.needs_upgrade(url)
    db = Database.open(url)
    found = db.read_now(lambda tx: tx.questions.get(1))
    assert found is not None
    assert (found.title, found.body, found.state) == ("How do I print?", "The red one.", State.ANSWERED)
    assert db.read_now(lambda tx: tx.questions.discussion(1)).accepted == ("$a1",)
    assert [r.event_id for r in db.read_now(lambda tx: tx.inbox.pending(NOW))] == ["$next"]
    assert db.read_now(lambda tx: tx.inbox.unread_count()) == 0
    assert [r.effect_id for r in db.read_now(lambda tx: tx.outbox.pending(NOW))] == ["e2"]
    assert db.read_now(lambda tx: tx.persons.get(ANN)) == Person(ANN, "fr")
    assert db.write_now(lambda tx: tx.questions.next_number()) == 3
    assert db.write_now(lambda tx: tx.questions.follow(ANN, 1))
    assert [o["type"] for o in export(db)].count("question") == 2
    db.close()


def test_opening_brings_an_old_database_forward(url: str) -> None:
    old_database(url)
    db = Database.open(url)

    def look(tx: StoreTransaction) -> Tracked | None:
        tx.questions.prefetch(["$card1"], [])
        return tx.questions.tracked("$card1")

    assert db.read_now(look) == Tracked("$card1", 1, Role.CARD)
    db.close()
    assert migrate.current(url) == migrate.HEAD


def test_an_old_database_is_not_read_as_it_is(url: str) -> None:
    old_database(url)
    with pytest.raises(StoreError, match=rf"revision 0001.*{migrate.HEAD}.*askbridge migrate") as raised:
        Database.open(url, read_only=True)
    assert raised.value.code == "older"


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(url: str) -> None:
    old_database(url)
    run_script(url, "CREATE TABLE follows (in_the_way INTEGER)")
    with pytest.raises(Exception, match="follows"):
        migrate.upgrade(url)
    assert migrate.current(url) == "0001"
    run_script(url, "DROP TABLE follows")
    assert migrate.upgrade(url) == "0001"


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_database_is_refused_naming_both_revisions(url: str, read_only: bool) -> None:
    Database.open(url).close()
    run_script(url, "UPDATE alembic_version SET version_num = '0099'")
    with pytest.raises(StoreError, match=rf"0099.*{migrate.HEAD}") as raised:
        Database.open(url, read_only=read_only)
    assert raised.value.code == "newer"
    with pytest.raises(StoreError, match="0099"):
        migrate.upgrade(url)


def test_an_empty_database_has_no_revision(url: str) -> None:
    Path(str(parse(url).database)).touch() if is_sqlite(parse(url)) else None
    assert migrate.current(url) is None
    assert migrate.upgrade(url) is None
    assert migrate.upgrade(url) == migrate.HEAD


def test_migrations_make_the_tables_of_the_code(url: str) -> None:
    migrate.upgrade(url)
    engine = make_engine(parse(url), writes=False)
    with engine.connect() as conn, conn.begin():
        difference = compare_metadata(MigrationContext.configure(conn), metadata)
    engine.dispose()
    assert difference == []


def test_the_partial_indexes_are_those_of_the_code(sqlite_url: str) -> None:
    """Alembic does not compare their conditions, and SQLite uses one only where it is repeated to the letter."""
    migrate.upgrade(sqlite_url)
    with closing(sqlite3.connect(str(parse(sqlite_url).database))) as conn:
        made = dict(conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'"))
    assert set(made) == {
        index.name
        for t in metadata.tables.values()
        for index in t.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    assert made["ix_questions_room"].endswith("WHERE withdrawn IS 0")
    assert made["ix_inbox_pending"].endswith("WHERE state = 'new'")
    assert made["ix_inbox_unread"].endswith("WHERE state = 'unread'")
    assert made["ix_room_keys_not_backed_up"].endswith("WHERE backed_up IS 0")


def test_all_revisions_are_known_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(found)) == migrate.REVISIONS


def test_facts_cannot_be_changed(url: str) -> None:
    old_database(url)
    migrate.upgrade(url)
    for statement in ("UPDATE facts SET actor = '@x:y'", "DELETE FROM facts"):
        with pytest.raises((sqlite3.Error, psycopg.Error), match="append-only"):
            run_script(url, statement)
