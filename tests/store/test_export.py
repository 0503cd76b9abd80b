"""What `askbridge export` prints, and copies made while the database is in use."""

import json
import re
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bridge.domain.facts import AnswerGiven, Fact, LanguageChosen, QuestionAsked
from bridge.domain.questions import State
from bridge.store.backup import backup
from bridge.store.database import Database
from bridge.store.errors import StoreError
from bridge.store.export import export, iso
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Person
from tests.real.postgres import postgres_binaries
from tests.store.everything import everything
from tests.store.samples import ANN, BOB, DAY, NOW, ROOM, acceptance, answer, ask, grant

TITLE = "Long " * 40


def asked(number: int, actor: str = ANN, space: str = "helpdesk") -> Fact:
    return QuestionAsked(at=NOW, actor=actor, room_id=ROOM, space=space, number=number, asker=actor)


def fill(tx: StoreTransaction) -> None:
    ask(
        tx,
        text=f"{TITLE}\n\nbody\nmore ",
        tags=("vpn",),
        state=State.ANSWERED,
        assignee=BOB,
        first_response_at=NOW + 1,
        card_event_id="$card1",
    )
    ask(tx, space="acme", asker=BOB, text="", state=State.CLOSED, reason="withdrawn", withdrawn=True)
    tx.questions.add_answer(answer("$a"))
    tx.questions.add_answer(answer("$b"))
    tx.questions.add_acceptance(acceptance("$a", at=NOW + 1))
    tx.questions.add_acceptance(acceptance("$b", at=NOW + 2))
    tx.questions.follow(BOB, 1)
    tx.questions.follow(ANN, 2)
    tx.facts.add(asked(1))
    tx.facts.add(asked(2, BOB, "acme"))
    tx.facts.add(AnswerGiven(at=NOW, actor=BOB, room_id=ROOM, space="helpdesk", number=1, answer="$a", first=True))
    tx.facts.add(LanguageChosen(at=NOW, actor=ANN, room_id=ROOM, space="", language="fr"))
    tx.persons.save(Person(ANN, "fr", None))


def exported(db: Database, kind: str, **wanted: Any) -> list[dict[str, Any]]:
    return [o for o in export(db, **wanted) if o["type"] == kind]


def test_a_question_has_exactly_the_documented_keys(db: Database) -> None:
    db.write_now(fill)
    first, second = exported(db, "question")
    assert first == {
        "type": "question",
        "number": 1,
        "space": "helpdesk",
        "room_id": ROOM,
        "event_id": "$question1",
        "thread_root": "$question1",
        "card_event_id": "$card1",
        "title": TITLE.strip(),
        "body": "body\nmore",
        "asker": ANN,
        "state": "answered",
        "reason": "",
        "assignee": BOB,
        "tags": ["vpn"],
        "priority": "normal",
        "created_at": "2027-01-15T08:00:00.001Z",
        "first_response_at": "2027-01-15T08:00:00.001Z",
        "answered_at": None,
        "closed_at": None,
        "directed_to": [],
        "attachments": [],
        "suggested": [],
        "withdrawn": False,
        "nudged": False,
        "duplicate_of": None,
        "held": False,
        "escalated": False,
        "text": f"{TITLE}\n\nbody\nmore ",
        "accepted": ["$b", "$a"],
    }
    assert second["text"] is None
    assert (second["title"], second["body"], second["reason"], second["accepted"]) == ("", "", "withdrawn", [])


def test_everything_else_is_there_too(db: Database) -> None:
    db.write_now(fill)
    assert exported(db, "answer")[0] == {
        "type": "answer",
        "event_id": "$a",
        "number": 1,
        "author": BOB,
        "text": "Like this.",
        "created_at": iso(NOW + 50),
        "room_id": ROOM,
        "withdrawn": False,
    }
    assert exported(db, "acceptance")[0] == {
        "type": "acceptance",
        "answer": "$a",
        "number": 1,
        "by": ANN,
        "voice": "asker",
        "at": iso(NOW + 1),
        "reaction": None,
    }
    assert exported(db, "follow") == [
        {"type": "follow", "number": 1, "user_id": BOB},
        {"type": "follow", "number": 2, "user_id": ANN},
    ]
    assert exported(db, "fact")[2] == {
        "type": "fact",
        "kind": "AnswerGiven",
        "at": iso(NOW),
        "actor": BOB,
        "room_id": ROOM,
        "space": "helpdesk",
        "number": 1,
        "answer": "$a",
        "first": True,
    }
    assert exported(db, "person") == [
        {"type": "person", "user_id": ANN, "language": "fr", "direct_room": None, "profile": {}}
    ]


def test_a_grant_has_exactly_the_documented_keys(db: Database) -> None:
    live = grant(1, room_id=ROOM, ends_at=NOW + DAY, terms_accepted="v2", orphaned=True)
    over = grant(2, person=BOB, sponsor="@cy:example.org", space="beta", reason="", approved_by=None, ended_at=NOW + 1)

    def save(tx: StoreTransaction) -> None:
        tx.grants.save(live)
        tx.grants.save(over)

    db.write_now(save)
    first, second = exported(db, "grant")
    assert first == {
        "type": "grant",
        "number": 1,
        "person": ANN,
        "space": "acme",
        "room_id": ROOM,
        "sponsor": BOB,
        "reason": "the tender",
        "created_at": "2027-01-15T08:00:00.000Z",
        "ends_at": "2027-01-16T08:00:00.000Z",
        "approved_by": BOB,
        "terms_accepted": "v2",
        "terms_asked": None,
        "terms_due": None,
        "warned": 0,
        "wanted_end": None,
        "wanted_by": None,
        "orphaned": True,
        "renewed_at": None,
        "ended_at": None,
        "ended_by": None,
    }
    assert (second["room_id"], second["ends_at"], second["approved_by"], second["ended_at"]) == (
        *(None, None, None),
        "2027-01-15T08:00:00.001Z",
    )
    assert list(exported(db, "grant", space="beta")) == [second]
    assert [each["number"] for each in exported(db, "grant", person=ANN)] == [1]
    assert [each["number"] for each in exported(db, "grant", person=BOB)] == [1, 2]
    assert exported(db, "grant", space="beta", person=ANN) == []


