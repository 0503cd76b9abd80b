"""Violations: who is where they have no place, from memory, and never ahead of the commit."""

import time

import pytest

from bridge.domain.admission import NoPlace
from bridge.domain.enforcement import Cause, Obstacle, Step
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.cases import Violation
from tests.store.samples import ANN, BOB, NOW, ROOM, violation

OTHER = "!other:example.org"
FULL = Violation(
    ROOM,
    ANN,
    membership="invite",
    reason=NoPlace.TERMS,
    step=Step.STUCK,
    cause=Cause.ENDED,
    since=NOW,
    by=BOB,
    obstacle=Obstacle.RIGHTS,
    cascade=3,
    problem="M_FORBIDDEN",
)


def save(db: Database, *violations: Violation) -> None:
    def work(tx: StoreTransaction) -> None:
        for each in violations:
            tx.violations.save(each)

    db.write_now(work)


def end(db: Database, room_id: str, user_id: str, now: int = NOW + 1, *, removed: bool = False) -> None:
    db.write_now(lambda tx: tx.violations.end(room_id, user_id, now, removed=removed))


def seen(tx: StoreTransaction) -> dict[str, object]:
    """All that can be asked about what goes on, in an order of its own."""
    return {
        "rooms": {room: {v.place: v for v in tx.violations.of_room(room)} for room in (ROOM, OTHER)},
        "people": {who: {v.place: v for v in tx.violations.of_person(who)} for who in (ANN, BOB)},
        "all": {v.place: v for v in tx.violations.all()},
        "steps": {step: {v.place: v for v in tx.violations.at(step)} for step in Step},
        "counts": {step: tx.violations.count(step) for step in Step},
        "each": [tx.violations.get(room, who) for room in (ROOM, OTHER) for who in (ANN, BOB)],
    }


def test_violations_come_back_as_they_went_in(url: str) -> None:
    first = Database.open(url)
    save(first, FULL, violation(user_id=BOB), violation(OTHER))
    end(first, OTHER, ANN)
    before = first.write_now(seen)
    first.close()
    again = Database.open(url)
    assert again.write_now(seen) == before == again.read_now(seen)
    assert again.read_now(lambda tx: tx.violations.get(ROOM, ANN)) == FULL
    assert again.hushed(ROOM)
    again.close()


def test_a_transaction_sees_what_it_did_itself(db: Database) -> None:
    save(db, FULL, violation(user_id=BOB), violation(OTHER))

    def work(tx: StoreTransaction) -> dict[str, object]:
        tx.violations.save(violation(step=Step.WAITING))
        tx.violations.end(ROOM, BOB, NOW, removed=False)
        tx.violations.save(violation(OTHER, BOB, step=Step.WAITING))
        inside = seen(tx)
        assert inside["counts"] == {**dict.fromkeys(Step, 0), Step.DUE: 1, Step.WAITING: 2}
        assert [v.user_id for v in tx.violations.of_room(ROOM)] == [ANN]
        assert {v.room_id for v in tx.violations.of_person(BOB)} == {OTHER}
        assert tx.violations.get(ROOM, BOB) is None
        return inside

    inside = db.write_now(work)
    assert db.write_now(seen) == inside == db.read_now(seen)


def test_what_was_rolled_back_never_was(db: Database) -> None:
    save(db, FULL, violation(OTHER))
    before = db.write_now(seen)

    def fails(tx: StoreTransaction) -> None:
        tx.violations.save(violation(user_id=BOB))
        tx.violations.end(OTHER, ANN, NOW, removed=True)
        tx.violations.end(ROOM, ANN, NOW, removed=True)
        tx.flush()
        assert [v.place for v in tx.violations.all()] == [(ROOM, BOB)]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.write_now(fails)
    assert db.write_now(seen) == before
    assert db.write_now(lambda tx: tx.violations.removed_at(OTHER, ANN)) is None
    assert (db.hushed(OTHER), db.hushed(ROOM)) == (True, False)


