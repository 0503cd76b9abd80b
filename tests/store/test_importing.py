"""Export, import into an empty database, export again: the same bytes. What is wrong with a file is said by line."""

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest
from sqlalchemy import Text, select

import bridge.store.key_tables  # noqa: F401 (its tables are in the same metadata)
from bridge.crypto.sealed import Sealer
from bridge.store.database import Database
from bridge.store.exchange import KINDS, is_time, iso
from bridge.store.export import export
from bridge.store.holdings import HOLDINGS
from bridge.store.importing import Lines, NotImported, check, load_all, occupied
from bridge.store.tables import facts, metadata, question_tags, rooms
from tests.store.everything import CLOSET, everything
from tests.store.samples import NOW


def exported(database: Database) -> bytes:
    return b"".join(orjson.dumps(each) + b"\n" for each in export(database))


def lines(text: bytes) -> Lines:
    return lambda: io.BytesIO(text)


@pytest.fixture
def written(tmp_path: Path) -> Iterator[bytes]:
    with closing(Database.open(f"sqlite:///{tmp_path / 'first.db'}")) as first:
        first.write_now(everything)
        yield exported(first)


def test_an_export_comes_back_byte_for_byte(written: bytes, db: Database) -> None:
    types = [orjson.loads(line)["type"] for line in written.splitlines()]
    assert set(types) == {kind.type for kind in KINDS} | {"export", "room", "end"}
    counts = check(lines(written))
    assert counts == load_all(db, lines(written))
    assert exported(db) == written
    question = db.read_now(lambda tx: tx.questions.get(1))
    assert question is not None
    assert question.text == "  Mär\n\n\nwith room ", "to the blank"
    assert db.write_now(lambda tx: tx.questions.next_number()) == 4
    assert db.write_now(lambda tx: tx.rights.pseudonym()) == "@forgotten-8:invalid"
    with db.snapshot() as conn:
        assert set(conn.execute(select(question_tags.c.tag)).scalars()) >= {"vpn", "lan"}
    room = db.room(CLOSET)
    assert room is not None
    assert room.encrypted
    assert occupied(db) == "question"


def test_with_metadata_no_words_of_encrypted_or_unknown_rooms_come_in(written: bytes, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'second.db'}"
    with closing(Database.open(url, textless=True, sealer=Sealer(b"secret"))) as second:
        load_all(second, lines(written))
        kept = {each["number"]: each for each in export(second) if each["type"] == "question"}
    assert kept[1]["title"] == "Mär"
    assert kept[2]["title"] == ""
    assert kept[3]["title"] == "", "nobody knows its room"
    assert b"Of the closet" not in b"".join(path.read_bytes() for path in tmp_path.glob("second.db*"))


@pytest.mark.parametrize(
    ("line", "changed", "said"),
    [
        (0, b'{"type":"question"}', "line 1: the first line has to be"),
        (0, b'{"type":"export","version":2}', "line 1: version 2 is that of a newer askbridge"),
        (3, b"[]", "line 4: expected an object"),
        (3, b'{"type":', "line 4: no JSON"),
        (3, b'{"type":"questoin"}', 'line 4: unknown type "questoin"'),
        (3, b'{"type":"follow","number":1}', 'line 4: a follow needs "user_id"'),
        (3, b'{"type":"follow","number":"1","user_id":"@a:b"}', 'line 4: "number": expected a whole number'),
        (3, b'{"type":"follow","number":true,"user_id":"@a:b"}', 'line 4: "number": expected a whole number'),
        (3, b'{"type":"follow","number":9,"user_id":"@a:b"}', "line 4: there is no question 9 before this line"),
        (3, b'{"type":"follow","number":1,"user_id":"@a:b","x":1}', 'line 4: a follow has no "x"'),
        (3, b'{"type":"follow","number":1,"user_id":null}', 'line 4: "user_id": expected something, not null'),
        (-1, b'{"type":"end","objects":3}', "objects before the end, not 3"),
        (-1, b"", "no JSON"),
    ],
)
def test_what_is_wrong_is_said_by_line_and_nothing_is_written(
    written: bytes, sqlite_url: str, line: int, changed: bytes, said: str
) -> None:
    broken = written.splitlines()
    broken[line] = changed
    text = lines(b"\n".join(broken) + b"\n")
    with pytest.raises(NotImported) as raised:
        check(text)
    assert said in str(raised.value)
    with closing(Database.open(sqlite_url)) as database:
        with pytest.raises(NotImported):
            load_all(database, text)
        assert occupied(database) == ""


def test_a_file_that_was_cut_off_and_a_row_that_is_there_twice(written: bytes, sqlite_url: str) -> None:
    cut = written.splitlines(keepends=True)
    with pytest.raises(NotImported, match="the end is missing"):
        check(lines(b"".join(cut[:-1])))
    at = next(n for n, line in enumerate(cut) if b'"type":"reaction"' in line)
    last = orjson.loads(cut[-1])
    twice = [*cut[: at + 1], *cut[at:-1], orjson.dumps(last | {"objects": last["objects"] + 1}) + b"\n"]
    with closing(Database.open(sqlite_url)) as database:
        with pytest.raises(NotImported, match=rf"line {at + 2}: reactions: there is one like it already"):
            load_all(database, lines(b"".join(twice)))
        assert occupied(database) == ""
        assert database.room(CLOSET) is None


def test_all_problems_are_named_at_once_but_not_without_end(written: bytes) -> None:
    head, *rest = written.splitlines(keepends=True)
    with pytest.raises(NotImported) as raised:
        check(lines(head + b"x\n" * 3 + b"".join(rest)))
    assert [problem.line for problem in raised.value.problems] == [2, 3, 4]
    with pytest.raises(NotImported) as raised:
        check(lines(head + b"x\n" * 1000))
    assert len(raised.value.problems) == 20


def test_every_column_is_accounted_for() -> None:
    """Whoever adds a table or a column says what it holds of people and of their words."""
    assert set(HOLDINGS) == set(metadata.tables), "bridge/store/holdings.py"
    for name, table in metadata.tables.items():
        holding = HOLDINGS[name]
        told = {*holding.people, *holding.words, *holding.codes}
        assert {c.name for c in table.c if isinstance(c.type, Text)} <= told, f"holdings of {name}"
        assert told <= set(table.c.keys()), f"holdings of {name}"
        stays = "stays" in holding.people.values()
        assert bool(holding.why) == stays, f"say why ids stay in {name}"
    exported_tables = {kind.table.name for kind in KINDS}
    assert exported_tables == {name for name, holding in HOLDINGS.items() if not holding.local}, "exchange.KINDS"


def test_times_are_written_and_read_alike() -> None:
    assert rooms.name not in {kind.table.name for kind in KINDS}
    assert iso(NOW) == "2027-01-15T08:00:00.000Z"
    assert {c.name for kind in KINDS for c in kind.table.c if is_time(c)} >= {"at", "due_at", "created_at", "since"}
    assert facts.c.at.name == "at"
