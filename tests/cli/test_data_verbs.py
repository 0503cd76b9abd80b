"""export, backup and migrate, beside a process that writes, and what is said where a database cannot be used."""

import json
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bridge.cli import app
from bridge.store import migrate
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Role
from tests.cli.conftest import PROGRAM, SECRET, SYNC, Askbridge, program
from tests.store.samples import ANN, BOB, answer, ask


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Database]:
    """A database that somebody holds open for writing: two questions by Ann, one in another space, one answered."""
    (tmp_path / "config.yaml").write_text(SYNC)
    database = Database.open(f"sqlite:///{tmp_path / 'askbridge.db'}")
    database.write_now(fill)
    yield database
    database.close()


def fill(tx: StoreTransaction) -> None:
    ask(tx, event_id="$one", thread_root="$one", text="Où est le VPN ?\n☂")
    ask(tx, event_id="$two", thread_root="$two", space="lab", asker=BOB)
    tx.questions.track("$one", 1, Role.QUESTION)
    tx.questions.add_answer(answer("$answer", 1))


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_export_while_another_process_writes(writer: Database, askbridge: Askbridge) -> None:
    result = askbridge("export")
    assert (result.code, result.err) == (0, "")
    first, second, given = (one for one in lines(result.out) if one["type"] in {"question", "answer"})
    assert (first["number"], first["title"], first["body"]) == (1, "Où est le VPN ?", "☂")
    assert (second["space"], second["asker"]) == ("lab", BOB)
    assert (given["event_id"], given["number"]) == ("$answer", 1)
    assert "Où est" in result.out, "text stays readable"


def test_export_of_a_space_and_of_a_person(writer: Database, askbridge: Askbridge) -> None:
    assert [one["number"] for one in lines(askbridge("export", "--space", "lab").out)] == [2]
    of_ann = lines(askbridge("export", "--person", ANN).out)
    assert [one["number"] for one in of_ann if one["type"] == "question"] == [1]
    assert askbridge("export", "--space", "helpdesk", "--person", "@nobody:example.org").out == ""
    unknown = askbridge("export", "--space", "helpdex")
    assert (unknown.code, unknown.out) == (1, "")
    assert 'no space helpdex, neither in the config nor in the database; did you mean "helpdesk"?' in unknown.err
    assert askbridge("export", "--person", "ann").code == 2


def test_export_into_a_pipe_that_closes(writer: Database, tmp_path: Path) -> None:
    writer.write_now(lambda tx: [ask(tx, event_id=f"${n}", text="x" * 5000) for n in range(100)] and None)
    export = subprocess.Popen([PROGRAM, "export"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with export:
        assert export.stdout is not None
        assert export.stderr is not None
        assert json.loads(export.stdout.readline())["type"] == "export"
        export.stdout.close()
        assert export.wait(20) == 1
        assert export.stderr.read() == b""


def test_export_through_typers_own_runner(writer: Database, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["export", "-c", str(tmp_path / "config.yaml")])
    assert result.exit_code == 0
    assert len(lines(result.output)) >= 3


def test_backup_while_another_process_writes(writer: Database, askbridge: Askbridge, tmp_path: Path) -> None:
    result = askbridge("backup", "copy.db")
    assert result.code == 0, result.err
    assert result.out.startswith(f"backed up sqlite:///{tmp_path}/askbridge.db to copy.db (")
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    copy = sqlite3.connect(tmp_path / "copy.db")
    assert copy.execute("SELECT count(*) FROM questions").fetchone() == (2,)
    copy.close()
    again = askbridge("backup", "copy.db")
    assert again.code == 1
    assert "copy.db exists already; a backup never overwrites" in again.err
    assert "nowhere" in askbridge("backup", "nowhere/copy.db").err


def test_migrate_makes_and_then_has_nothing_to_do(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC)
    assert "made, at revision" in askbridge("migrate").out
    again = askbridge("migrate")
    assert (again.code, again.err) == (0, "")
    assert "nothing to do" in again.out


def test_migrate_tells_from_where_to_where(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC)
    old = sqlite3.connect(tmp_path / "askbridge.db")
    old.executescript(Path(__file__).parents[1].joinpath("store/old/0001.sqlite.sql").read_text())
    old.close()
    refused = askbridge("export")
    assert refused.code == 1
    assert "run `askbridge migrate`" in refused.err
    doctor = askbridge("doctor").out
    assert (doctor.count("run `askbridge migrate`"), "crypto store" in doctor) == (1, False)
    assert f"from revision 0001 to {migrate.HEAD}" in askbridge("migrate").out
    assert askbridge("export").code == 0


def test_a_newer_database_is_refused(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC)
    assert askbridge("migrate").code == 0
    with sqlite3.connect(tmp_path / "askbridge.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    for verb in ("migrate", "export", "doctor", "run"):
        result = askbridge(verb) if verb != "run" else program("run", cwd=tmp_path)
        assert result.code == 1, verb
        assert "at revision 9999" in result.all, verb
        assert "use a newer one" in result.all, verb
        assert "Traceback" not in result.all, verb


def test_a_file_that_is_no_database(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC)
    (tmp_path / "askbridge.db").write_text("This is a letter.\n" * 100)
    for verb in ("migrate", "export", "doctor", "backup copy.db", "run"):
        result = askbridge(*verb.split()) if verb != "run" else program("run", cwd=tmp_path)
        assert result.code == 1, verb
        assert "is no SQLite database, or is damaged; restore a backup" in result.all, verb
        assert "Traceback" not in result.all, verb


def test_a_database_that_another_process_holds(writer: Database, askbridge: Askbridge, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "askbridge.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
    database.close()
    result = askbridge("migrate")
    assert result.code == 1
    assert "is in use by process" in result.err


def test_without_a_database(askbridge: Askbridge, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC)
    for verb in ("export", "backup copy.db"):
        result = askbridge(*verb.split())
        assert result.code == 1
        assert "there is no database" in result.err
        assert "`askbridge run` makes it" in result.err
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


def test_postgresql_that_is_away(askbridge: Askbridge, tmp_path: Path) -> None:
    url = f"postgresql://qa:{SECRET}@127.0.0.1:1/qa"
    (tmp_path / "config.yaml").write_text(SYNC.replace("sqlite:///askbridge.db", url))
    for verb in ("migrate", "export", "doctor"):
        result = askbridge(verb)
        assert result.code == 1, verb
        assert "no connection to the server" in result.all, verb
        assert SECRET not in result.all, verb


def test_all_of_it_on_postgresql(askbridge: Askbridge, postgres_database: str, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(SYNC.replace("sqlite:///askbridge.db", postgres_database))
    assert "made, at revision" in askbridge("migrate").out
    database = Database.open(postgres_database)
    database.write_now(fill)
    try:
        assert len(lines(askbridge("export").out)) == 6
        backed_up = askbridge("backup", "copy.dump")
        assert backed_up.code == 0, backed_up.err
        assert (tmp_path / "copy.dump").read_bytes().startswith(b"PGDMP")
        assert "2 questions, " in askbridge("doctor").out
    finally:
        database.close()
