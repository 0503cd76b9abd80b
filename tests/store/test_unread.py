"""Events that cannot be read wait for their key: nothing waits for them, and they come back in their old place."""

import pytest

from bridge.store import unread
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.store.unread import Row
from bridge.workflow.records import SetAside
from tests.store.samples import NOW


def row(event_id: str, room: str = "!x", at: int = NOW) -> Row:
    return (event_id, room, at, f'{{"event_id":"{event_id}"}}', "new", 0, 0)


def aside(db: Database, *waiting: tuple[str, str], at: int = NOW) -> int:
    rows = [(row(event_id, at=at), session) for event_id, session in waiting]
    return db.write_now(lambda tx: tx.inbox.accept_unread(rows))


def seen(tx: StoreTransaction) -> tuple[list[str], dict[str, str], list[str], int]:
    """What is to be handled; what waits, from memory and from rows."""
    to_tell = [one.event_id for one in tx.inbox.unread(100, NOW * 2)]
    pending = [one.event_id for one in tx.inbox.pending(NOW)]
    return pending, dict(tx.inbox.unread_ids()), to_tell, tx.inbox.unread_count()


def test_a_row_set_aside_blocks_nothing_and_comes_back_before_what_came_after_it(url: str) -> None:
    db = Database.open(url)
    db.write_now(lambda tx: tx.inbox.accept([row("$1"), row("$2"), row("$3", "!y")]))

    def set_aside(tx: StoreTransaction) -> None:
        first = tx.inbox.pending(NOW)[0]
        tx.inbox.retry(first, NOW + 50)
        tx.inbox.set_aside(first, "S1\0")

    db.write_now(set_aside)
    expected = (["$2", "$3"], {"$1": "S1\N{REPLACEMENT CHARACTER}"}, ["$1"], 1)
    assert db.write_now(seen) == expected
    assert db.depths().inbox == 2
    db.close()
    db = Database.open(url)
    assert db.read_now(seen) == expected
    assert db.write_now(lambda tx: tx.inbox.revive(["other", *expected[1].values()])) == 1
    assert db.write_now(seen) == (["$1", "$2", "$3"], {}, [], 0)
    assert {one.tries for one in db.read_now(lambda tx: tx.inbox.pending(NOW))} == {0}
    db.close()


def test_only_rows_that_are_not_there_yet_are_set_aside_at_the_door(db: Database) -> None:
    db.write_now(lambda tx: tx.inbox.accept([row("$1")]))
    assert aside(db, ("$1", "S"), ("$2", "S"), ("$2", "T"), ("$3", "")) == 2
    assert aside(db, ("$2", "T")) == 0
    assert db.write_now(seen) == (["$1"], {"$2": "S", "$3": ""}, ["$2", "$3"], 2)
    assert db.write_now(lambda tx: tx.inbox.accept([row("$2")])) == 0
    [found, _] = db.read_now(lambda tx: tx.inbox.unread(100, NOW))
    assert found == SetAside(found.seq, "$2", "!x", {"event_id": "$2"}, NOW, "S")


def test_what_was_told_is_not_told_again_but_its_key_is_still_of_use(url: str) -> None:
    db = Database.open(url)
    aside(db, ("$1", "S"), ("$2", "T"))
    aside(db, ("$3", "S"), at=NOW + 10)
    rows = db.read_now(lambda tx: tx.inbox.unread(100, NOW))
    assert [one.event_id for one in rows] == ["$1", "$2"]
    assert [one.event_id for one in db.read_now(lambda tx: tx.inbox.unread(1, NOW))] == ["$1"]
    db.write_now(lambda tx: tx.inbox.told(rows[:1]))
    told: tuple[list[str], dict[str, str], list[str], int] = ([], {"$2": "T", "$3": "S"}, ["$2", "$3"], 3)
    assert db.write_now(seen) == told
    db.close()
    db = Database.open(url)
    assert db.write_now(seen) == told
    assert db.write_now(lambda tx: tx.inbox.revive(["S"])) == 2
    assert db.write_now(seen) == (["$1", "$3"], {"$2": "T"}, ["$2"], 1)
    assert [one.tries for one in db.read_now(lambda tx: tx.inbox.pending(NOW))] == [0, 0]
    aside(db, ("$4", "T"))
    db.write_now(lambda tx: tx.inbox.told(tx.inbox.unread(1, NOW)))
    assert db.write_now(lambda tx: tx.inbox.release(["T"])) == 1
    assert db.write_now(seen) == (["$1", "$3", "$4"], {}, [], 1)
    db.close()


def test_the_redacted_and_the_old_are_forgotten(db: Database) -> None:
    aside(db, ("$1", "S"), ("$2", "S"), ("$3", "S"))
    aside(db, ("$4", "S"), at=NOW + 10)
    db.write_now(lambda tx: tx.inbox.forget("$1"))
    assert db.write_now(seen) == ([], {"$2": "S", "$3": "S", "$4": "S"}, ["$2", "$3", "$4"], 3)
    assert db.write_now(lambda tx: tx.inbox.forget_unread(NOW + 10, 1)) == 1
    assert db.write_now(lambda tx: tx.inbox.forget_unread(NOW + 10, 10)) == 1
    assert db.write_now(seen) == ([], {"$4": "S"}, ["$4"], 1)
    assert db.write_now(lambda tx: tx.inbox.revive(["S"])) == 1
    assert db.write_now(seen)[0] == ["$4"]
    assert aside(db, ("$1", "S"), ("$3", "S")) == 1


def test_a_transaction_that_fails_sets_nothing_aside(db: Database) -> None:
    aside(db, ("$1", "S"))
    db.write_now(lambda tx: tx.inbox.accept([row("$2")]))
    before = db.write_now(seen)

    def fails(tx: StoreTransaction) -> None:
        tx.inbox.set_aside(tx.inbox.pending(NOW)[0], "T")
        tx.inbox.accept_unread([(row("$3"), "T")])
        tx.inbox.revive(["S"])
        assert dict(tx.inbox.unread_ids()) == {"$2": "T", "$3": "T"}
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.write_now(fails)
    assert db.write_now(seen) == before == (["$2"], {"$1": "S"}, ["$1"], 1)


def test_only_the_newest_are_held_in_memory_and_all_come_back(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unread, "HELD", 2)
    db = Database.open(url)
    aside(db, *((f"${n}", "S") for n in range(4)))
    aside(db, ("$4", "S"))
    assert dict(db.read_now(lambda tx: tx.inbox.unread_ids())) == {"$3": "S", "$4": "S"}
    db.close()
    db = Database.open(url)
    assert list(db.read_now(lambda tx: tx.inbox.unread_ids())) == ["$3", "$4"]
    before = db.statements
    assert db.write_now(lambda tx: tx.inbox.unread_ids().get("$3")) == "S"
    assert db.statements == before
    assert db.write_now(lambda tx: tx.inbox.revive(["S"])) == 5
    assert db.write_now(seen) == ([f"${n}" for n in range(5)], {}, [], 0)
    db.close()
