"""What is kept of triage rooms."""

from dataclasses import replace

from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Room
from bridge.workflow.triage_ports import Note, TriageCard
from tests.store.samples import question

CARD = TriageCard(1, "!triage:example.org")


def test_cards_are_kept_and_found_together(db: Database) -> None:
    def write(tx: StoreTransaction) -> None:
        for number in (1, 2):
            tx.questions.add(question(number))
            tx.triage_cards.save(replace(CARD, number=number))
        tx.triage_cards.save(replace(CARD, event_id="$card", digest="look"))

    db.write_now(write)
    db.write_now(lambda tx: tx.triage_cards.save(replace(CARD, event_id="$card", digest="other", closed_by="$x")))
    found = db.read_now(lambda tx: tx.triage_cards.several([1, 2, 3]))
    assert found == {1: TriageCard(1, CARD.room_id, "$card", "other", "$x"), 2: replace(CARD, number=2)}
    assert db.read_now(lambda tx: tx.triage_cards.get(3)) is None


def test_notes_are_listed_as_long_as_they_have_words(db: Database) -> None:
    first = Note("$n1", 1, "@bob:example.org", "they called", 10, "!triage:example.org")
    second = replace(first, event_id="$n2", text="twice", created_at=20)

    def write(tx: StoreTransaction) -> None:
        tx.rooms.save(Room("!triage:example.org", joined=True))
        tx.questions.add(question(1))
        for note in (second, first):
            tx.notes.save(note)

    db.write_now(write)
    assert db.read_now(lambda tx: tx.notes.of(1)) == [first, second]
    db.write_now(lambda tx: tx.notes.save(replace(first, text="", shown="$shown")))
    assert db.read_now(lambda tx: tx.notes.of(1)) == [second]
    assert db.read_now(lambda tx: tx.notes.get("$n1")) == replace(first, text="", shown="$shown")


def test_the_rooms_of_a_space_follow_what_changes(db: Database) -> None:
    def rooms(tx: StoreTransaction) -> list[str]:
        return [room.room_id for room in tx.rooms.of_space("acme")]

    def moves(tx: StoreTransaction) -> list[str]:
        tx.rooms.save(Room("!b", space="acme"))
        tx.rooms.save(Room("!a", space="other"))
        return rooms(tx)

    db.write_now(lambda tx: tx.rooms.save(Room("!a", space="acme")))
    assert db.write_now(rooms) == ["!a"]
    assert db.write_now(moves) == ["!b"]
    assert db.write_now(rooms) == ["!b"]
    db.write_now(lambda tx: tx.rooms.save(Room("!b")))
    assert db.write_now(rooms) == []
