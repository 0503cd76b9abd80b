"""Grants: those that go on from memory, those that are over from the database, and never ahead of the commit."""

import psycopg
import pytest

from bridge.domain.grants import Grant
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.ports import RetryLater
from tests.store.samples import ANN, BOB, DAY, NOW, ROOM, ask, grant

FULL = grant(
    7,
    room_id=ROOM,
    ends_at=NOW + DAY,
    approved_by=BOB,
    terms_accepted="v2",
    terms_due=NOW + 5,
    warned=7,
    wanted_end=0,
    orphaned=True,
)
OVER = grant(8, ended_at=NOW + 9, ended_by=BOB)


def save(db: Database, *grants: Grant) -> None:
    def work(tx: StoreTransaction) -> None:
        for each in grants:
            tx.grants.save(each)

    db.write_now(work)


def seen(tx: StoreTransaction) -> dict[str, object]:
    """All that can be asked about what goes on."""
    return {
        "of": {who: tx.grants.of(who) for who in (ANN, BOB)},
        "all": sorted(each.number for each in tx.grants.all()),
        "alone": tx.grants.alone_in(ROOM),
        "numbered": [tx.grants.get(n) for n in range(10)],
        "over": tx.grants.ended_of(ANN),
    }


def test_grants_come_back_as_they_went_in(url: str) -> None:
    first = Database.open(url)
    save(first, FULL, grant(1, reason=""), OVER)
    before = first.write_now(seen)
    first.close()
    again = Database.open(url)
    assert again.write_now(seen) == before
    assert again.read_now(seen) == before
    found = again.read_now(lambda tx: tx.grants.get(7))
    assert found == FULL
    assert found is not None
    assert found.orphaned is True
    assert again.read_now(lambda tx: tx.grants.get(8)) == OVER
    again.close()


def test_a_transaction_sees_what_it_did_itself(db: Database) -> None:
    save(db, FULL, grant(1))

    def work(tx: StoreTransaction) -> dict[str, object]:
        tx.grants.save(grant(7, room_id=ROOM, ended_at=NOW))
        tx.grants.save(grant(3, person=BOB))
        tx.grants.save(grant(2))
        inside = seen(tx)
        assert inside["of"] == {ANN: (grant(1), grant(2)), BOB: (grant(3, person=BOB),)}
        assert inside["all"] == [1, 2, 3]
        assert inside["alone"] is False
        return inside

    inside = db.write_now(work)
    assert db.write_now(seen) == inside == db.read_now(seen)


def test_a_grant_changes_and_ends(db: Database) -> None:
    save(db, grant(1, room_id=ROOM, approved_by=None))
    assert not db.write_now(lambda tx: tx.grants.alone_in(ROOM))
    save(db, grant(1, room_id=ROOM))
    assert db.write_now(lambda tx: tx.grants.alone_in(ROOM))
    ended = grant(1, room_id=ROOM, ended_at=NOW, ended_by=ANN)
    save(db, ended)
    assert db.write_now(seen) == {
        "of": {ANN: (), BOB: ()},
        "all": [],
        "alone": False,
        "numbered": [None, ended, *[None] * 8],
        "over": [ended],
    }


def test_a_room_is_opened_alone_while_one_of_several_grants_lasts(db: Database) -> None:
    save(db, grant(1, room_id=ROOM), grant(2, room_id=ROOM, person=BOB), grant(3))

    def end_the_first(tx: StoreTransaction) -> bool:
        tx.grants.save(grant(1, room_id=ROOM, ended_at=NOW))
        return tx.grants.alone_in(ROOM)

    assert db.write_now(end_the_first)
    assert db.write_now(lambda tx: tx.grants.alone_in(ROOM))
    assert not db.write_now(lambda tx: tx.grants.alone_in("!other"))
    save(db, grant(2, room_id=ROOM, person=BOB, ended_at=NOW))
    assert not db.write_now(lambda tx: tx.grants.alone_in(ROOM))


def test_what_was_rolled_back_never_was(db: Database) -> None:
    save(db, grant(1))
    before = db.write_now(seen)

    def fails(tx: StoreTransaction) -> None:
        assert tx.grants.next_number() == 2
        tx.grants.save(grant(2, room_id=ROOM))
        tx.grants.save(grant(1, ended_at=NOW))
        tx.flush()
        assert tx.grants.of(ANN) == (grant(2, room_id=ROOM),)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.write_now(fails)
    assert db.write_now(seen) == before == db.read_now(seen)
    assert db.write_now(lambda tx: tx.grants.next_number()) == 2


def test_numbers_go_up(db: Database) -> None:
    def two(tx: StoreTransaction) -> list[int]:
        numbers = [tx.grants.next_number(), tx.grants.next_number()]
        tx.grants.save(grant(numbers[1], ended_at=NOW))
        return numbers

    assert db.write_now(two) == [1, 2]
    assert db.write_now(two) == [3, 4]


def test_those_that_are_over_the_latest_first_and_no_more_than_wanted(db: Database) -> None:
    save(db, *(grant(n, ended_at=NOW + n % 3) for n in range(1, 8)), grant(8), grant(9, person=BOB, ended_at=NOW))
    found = db.read_now(lambda tx: tx.grants.ended_of(ANN))
    assert [each.number for each in found] == [5, 2, 7, 4, 1]
    assert [each.number for each in db.read_now(lambda tx: tx.grants.ended_of(ANN, 99))] == [5, 2, 7, 4, 1, 6, 3]


def test_those_that_go_on_cost_no_query(db: Database) -> None:
    save(db, FULL)

    def look(tx: StoreTransaction) -> None:
        assert tx.grants.of(ANN) == (FULL,)
        assert tx.grants.get(7) == FULL
        assert list(tx.grants.all()) == [FULL]
        assert tx.grants.alone_in(ROOM)

    before = db.statements
    db.write_now(look)
    assert db.statements == before


def test_a_reason_that_no_database_can_hold_is_the_same_in_memory(db: Database) -> None:
    save(db, grant(1, reason="a\0b\ud800"))
    held = db.write_now(lambda tx: tx.grants.of(ANN))
    save(db, grant(1, reason="a\0b\ud800", ended_at=NOW))
    assert db.read_now(lambda tx: tx.grants.get(1)) == grant(1, reason=held[0].reason, ended_at=NOW)


def test_a_lost_connection_changes_nothing(postgres_database: str) -> None:
    db = Database.open(postgres_database)
    save(db, FULL, OVER)
    before = db.write_now(seen)
    with psycopg.connect(postgres_database, autocommit=True) as other:
        other.execute("UPDATE grants SET warned = 1 WHERE number = 7")
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'askbridge'")
    with pytest.raises(RetryLater):
        save(db, grant(1), ask_too := grant(2))
    assert db.write_now(ask).number == 1
    after = db.write_now(seen)
    assert after["all"] == before["all"] == [7]
    assert db.write_now(lambda tx: [each.warned for each in tx.grants.of(ANN)]) == [1]
    assert db.write_now(lambda tx: tx.grants.get(ask_too.number)) is None
    db.close()


def test_counts_by_space_are_of_those_that_were_approved(db: Database) -> None:
    save(db, grant(1), grant(2), grant(3, space="beta"), grant(4, approved_by=None), OVER)
    assert db.doors().grants == {"acme": 2, "beta": 1}
    save(db, grant(3, space="beta", ended_at=NOW), grant(4))
    assert db.doors().grants == {"acme": 3}