def test_the_page_for_operators_names_every_type_and_field(db: Database) -> None:
    page = (Path(__file__).parents[2] / "docs/operate.md").read_text("utf-8")
    section = page.split("## What export prints")[1].split("\n## ")[0]
    rows = [re.findall(r"`(\w+)`", line) for line in section.splitlines() if line.startswith("| `")]
    named = {row[0]: set(row[1:]) for row in rows if row[0] != "type"}
    db.write_now(everything)
    found = list(export(db))
    assert {one["type"] for one in found} == set(named)
    for one in found:
        if one["type"] == "fact":
            assert set(one) > named["fact"]
        else:
            assert set(one) - {"type"} == named[one["type"]], one["type"]


def test_of_one_space(db: Database) -> None:
    db.write_now(fill)
    found = [(o["type"], o.get("number")) for o in export(db, space="acme")]
    assert found == [("question", 2), ("follow", 2), ("fact", 2)]


def test_what_concerns_one_person(db: Database) -> None:
    db.write_now(fill)
    found = [(o["type"], o.get("number")) for o in export(db, person=ANN)]
    assert found == [
        ("question", 1),
        ("acceptance", 1),
        ("acceptance", 1),
        ("follow", 2),
        ("fact", 1),
        ("fact", 0),
        ("person", None),
    ]


def test_more_than_one_slice(db: Database) -> None:
    def many(tx: StoreTransaction) -> None:
        for _ in range(1203):
            ask(tx)

    db.write_now(many)
    assert [o["number"] for o in exported(db, "question")] == list(range(1, 1204))
    json.dumps(list(export(db)))


def test_an_export_is_one_snapshot(db: Database) -> None:
    db.write_now(lambda tx: [ask(tx) for _ in range(600)])
    objects = export(db, space="helpdesk")
    next(objects)
    db.write_now(lambda tx: [ask(tx) for _ in range(10)])
    assert len([next(objects), *objects]) == 599


def test_an_export_beside_a_running_process(db: Database) -> None:
    db.write_now(fill)
    beside = Database.open(db.url.render_as_string(hide_password=False), read_only=True)
    assert len(exported(beside, "question")) == 2
    with pytest.raises(StoreError, match="reading only"):
        beside.write_now(lambda tx: None)
    beside.close()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, None),
        (0, "1970-01-01T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (NOW + 7, "2027-01-15T08:00:00.007Z"),
    ],
)
def test_times_are_iso_8601_in_utc(given: int | None, expected: str | None) -> None:
    assert iso(given) == expected


def test_a_backup_made_while_writing_is_whole(sqlite_url: str, tmp_path: Path) -> None:
    db = Database.open(sqlite_url)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            db.write_now(lambda tx: tx.questions.add_answer(answer(f"$a{ask(tx).number}", 1)))

    db.write_now(lambda tx: [ask(tx) for _ in range(2000)])
    writer = threading.Thread(target=write)
    writer.start()
    try:
        backup(sqlite_url, tmp_path / "copy.db")
    finally:
        stop.set()
        writer.join()
    copy = Database.open(f"sqlite:///{tmp_path / 'copy.db'}")
    last = copy.write_now(lambda tx: tx.questions.next_number()) - 1
    assert last >= 2000
    assert len(exported(copy, "question")) == last
    assert len(exported(copy, "answer")) == last - 2000
    copy.close()
    db.close()
    assert not (tmp_path / "copy.db.partial").exists()


def test_a_backup_never_overwrites(sqlite_url: str, tmp_path: Path) -> None:
    Database.open(sqlite_url).close()
    target = tmp_path / "copy.db"
    target.write_text("precious")
    with pytest.raises(StoreError, match="never overwrites"):
        backup(sqlite_url, target)
    assert target.read_text() == "precious"


def test_a_backup_of_nothing_says_so(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        backup(sqlite_url, tmp_path / "copy.db")
    Database.open(sqlite_url).close()
    with pytest.raises(StoreError, match="nowhere does not exist"):
        backup(sqlite_url, tmp_path / "nowhere" / "copy.db")


def test_a_backup_of_a_damaged_file_says_so(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="damaged") as raised:
        backup(sqlite_url, tmp_path / "copy.db")
    assert raised.value.code == "corrupt"
    assert list(tmp_path.glob("copy*")) == []


def test_a_backup_of_postgres(postgres_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    binaries = postgres_binaries()
    assert binaries is not None
    db = Database.open(postgres_database)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreError, match=r"pg_dump is not installed.*--file=copy.dump postgresql://"):
        backup(postgres_database, tmp_path / "copy.dump")
    monkeypatch.setenv("PATH", f"{binaries}:/usr/bin:/bin")
    backup(postgres_database, tmp_path / "copy.dump")
    assert (tmp_path / "copy.dump").read_bytes().startswith(b"PGDMP")
    with pytest.raises(StoreError, match="pg_dump: "):
        backup(postgres_database + "_gone", tmp_path / "other.dump")
    db.close()


def test_the_copy_is_an_ordinary_database(sqlite_url: str, tmp_path: Path) -> None:
    db = Database.open(sqlite_url)
    db.write_now(fill)
    backup(sqlite_url, tmp_path / "copy.db")
    db.close()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as conn:
        assert conn.execute("SELECT count(*) FROM questions").fetchone() == (2,)
