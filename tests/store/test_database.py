"""The engine: what survives, who may open it, and what is said when something is wrong."""

import asyncio
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from bridge.store.database import Database
from bridge.store.engine import check_integrity, make_engine, name_of, parse
from bridge.store.errors import StoreError, explain
from bridge.store.inbox import StoreIntake
from bridge.store.transaction import StoreTransaction
from bridge.store.upkeep import StoreUpkeep
from bridge.workers.ports import Store, Upkeep
from bridge.workflow.ports import Batch, Intake, RetryLater
from bridge.workflow.records import Role, Room
from bridge.workflow.storage import Transaction
from tests.store.samples import ROOM, ask, message, question

REPOSITORY = Path(__file__).parents[2]


def count_questions(db: Database) -> int:
    return db.read_now(lambda tx: int(tx.settings.get("last_number") or 0))


def count_rows(tx: StoreTransaction) -> int:
    found: int = tx.settings._session.run("SELECT count(*) FROM questions", ()).fetchone()[0]
    return found


def test_the_store_fills_the_protocols(db: Database) -> None:
    """mypy checks it; at run time the names are there."""

    def fits(tx: StoreTransaction, db: Database, intake: StoreIntake, upkeep: StoreUpkeep) -> None:
        _tx: Transaction = tx
        _store: Store = db
        _intake: Intake = intake
        _upkeep: Upkeep = upkeep

    assert set(fits.__annotations__) == {"tx", "db", "intake", "upkeep", "return"}
    wanted = {name for name in vars(Transaction) if not name.startswith("_")}
    assert len(wanted) > 12
    assert not db.read_now(lambda tx: [name for name in wanted if not hasattr(tx, name)])


async def test_transactions_run_one_after_the_other_and_never_in_the_loop(db: Database) -> None:
    threads: set[int] = set()

    def number(tx: StoreTransaction) -> int:
        threads.add(threading.get_ident())
        return tx.questions.next_number()

    assert sorted(await asyncio.gather(*(db.write(number) for _ in range(20)))) == list(range(1, 21))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_reading_goes_on_beside_a_transaction_and_sees_only_what_is_committed(db: Database) -> None:
    await db.write(ask)
    inside, go_on = threading.Event(), threading.Event()

    def slow(tx: StoreTransaction) -> None:
        ask(tx)
        tx.flush()
        inside.set()
        go_on.wait(10)

    writing = asyncio.create_task(db.write(slow))
    await asyncio.to_thread(inside.wait, 10)
    assert await db.read(lambda tx: list(tx.questions.several([1, 2]))) == [1]
    go_on.set()
    await writing
    assert await db.read(lambda tx: list(tx.questions.several([1, 2]))) == [1, 2]


def test_reading_cannot_write(db: Database) -> None:
    for write in (lambda tx: tx.settings.set("a", "b"), lambda tx: tx.rooms.save(Room(ROOM))):
        with pytest.raises(StoreError) as raised:
            db.read_now(write)
        assert raised.value.code == "read_only"
    assert db.read_now(lambda tx: tx.settings.get("a")) is None


def test_settings_come_and_go(db: Database) -> None:
    db.write_now(lambda tx: tx.settings.set("device_id", "A"))
    db.write_now(lambda tx: tx.settings.set("device_id", "B"))
    assert db.read_now(lambda tx: tx.settings.get("device_id")) == "B"
    db.write_now(lambda tx: tx.settings.drop("device_id"))
    assert db.read_now(lambda tx: tx.settings.get("device_id")) is None


def test_an_ordinary_transaction_costs_what_it_asks_and_nothing_more(db: Database) -> None:
    def work(tx: StoreTransaction) -> None:
        ask(tx)
        tx.questions.track("$question1", 1, Role.QUESTION)

    before = db.statements
    db.write_now(lambda tx: None)
    assert db.statements == before
    db.write_now(work)
    assert db.statements - before == 5, "its number, twice; the question, its full text, its event"


async def test_only_what_must_be_durable_waits_for_the_disk(sqlite_url: str) -> None:
    db = Database.open(sqlite_url)

    def synchronous(tx: StoreTransaction) -> int:
        return int(tx.settings._session.run("PRAGMA synchronous", ()).fetchone()[0])

    normal, full = 1, 2
    assert [db.write_now(synchronous), db.write_now(synchronous, durable=True)] == [normal, full]
    assert db.write_now(synchronous) == normal
    intake = StoreIntake(db, lambda event: True, lambda: None)
    seen: list[int] = []
    for source, expected in (("push", full), ("sync", normal)):
        await intake.accept(Batch(source, [message(f"${source}")], source))  # type: ignore[arg-type]
        seen.append(2 if db._durable else 1)
        assert seen[-1] == expected
    db.close()