def test_when_somebody_was_last_put_out_is_remembered_when_they_come_again(db: Database) -> None:
    def removed_at() -> int | None:
        return db.write_now(lambda tx: tx.violations.removed_at(ROOM, ANN))

    assert removed_at() is None
    save(db, violation())
    end(db, ROOM, ANN, NOW + 1, removed=True)
    assert removed_at() == NOW + 1
    save(db, FULL)
    assert db.write_now(lambda tx: tx.violations.get(ROOM, ANN)) == FULL
    assert removed_at() == NOW + 1
    end(db, ROOM, ANN, NOW + 2)
    assert removed_at() == NOW + 1
    end(db, ROOM, ANN, NOW + 3, removed=True)
    assert removed_at() == NOW + 1, "what is over does not end again"


def test_ended_and_begun_anew_in_one_transaction(url: str) -> None:
    def work(tx: StoreTransaction) -> None:
        tx.violations.save(violation())
        tx.violations.end(ROOM, ANN, NOW, removed=True)
        assert tx.violations.get(ROOM, ANN) is None
        tx.violations.save(violation(since=NOW + 1))
        assert tx.violations.removed_at(ROOM, ANN) == NOW

    first = Database.open(url)
    first.write_now(work)
    before = first.write_now(seen)
    assert before["all"] == {(ROOM, ANN): violation(since=NOW + 1)}
    first.close()
    again = Database.open(url)
    assert again.write_now(seen) == before
    again.close()


def test_what_never_was_does_not_end(db: Database) -> None:
    before = db.statements
    end(db, ROOM, ANN, removed=True)
    assert db.statements == before
    assert db.write_now(lambda tx: tx.violations.removed_at(ROOM, ANN)) is None


@pytest.mark.parametrize(
    ("step", "membership", "hushed"),
    [
        (Step.DUE, "join", True),
        (Step.DUE, "invite", False),
        (Step.DUE, "knock", False),
        (Step.STUCK, "join", False),
        (Step.WAITING, "join", False),
        (Step.REPORT, "join", False),
    ],
)
def test_a_room_is_hushed_until_the_last_of_those_who_must_go_is_gone(
    db: Database, step: Step, membership: str, hushed: bool
) -> None:
    save(db, violation(step=step, membership=membership), violation(user_id=BOB, step=step, membership=membership))
    assert db.hushed(ROOM) is hushed
    end(db, ROOM, ANN, removed=True)
    assert db.hushed(ROOM) is hushed
    save(db, violation(user_id=BOB, step=Step.STUCK))
    assert not db.hushed(ROOM)
    assert not db.hushed(OTHER)


def test_those_that_go_on_cost_no_query(db: Database) -> None:
    save(db, FULL)
    before = db.statements
    assert db.write_now(seen)["all"] == {(ROOM, ANN): FULL}
    assert db.statements == before


def test_counts_by_step_name_every_step(db: Database) -> None:
    save(db, FULL, violation(OTHER), violation(OTHER, BOB))
    assert db.doors().violations == {**{step.value: 0 for step in Step}, "stuck": 1, "due": 2}
    end(db, OTHER, BOB)
    assert db.doors().violations["due"] == 1


def test_a_problem_that_no_database_can_hold_is_the_same_in_memory(url: str) -> None:
    first = Database.open(url)
    save(first, violation(problem="no\0\ud800"))
    before = first.write_now(seen)
    first.close()
    again = Database.open(url)
    assert again.write_now(seen) == before
    again.close()


def test_work_for_one_does_not_grow_with_all_that_go_on(sqlite_url: str) -> None:
    """Counted by the clock of this process, and with room to spare: what copies all takes a hundred times as long."""
    db = Database.open(sqlite_url)

    def cost(turns: int = 100) -> float:
        start = time.process_time()
        for n in range(turns):
            save(db, violation(f"!r{n}", f"@p{n}:x"))
            end(db, f"!r{n}", f"@p{n}:x")
        return time.process_time() - start

    cost()
    few = cost()
    save(db, *(violation(f"!r{n % 200}", f"@q{n}:x") for n in range(20_000)))
    assert cost() < 5 * few + 0.05
    db.close()
