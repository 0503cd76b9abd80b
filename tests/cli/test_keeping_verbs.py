"""purge, import and audit, as an operator has them."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from bridge.domain.questions import State
from bridge.domain.queue_facts import QuestionHeld
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Room
from tests.cli.conftest import SYNC, Askbridge
from tests.store.samples import ANN, BOB, NOW, ROOM, answer, ask

KEPT = SYNC.replace("level: internal,", "level: internal, retention: {closed_after: 30d},")
WORDS = "words-to-go"


def fill(tx: StoreTransaction) -> None:
    tx.rooms.save(Room(ROOM, space="helpdesk", joined=True))
    old = {"created_at": 1_600_000_000_000, "answered_at": 1_600_000_000_001, "state": State.ANSWERED}
    ask(tx, text=f"{WORDS}?", tags=(WORDS,), card_event_id="$card", **old)
    ask(tx, text="held?", asker=BOB, **{**old, "held": True})
    ask(tx, text="young?", asker=BOB)
    ask(tx, text="of the lab", space="lab", **old)
    tx.questions.add_answer(answer("$one", 1, text=f"{WORDS}!"))
    tx.questions.add_answer(answer("$two", 2, author=ANN))
    tx.questions.add_answer(answer("$three", 3, author=ANN))
    tx.facts.add(QuestionHeld(at=NOW, actor=BOB, room_id=ROOM, space="helpdesk", number=2, held=True))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with something in it, and a config beside it."""
    url = f"sqlite:///{tmp_path / 'askbridge.db'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_database")
    (tmp_path / "config.yaml").write_text(KEPT.replace("sqlite:///askbridge.db", url))
    with closing(Database.open(url)) as database:
        database.write_now(fill)
    return url


def titles(url: str) -> dict[int, str]:
    with closing(Database.open(url, read_only=True)) as database:
        return {
            number: question.title
            for number, question in database.read_now(lambda tx: tx.questions.several([1, 2, 3, 4])).items()
        }


def test_retention_by_hand(filled: str, askbridge: Askbridge) -> None:
    dry = askbridge("purge", "--dry-run")
    assert (dry.code, dry.err) == (0, "")
    assert dry.out.startswith("helpdesk: 1 question would be forgotten, settled before 20")
    assert titles(filled)[1] == f"{WORDS}?"
    assert "no space helpdex in the config; did you mean" in askbridge("purge", "--space", "helpdex").err
    with closing(Database.open(filled)):
        beside = askbridge("purge")
        assert beside.code == 1
        assert "stop it first" in beside.err
        assert askbridge("purge", "--dry-run").out == dry.out
    done = askbridge("purge")
    assert "forgotten: 1." in done.out, done.err
    assert titles(filled) == {1: "", 2: "held?", 3: "young?", 4: "of the lab"}
    assert "helpdesk: 0 questions" in askbridge("purge", "--space", "helpdesk").out
    audit = askbridge("audit", "--question", "1").out.splitlines()
    assert [line.split()[1:4] for line in audit] == [["QuestionForgotten", "operator", "Q1"]]
    with closing(Database.open(filled)) as database:
        waiting = database.read_now(lambda tx: tx.outbox.pending(NOW * 2))
        assert [(row.kind, row.payload["number"]) for row in waiting] == [("edit_card", 1)]


def test_somebody_is_forgotten_by_an_operator(filled: str, askbridge: Askbridge, tmp_path: Path) -> None:
    dry = askbridge("purge", "--user", ANN, "--dry-run").out
    assert f"would be forgotten of {ANN}: 2 questions, answers in 1 questions" in dry
    assert "1 of theirs are held" in dry
    with closing(Database.open(filled)):
        refused = askbridge("purge", "--user", ANN)
        assert refused.code == 1
        assert "stop it first" in refused.err
    done = askbridge("purge", "--user", ANN)
    assert f"forgotten: 2 questions and 1 answers of {ANN}, who is @forgotten-1:invalid now" in done.out, done.err
    assert "1 of theirs are held" in done.out
    out = askbridge("export").out
    assert WORDS not in out.replace(f"{WORDS}!", ""), "what Bob answered is his"
    (fact,) = [json.loads(line) for line in askbridge("audit", "--kind", "PersonForgotten", "--json").out.splitlines()]
    assert (fact["actor"], fact["person"], fact["questions"], fact["held"]) == ("operator", ANN, 2, 1)
    assert askbridge("purge", "--user", "ann").code == 2
    assert askbridge("purge", "--user", ANN, "--space", "helpdesk").code == 2
    if filled.startswith("sqlite"):
        files = b"".join(path.read_bytes() for path in tmp_path.glob("askbridge.db*"))
        assert f"{WORDS}?".encode() not in files


def test_the_log_is_narrowed_and_told(filled: str, askbridge: Askbridge) -> None:
    (line,) = askbridge("audit", "--space", "helpdesk", "--person", BOB, "--kind", "QuestionHeld").out.splitlines()
    assert line == f"2027-01-15T08:00:00.000Z QuestionHeld {BOB} Q2 helpdesk {ROOM} held=true"
    assert askbridge("audit", "--person", "@nobody:example.org").out == ""
    assert 'did you mean "QuestionHeld"' in askbridge("audit", "--kind", "QuestionHold").err
    assert askbridge("audit", "--since", "soon").code == 2
    assert askbridge("audit", "--since", "52w", "--space", "lab").code == 0, "there are questions of it"
    unknown = askbridge("audit", "--space", "helpdex")
    assert unknown.code == 1 and "no space helpdex, neither in the config nor in the database; did you" in unknown.err


def test_from_one_database_into_another(
    filled: str, askbridge: Askbridge, tmp_path: Path, postgres_database: str
) -> None:
    """From either kind to SQLite, and from there to PostgreSQL."""
    first = askbridge("export").out
    (tmp_path / "all.jsonl").write_text(first, "utf-8")
    refused = askbridge("import", "all.jsonl")
    assert refused.code == 1
    assert "is not empty: it has objects of type question" in refused.err
    (tmp_path / "config.yaml").write_text(KEPT.replace("askbridge.db", "other.db"))
    looked = askbridge("import", "all.jsonl", "--dry-run")
    assert "all.jsonl is whole: 3 answer, 1 fact, 4 question, 1 room; nothing was written" in looked.out
    assert not (tmp_path / "other.db").exists()
    broken = first.replace('"type":"fact"', '"type":"fakt"', 1)
    (tmp_path / "broken.jsonl").write_text(broken, "utf-8")
    wrong = askbridge("import", "broken.jsonl")
    line = next(n for n, text in enumerate(broken.splitlines(), 1) if "fakt" in text)
    assert f'broken.jsonl:{line}: unknown type "fakt"' in wrong.err
    assert wrong.err.endswith("nothing was imported\n")
    done = askbridge("import", "all.jsonl")
    assert done.code == 0, done.err
    assert askbridge("export").out == first
    if filled.startswith("sqlite"):
        (tmp_path / "config.yaml").write_text(KEPT.replace("sqlite:///askbridge.db", postgres_database))
        assert askbridge("import", "all.jsonl").code == 0
        assert askbridge("export").out == first


def test_without_retention_nothing_is_done(tmp_path: Path, askbridge: Askbridge) -> None:
    (tmp_path / "config.yaml").write_text(SYNC)
    assert "no space has retention.closed_after" in askbridge("purge").out
    assert "does not exist" in askbridge("import", "nowhere.jsonl").err