def test_durable_and_ordinary_transactions_on_postgres(postgres_database: str) -> None:
    db = Database.open(postgres_database)

    def commits(tx: StoreTransaction) -> str:
        return str(tx.settings._session.run("SHOW synchronous_commit", ()).fetchone()[0])

    assert [db.write_now(commits), db.write_now(commits, durable=True), db.write_now(commits)] == ["off", "on", "off"]
    db.close()


def test_a_new_database_and_its_log_are_nobody_elses_to_read(sqlite_url: str, tmp_path: Path) -> None:
    database = Database.open(sqlite_url)
    database.write_now(lambda tx: tx.settings.set("a", "b"))
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert any(path.name.endswith("-wal") for path in files)
    assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o600"}
    database.close()


def test_a_second_process_is_refused_and_told_who_has_it(sqlite_url: str, tmp_path: Path) -> None:
    first = Database.open(sqlite_url)
    with pytest.raises(StoreError, match=f"in use by process {os.getpid()}") as raised:
        Database.open(sqlite_url)
    assert raised.value.code == "in_use"
    first.close()
    Database.open(sqlite_url).close()


def test_a_second_writer_on_postgres_is_refused(postgres_database: str) -> None:
    first = Database.open(postgres_database)
    with pytest.raises(StoreError, match="in use by another askbridge"):
        Database.open(postgres_database)
    first.close()
    Database.open(postgres_database).close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("no url", "expected sqlite:///FILE or postgresql://"),
        ("mysql://a/b", "mysql is not supported"),
        ("sqlite://", "expected a file"),
        ("sqlite:///:memory:", "expected a file"),
        ("sqlite:////nowhere/at/all/store.db", "folder /nowhere/at/all does not exist"),
        ("postgresql://nobody@127.0.0.1:9/none", "no connection to the server"),
    ],
)
def test_what_cannot_be_opened_says_why(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        Database.open(url)


def test_a_folder_that_takes_no_lock_says_so(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "store.db.lock").mkdir()
    with pytest.raises(StoreError, match=r"store\.db\.lock: Is a directory") as raised:
        Database.open(sqlite_url)
    assert raised.value.code == "read_only"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (psycopg.errors.DiskFull("no space"), "full"),
        (psycopg.errors.ReadOnlySqlTransaction("standby"), "read_only"),
        (psycopg.errors.InsufficientPrivilege("denied"), "read_only"),
        (psycopg.errors.InternalError_("odd"), "failed"),
    ],
)
def test_what_postgres_says_is_put_plainly(error: psycopg.Error, code: str) -> None:
    explained = explain(error, "db")
    assert isinstance(explained, StoreError)
    assert explained.code == code


@pytest.mark.parametrize("error", [psycopg.errors.AdminShutdown("bye"), psycopg.OperationalError("closed")])
def test_a_server_that_is_gone_may_come_back(error: psycopg.Error) -> None:
    assert isinstance(explain(error, "db"), RetryLater)


@pytest.mark.parametrize("error", [psycopg.errors.UniqueViolation("x"), sqlite3.IntegrityError("x"), KeyError("x")])
def test_an_error_about_the_request_says_nothing_of_the_database(error: Exception) -> None:
    assert explain(error, "db") is None


def test_messages_hold_no_password() -> None:
    name = name_of(parse("postgresql://me:secret@127.0.0.1:9/none"))
    assert name == "postgresql://me:***@127.0.0.1:9/none"


def test_a_file_that_is_no_database_says_so(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"this is no database" * 1000)
    with pytest.raises(StoreError, match=r"store\.db: the file is no SQLite database") as raised:
        Database.open(sqlite_url)
    assert raised.value.code == "corrupt"


def crashed(tmp_path: Path) -> None:
    """As if the process before us had not closed the database."""
    (tmp_path / "store.db.lock").write_text("12345")


def damage(path: Path) -> None:
    """Overwrite the pages after the first, which still looks well."""
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("rb+") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 5)


def test_after_a_crash_the_file_is_looked_at(sqlite_url: str, tmp_path: Path) -> None:
    db = Database.open(sqlite_url)
    db.write_now(lambda tx: [ask(tx) for _ in range(300)])
    db.close()
    crashed(tmp_path)
    Database.open(sqlite_url).close()
    damage(tmp_path / "store.db")
    crashed(tmp_path)
    with pytest.raises(StoreError, match="damaged") as raised:
        Database.open(sqlite_url)
    assert raised.value.code == "corrupt"


