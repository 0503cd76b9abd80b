"""Whose turn it is, and how much each has to do."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from bridge.domain.questions import State
from bridge.domain.queue_facts import RuleMatched
from bridge.domain.teams import Turn
from bridge.store.database import Database
from tests.store.samples import question


def test_turns_stay_and_load_counts_what_waits(db: Database) -> None:
    def ask(tx: Any) -> None:
        assert tx.rotations.last("network") is None
        tx.rotations.turn("network", Turn("@ann:x", 0))
        for number, (who, state) in enumerate(
            [("@ann:x", State.OPEN), ("@ann:x", State.CLAIMED), ("@ann:x", State.ANSWERED), ("@bob:x", State.OPEN)], 1
        ):
            tx.questions.add(replace(question(number), assignee=who, state=state))
        tx.questions.add(question(5))
        assert tx.rotations.load(["@ann:x", "@bob:x", "@eve:x"]) == {"@ann:x": 2, "@bob:x": 1}

    db.write_now(ask)
    db.write_now(lambda tx: tx.rotations.turn("network", Turn("@bob:x", 1)))
    assert db.read_now(lambda tx: tx.rotations.last("network")) == Turn("@bob:x", 1)

    def settle(tx: Any) -> Any:
        tx.questions.save(replace(tx.questions.get(1), withdrawn=True))
        tx.questions.save(replace(tx.questions.get(2), state=State.CLOSED))
        return tx.rotations.load(["@ann:x", "@bob:x"])

    assert db.write_now(settle) == {"@bob:x": 1}


def test_the_load_is_read_off_its_index(sqlite_url: str) -> None:
    database = Database.open(sqlite_url)
    plan = database.read_now(
        lambda tx: tx.session.conn.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT assignee, count(*) FROM questions WHERE assignee IN ('a', 'b') AND assignee"
                " IS NOT NULL AND withdrawn IS 0 AND state IN ('claimed', 'open') GROUP BY assignee"
            )
        ).fetchall()
    )
    database.close()
    assert "USING COVERING INDEX ix_questions_load" in str(plan) or "USING INDEX ix_questions_load" in str(plan)


@pytest.mark.parametrize("number", [7])
def test_facts_of_a_question_come_back_as_they_were(db: Database, number: int) -> None:
    facts = [
        RuleMatched(at=at, actor="@qa:x", room_id="!r:x", space="acme", number=n, rule="vpn", because=("text", "from"))
        for at, n in ((1, number), (2, number), (3, 8))
    ]

    def write(tx: Any) -> None:
        for fact in facts:
            tx.facts.add(fact)

    db.write_now(write)
    assert db.read_now(lambda tx: tx.facts.of(number, RuleMatched)) == facts[:2]
