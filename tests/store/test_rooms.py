"""Rooms, members and people: in memory where they are asked for often, and never ahead of the commit."""

import pytest

from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Person, Room
from tests.store.samples import ANN, BOB, ROOM

FULL = Room(
    ROOM,
    space="helpdesk",
    joined=True,
    direct_with=ANN,
    predecessor="!old:example.org",
    successor="!new:example.org",
    defines="acme",
    parent="!parent:example.org",
    state={"m.room.name": {"": {"content": {"name": "Help \0"}, "sender": BOB, "event_id": "$n"}}},
)


def test_a_room_comes_back_as_it_went_in(url: str) -> None:
    first = Database.open(url)
    first.write_now(lambda tx: tx.rooms.save(FULL))
    first.close()
    again = Database.open(url)
    assert again.read_now(lambda tx: tx.rooms.get(ROOM)) == FULL
    assert dict(again.read_now(lambda tx: tx.rooms.all())) == {ROOM: FULL}
    again.close()


def test_known_rooms_and_people_cost_no_query(db: Database) -> None:
    db.write_now(lambda tx: tx.rooms.save(FULL))
    db.write_now(lambda tx: tx.persons.save(Person(ANN, "fr", "!direct:example.org")))

    def look(tx: StoreTransaction) -> None:
        assert tx.rooms.get(ROOM) == FULL
        assert tx.rooms.get("!unknown:example.org") is None
        assert list(tx.rooms.all()) == [ROOM]
        assert tx.persons.get(ANN) == Person(ANN, "fr", "!direct:example.org")
        assert tx.persons.several([ANN, BOB]) == {ANN: tx.persons.get(ANN), BOB: Person(BOB)}

    before = db.statements
    db.write_now(look)
    assert db.statements == before


def test_a_rolled_back_transaction_leaves_nothing_in_memory(db: Database) -> None:
    def fails(tx: StoreTransaction) -> None:
        tx.rooms.save(FULL)
        tx.rooms.set_member(ROOM, ANN, "join", "Ann")
        tx.persons.save(Person(ANN, "fr"))
        assert tx.rooms.get(ROOM) == FULL
        assert dict(tx.rooms.all()) == {ROOM: FULL}
        assert tx.persons.get(ANN).language == "fr"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.write_now(fails)
    assert db.write_now(lambda tx: (tx.rooms.get(ROOM), dict(tx.rooms.all()))) == (None, {})
    assert db.write_now(lambda tx: tx.persons.get(ANN)) == Person(ANN)
    assert db.read_now(lambda tx: tx.rooms.members(ROOM)) == {}


def test_people_come_back_after_a_restart(url: str) -> None:
    first = Database.open(url)
    first.write_now(lambda tx: tx.persons.save(Person(ANN, "nl")))
    first.write_now(lambda tx: tx.persons.save(Person(ANN, "nl", "!d:example.org")))
    first.close()
    again = Database.open(url)
    assert again.read_now(lambda tx: tx.persons.get(ANN)) == Person(ANN, "nl", "!d:example.org")
    again.close()


def test_members_are_set_one_by_one_and_all_at_once(db: Database) -> None:
    def work(tx: StoreTransaction) -> None:
        tx.rooms.set_member(ROOM, ANN, "invite", "")
        tx.rooms.set_member(ROOM, ANN, "join", "Ann")
        tx.rooms.set_member(ROOM, BOB, "leave", "Bob")
        assert tx.rooms.members(ROOM) == {ANN: "join", BOB: "leave"}
        assert tx.rooms.joined_by(ANN) == {ROOM}
        assert tx.rooms.joined_by(BOB) == set()
        assert tx.rooms.in_company(ROOM, BOB, BOB)
        assert not tx.rooms.in_company(ROOM, ANN, BOB)

    db.write_now(work)
    everybody = {f"@p{n}:example.org": ("join", f"P{n}") for n in range(321)}
    db.write_now(lambda tx: tx.rooms.replace_members(ROOM, everybody))
    assert db.read_now(lambda tx: tx.rooms.members(ROOM)) == dict.fromkeys(everybody, "join")
    assert db.read_now(lambda tx: tx.rooms.joined_by(ANN)) == set()


def test_of_members_that_are_read_again_only_what_differs_is_written(db: Database) -> None:
    everybody = {f"@p{n}:example.org": ("join", f"P{n} \0") for n in range(321)}
    db.write_now(lambda tx: tx.rooms.replace_members(ROOM, everybody))

    def read_again(now: dict[str, tuple[str, str]]) -> int:
        before = db.statements
        db.write_now(lambda tx: tx.rooms.replace_members(ROOM, now))
        return db.statements - before

    assert read_again(everybody) == 1
    changed = everybody | {"@p1:example.org": ("leave", "P1"), "@p2:example.org": ("join", "Two"), ANN: ("join", "")}
    del changed["@p3:example.org"]
    assert read_again(changed) == 3
    assert db.read_now(lambda tx: tx.rooms.members(ROOM)) == {who: is_now for who, (is_now, _) in changed.items()}
    assert db.read_now(lambda tx: tx.rooms.names_in(ROOM))["@p2:example.org"] == "Two"


def test_display_names_of_many_cost_one_query(db: Database) -> None:
    def work(tx: StoreTransaction) -> None:
        tx.rooms.set_member("!a", ANN, "join", "Ann \0")
        tx.rooms.set_member("!b", ANN, "join", "Annie")
        tx.rooms.set_member("!a", BOB, "join", "")

    def look(tx: StoreTransaction) -> dict[tuple[str, str], str]:
        return tx.rooms.display_names([("!a", ANN), ("!b", ANN), ("!a", BOB)])

    db.write_now(work)
    before = db.statements
    assert db.read_now(look) == {("!a", ANN): "Ann \ufffd", ("!b", ANN): "Annie"}
    assert db.statements - before == 1
    assert db.read_now(lambda tx: tx.rooms.display_names([])) == {}


def test_the_revision_of_a_room_grows_with_each_change_that_lasts(db: Database) -> None:
    def revision() -> int:
        return db.write_now(lambda tx: tx.rooms.revision(ROOM))

    def changes(tx: StoreTransaction) -> None:
        before = tx.rooms.revision(ROOM)
        tx.rooms.set_member(ROOM, ANN, "join", "")
        assert tx.rooms.revision(ROOM) > before
        raise ZeroDivisionError

    start = revision()
    with pytest.raises(ZeroDivisionError):
        db.write_now(changes)
    assert revision() == start
    db.write_now(lambda tx: tx.rooms.save(FULL))
    saved = revision()
    db.write_now(lambda tx: tx.rooms.replace_members(ROOM, {}))
    assert start < saved < revision()
    assert db.write_now(lambda tx: tx.rooms.revision("!other")) == start