def test_the_look_at_a_big_file_ends_in_time(sqlite_url: str) -> None:
    db = Database.open(sqlite_url)
    db.write_now(lambda tx: [ask(tx) for _ in range(5000)])
    db.close()
    engine = make_engine(parse(sqlite_url), writes=True)
    with engine.connect() as conn:
        check_integrity(conn, "store", seconds=0.0)
        check_integrity(conn, "store")
    engine.dispose()


def test_a_database_that_somebody_else_locks_says_so(sqlite_url: str, tmp_path: Path) -> None:
    db = Database.open(sqlite_url)
    db.write_now(lambda tx: tx.settings._session.run("PRAGMA busy_timeout=50", ()))
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked") as raised:
            db.write_now(ask)
        assert (raised.value.code, raised.value.transient) == ("locked", True)
        other.execute("ROLLBACK")
    assert db.write_now(ask) == question(1)
    db.close()


def test_a_database_that_may_not_be_written_says_so(sqlite_url: str) -> None:
    db = Database.open(sqlite_url)
    db.write_now(lambda tx: tx.settings._session.run("PRAGMA query_only=ON", ()))
    with pytest.raises(StoreError, match="cannot be written") as raised:
        db.write_now(ask)
    assert raised.value.code == "read_only"
    db.close()


@contextmanager
def small_disk(folder: Path) -> Iterator[str]:
    """A disk of one MiB where we may mount one; else a limit on the size of files. Yields the code to expect."""
    mounted = (
        os.geteuid() == 0
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True
        ).returncode
    )
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if not mounted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    try:
        yield "full" if mounted else "failed"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_loses_nothing_and_goes_on_once_there_is_room(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    ballast = folder / "ballast"
    with small_disk(folder) as expected:
        ballast.write_bytes(b"x" * 200_000)
        db = Database.open(f"sqlite:///{folder / 'store.db'}")
        with pytest.raises(StoreError) as raised:
            for _ in range(400):
                db.write_now(lambda tx: ask(tx, text="long " * 2000))
        assert raised.value.code == expected
        kept = count_questions(db)
        assert kept >= 1
        if expected == "full":
            assert raised.value.transient
            ballast.unlink()
            assert db.write_now(ask).number == kept + 1
        assert len(db.read_now(lambda tx: tx.questions.several(range(1, kept + 1)))) == kept
        db.close()


def test_a_disk_that_is_full_by_its_own_limit_says_so(sqlite_url: str) -> None:
    db = Database.open(sqlite_url)
    db.write_now(lambda tx: tx.settings._session.run("PRAGMA max_page_count=60", ()))
    with pytest.raises(StoreError, match="disk is full"):
        db.write_now(lambda tx: [ask(tx, text="long " * 1000) for _ in range(100)])
    assert db.write_now(ask).number == 1
    db.close()


def test_nothing_committed_is_lost_to_a_kill(url: str) -> None:
    last = 0
    for round_ in range(3):
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.store.writing", url], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        with writer, writer.stdout:
            told = [int(writer.stdout.readline()) for _ in range(40 + 25 * round_)]
            writer.send_signal(signal.SIGKILL)
            told += [int(line) for line in writer.stdout]
        assert told == list(range(last + 1, last + 1 + len(told)))
        db = Database.open(url)
        last = count_questions(db)
        assert last - told[-1] in {0, 1}
        assert db.read_now(count_rows) == last
        assert db.depths().outbox == last
        db.close()


async def test_a_lost_connection_is_made_anew(postgres_database: str) -> None:
    db = Database.open(postgres_database)
    await db.write(lambda tx: tx.rooms.save(Room(ROOM, space="helpdesk")))
    before = await db.write(lambda tx: tx.rooms.revision(ROOM))
    with psycopg.connect(postgres_database, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'askbridge'")
    with pytest.raises(RetryLater, match="no connection"):
        await db.write(ask)
    assert (await db.write(ask)).number == 1
    assert (await db.read(lambda tx: tx.rooms.get(ROOM))) == Room(ROOM, space="helpdesk")
    assert (await db.write(lambda tx: tx.rooms.revision(ROOM))) > before
    db.close()


def test_who_lost_the_connection_waits_while_another_process_has_the_database(postgres_database: str) -> None:
    db = Database.open(postgres_database)
    with psycopg.connect(postgres_database, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'askbridge'")
    rival = Database.open(postgres_database)
    with pytest.raises(RetryLater, match="no connection"):
        db.write_now(ask)
    with pytest.raises(RetryLater, match="in use by another askbridge"):
        db.write_now(ask)
    rival.close()
    assert db.write_now(ask).number == 1
    db.close()
