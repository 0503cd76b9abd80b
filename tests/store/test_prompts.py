"""Messages that wait for a ✅, and removals that belong together."""

from dataclasses import replace

import pytest

from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.cases import Asking, Cascade, Prompt
from tests.store.samples import ANN, BOB, NOW

FIRST, SECOND = Prompt("$1", Asking.APPROVE, 1, BOB), Prompt("$2", Asking.TERMS, 1, ANN, "v2")
THIRD = Prompt("$3", Asking.RENEW, 2, BOB)
CASCADE = Cascade(1, ANN, BOB, "acme", revoked=True, total=200, started_at=NOW)


def add(db: Database, *prompts: Prompt) -> None:
    def work(tx: StoreTransaction) -> None:
        for prompt in prompts:
            tx.prompts.add(prompt)

    db.write_now(work)


def found(tx: StoreTransaction) -> list[Prompt | None]:
    return [tx.prompts.get(event_id) for event_id in ("$1", "$2", "$3")]


def test_prompts_come_back_as_they_went_in(url: str) -> None:
    first = Database.open(url)
    add(first, FIRST, SECOND, THIRD)
    first.write_now(lambda tx: tx.prompts.forget(2))
    first.close()
    again = Database.open(url)
    assert again.write_now(found) == [FIRST, SECOND, None] == again.read_now(found)
    again.close()


def test_what_is_settled_means_nothing_any_more(db: Database) -> None:
    add(db, FIRST, THIRD)

    def settle(tx: StoreTransaction) -> None:
        tx.prompts.add(SECOND)
        tx.prompts.forget(1)
        assert found(tx) == [None, None, THIRD]
        tx.prompts.add(SECOND)
        assert found(tx) == [None, SECOND, THIRD]

    db.write_now(settle)
    assert db.write_now(found) == [None, SECOND, THIRD]
    db.write_now(lambda tx: tx.prompts.forget(1))
    assert db.write_now(found) == [None, None, THIRD]


def test_a_prompt_that_is_told_twice_stays_what_it_was(url: str) -> None:
    first = Database.open(url)
    add(first, FIRST)
    add(first, replace(FIRST, grant=2))
    assert first.write_now(found)[0] == FIRST
    first.close()
    again = Database.open(url)
    assert again.write_now(found)[0] == FIRST
    again.close()


def test_a_rolled_back_prompt_never_was(db: Database) -> None:
    add(db, FIRST)

    def fails(tx: StoreTransaction) -> None:
        tx.prompts.forget(1)
        tx.prompts.add(THIRD)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.write_now(fails)
    assert db.write_now(found) == [FIRST, None, None]
    add(db, THIRD)
    assert db.write_now(found) == [FIRST, None, THIRD]


def test_looking_for_a_prompt_costs_no_query(db: Database) -> None:
    add(db, FIRST)
    before = db.statements
    assert db.write_now(found) == [FIRST, None, None]
    assert db.statements == before


def test_a_cascade_comes_back_as_it_went_in_and_is_finished(db: Database) -> None:
    by_time = replace(CASCADE, number=2, revoked=False)
    finished = replace(CASCADE, done_at=NOW + 5)

    def work(tx: StoreTransaction) -> None:
        tx.cascades.save(CASCADE)
        tx.cascades.save(by_time)
        assert tx.cascades.get(1) == CASCADE
        tx.cascades.save(finished)

    db.write_now(work)
    found = db.read_now(lambda tx: [tx.cascades.get(number) for number in (1, 2, 3)])
    assert found == [finished, by_time, None]
    kept = found[1]
    assert kept is not None
    assert kept.revoked is False


def test_cascades_are_numbered_from_one_on_and_apart_within_a_transaction(db: Database) -> None:
    def two(tx: StoreTransaction) -> list[int]:
        numbers = [tx.cascades.next_number(), tx.cascades.next_number()]
        for number in numbers:
            tx.cascades.save(replace(CASCADE, number=number))
        return numbers

    def fails(tx: StoreTransaction) -> None:
        tx.cascades.save(replace(CASCADE, number=tx.cascades.next_number()))
        raise ZeroDivisionError

    assert db.write_now(two) == [1, 2]
    with pytest.raises(ZeroDivisionError):
        db.write_now(fails)
    assert db.write_now(two) == [3, 4]
