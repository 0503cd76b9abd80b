"""What is taken away leaves the files, whoever reads meanwhile; what waits and what was put aside goes as well."""

import time
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.base import Executable

from bridge.domain.facts import QuestionReleased
from bridge.domain.interests import Interest
from bridge.domain.questions import State
from bridge.store.database import Database
from bridge.store.json import dump
from bridge.store.tables import facts
from bridge.store.transaction import StoreTransaction
from bridge.workflow.cases import Asking, Prompt
from bridge.workflow.effects import EditCard, Inform
from bridge.workflow.people_ports import Followed
from bridge.workflow.rights import BEGINNING, Overdue, Place
from tests.store.samples import ANN, BOB, NOW, ROOM, answer, ask, grant, message

GONE = "@forgotten-1:invalid"


def test_text_leaves_the_log_as_soon_as_nobody_reads(sqlite_url: str, tmp_path: Path) -> None:
    """A long read must not keep the writer waiting; nor may the text stay because of it."""

    def files() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("store.db*"))

    def wipe(tx: StoreTransaction) -> None:
        question = tx.questions.get(1)
        assert question is not None
        tx.questions.save(replace(question, text=""))
        tx.rights.erased()

    with closing(Database.open(sqlite_url)) as db:
        db.write_now(lambda tx: ask(tx, text="words-to-go"))
        with db.snapshot() as conn:
            conn.execute(select(facts)).all()
            start = time.perf_counter()
            db.write_now(wipe)
            assert time.perf_counter() - start < 3, "it did not wait for the reader"
        assert b"words-to-go" in files()
        db._look_again_at = 0.0
        db.write_now(lambda tx: tx.settings.set("any", "thing"))
        assert b"words-to-go" not in files()


def test_what_waits_goes_and_the_rest_stays(db: Database) -> None:
    def fill(tx: StoreTransaction) -> None:
        asked = ask(tx, asker=BOB, directed_to=(ANN, BOB))
        tx.questions.add_answer(answer("$a", asked.number, author=ANN))
        for number, sender in enumerate((ANN, BOB)):
            event = message(f"$waits{number}", sender=sender, content={"body": "words"})
            tx.inbox.accept([(f"$waits{number}", ROOM, NOW, dump(event), "new", 0, 0)])
        late = message("$late", sender=ANN)
        tx.inbox.accept([("$late", ROOM, NOW + 9, dump(late), "new", 0, 0)])
        tx.outbox.add("to-ann", Inform(person=ANN, key="nudge"), NOW)
        tx.outbox.add("to-bob", Inform(person=BOB, key="nudge"), NOW)
        tx.outbox.add("card", EditCard(room_id=ROOM, number=1), NOW)
        tx.grants.save(grant(1))
        tx.grants.save(grant(2, person=BOB, sponsor="@cy:example.org"))
        tx.prompts.add(Prompt("$asked", Asking.FORGET, 0, ANN, str(NOW)))
        tx.interests.add(Followed(ANN, Interest(about=BOB), ROOM))
        tx.interests.add(Followed(BOB, Interest(about=ANN), ROOM))
        tx.interests.add(Followed(BOB, Interest(about="@cy:example.org"), ROOM))

    db.write_now(fill)
    db.write_now(lambda tx: tx.rights.drop(ANN, GONE, NOW))

    def look(tx: StoreTransaction) -> None:
        assert [row.event_id for row in tx.inbox.pending(NOW + 10)] == ["$waits1", "$late"]
        assert [row.effect_id for row in tx.outbox.pending(NOW)] == ["to-bob", "card"]
        assert not tx.outbox.waits("to-ann")
        assert [g.reason for g in map(tx.grants.get, (1, 2)) if g] == ["", "the tender"]
        assert tx.prompts.get("$asked") is None
        assert [f.interest.about for f in (*tx.interests.of(ANN), *tx.interests.of(BOB))] == ["@cy:example.org"]

    db.write_now(look)
    share = db.read_now(lambda tx: tx.rights.share(ANN, 1, 10, 10))
    assert (share.concerned, share.answered, share.held) == ((1,), (1,), 0)


def test_what_is_overdue_is_found_once_whatever_lies_between(db: Database) -> None:
    """Held, waiting, young and other spaces' questions are passed by; a walk ends."""

    def fill(tx: StoreTransaction) -> None:
        for number in range(1, 41):
            old = number % 4
            state = State.CLAIMED if old == 3 else State.CLOSED
            ask(
                tx,
                created_at=NOW - 100,
                state=state,
                closed_at=NOW + number if old == 2 else NOW - 50,
                held=old == 1 and number > 20,
                withdrawn=number == 4,
                space="lab" if number == 8 else "helpdesk",
            )

    db.write_now(fill)
    found: list[int] = []
    place: Place | None = BEGINNING
    rounds = 0
    while place is not None:
        part = db.read_now(partial(_overdue, place))
        found += part.numbers
        place, rounds = part.next, rounds + 1
    old = [n for n in range(1, 41) if n % 4 in {0, 1} and n != 8 and not (n % 4 == 1 and n > 20)]
    assert found == old
    assert rounds < 40


def _overdue(place: Place, tx: StoreTransaction) -> Overdue:
    return tx.rights.overdue({"helpdesk": NOW}, place, 7, 3)


def test_facts_cannot_be_changed_by_anybody(db: Database) -> None:
    fact = QuestionReleased(at=NOW, actor=ANN, room_id=ROOM, space="helpdesk", number=0)
    db.write_now(lambda tx: tx.facts.add(fact))
    for statement in (facts.update().values(actor=GONE), facts.delete()):
        with pytest.raises(DBAPIError, match="append-only"):
            db.write_now(partial(_execute, statement))


def _execute(statement: Executable, tx: StoreTransaction) -> None:
    tx.session.conn.execute(statement)
