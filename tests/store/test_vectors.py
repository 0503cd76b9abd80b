"""Vectors and duplicates, on every database."""

from bridge.semantic.layout import BLOCK, CODE_BYTES, PLACE_BYTES, place_of
from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction
from bridge.workflow.records import Room
from bridge.workflow.vectors import Vector, Wanted
from tests.store.samples import question

ROOM, OTHER = "!room:example.org", "!other:example.org"


def vector(number: int, sign: int = 1) -> Vector:
    return Vector(number, ROOM, bytes([sign]) * 512, bytes([sign]) * CODE_BYTES)


def test_what_is_wanted_is_made_newest_first_and_settled_unless_it_changed(db: Database) -> None:
    def ask(tx: StoreTransaction) -> None:
        for number in (1, 2, 3):
            tx.vectors.want(number, 10)
        tx.vectors.want_all([4])

    db.write_now(ask)
    assert db.vectors.waiting
    assert db.read_now(lambda tx: tx.vectors.wanted(3)) == [Wanted(4, 0), Wanted(3, 10), Wanted(2, 10)]
    db.write_now(lambda tx: tx.vectors.want(3, 20))
    db.write_now(lambda tx: tx.vectors.made([vector(3), vector(4)], [Wanted(3, 10), Wanted(4, 0)]))
    assert db.read_now(lambda tx: tx.vectors.wanted(9)) == [Wanted(3, 20), Wanted(2, 10), Wanted(1, 10)]


def test_vectors_and_codes_come_and_go_together(db: Database) -> None:
    numbers = [1, BLOCK - 1, BLOCK, 5 * BLOCK + 3]
    db.write_now(lambda tx: tx.vectors.made([vector(n) for n in numbers], []))
    found = db.read_now(lambda tx: tx.vectors.several([BLOCK, 77, 1]))
    assert found == {BLOCK: bytes([1]) * 512, 1: bytes([1]) * 512}
    assert list(found) == [BLOCK, 1]
    db.write_now(lambda tx: tx.vectors.made([vector(1, 2)], []))
    db.write_now(lambda tx: tx.vectors.drop([BLOCK, 77]))
    assert sorted(db.vectors.dropped) == [77, BLOCK]
    assert db.read_now(lambda tx: list(tx.vectors.several(numbers))) == [1, BLOCK - 1, 5 * BLOCK + 3]

    first, second, third = db.read_now(lambda tx: tx.vectors.blocks_after(-1, 9))
    assert (first.first, second.first, third.first) == (0, BLOCK, 5 * BLOCK)
    assert bytes(first.codes[CODE_BYTES : 3 * CODE_BYTES]) == bytes([2]) * CODE_BYTES + bytes(CODE_BYTES)
    assert bytes(first.places[PLACE_BYTES : 2 * PLACE_BYTES]) == place_of(ROOM)
    assert not any(second.codes)
    assert not any(second.places)
    assert [b.number for b in db.read_now(lambda tx: tx.vectors.blocks_after(1, 9))] == [5]


def test_what_is_dropped_and_wanted_in_one_transaction_goes_by_the_last_word(db: Database) -> None:
    def both(tx: StoreTransaction) -> None:
        tx.vectors.want(1, 5)
        tx.vectors.drop([1])
        tx.vectors.drop([2])
        tx.vectors.want(2, 5)
        tx.vectors.made([vector(3)], [])
        tx.vectors.drop([3])
        assert tx.vectors.several([3]) == {}

    db.write_now(both)
    assert db.read_now(lambda tx: tx.vectors.wanted(9)) == [Wanted(2, 5)]
    assert db.read_now(lambda tx: tx.vectors.several([3])) == {}


def test_a_room_that_becomes_encrypted_without_words_loses_its_vectors(db: Database) -> None:
    def ask(tx: StoreTransaction) -> None:
        tx.rooms.save(Room(ROOM, space="helpdesk", joined=True))
        for number in (1, 2):
            tx.questions.add(question(number, room_id=ROOM if number == 1 else OTHER))
        tx.flush()
        tx.vectors.made([vector(1), vector(2)], [])

    db.write_now(ask)
    assert db.read_now(lambda tx: (tx.vectors.in_room(ROOM), tx.vectors.last_question())) == ([1], 2)
    assert db.read_now(lambda tx: (tx.vectors.worded([1, 2, 3]), tx.vectors.wordless(9))) == ([1, 2], [])


def test_duplicates_are_counted_by_room_and_follow_when_theirs_becomes_one(db: Database) -> None:
    def ask(tx: StoreTransaction) -> None:
        for number, of, room in ((1, None, ROOM), (2, 1, ROOM), (3, 1, OTHER), (4, None, ROOM)):
            tx.questions.add(question(number, room_id=room, duplicate_of=of))

    db.write_now(ask)
    assert db.read_now(lambda tx: tx.merges.duplicates([1, 2])) == {1: {ROOM: 1, OTHER: 1}}

    def merge(tx: StoreTransaction) -> list[int | None]:
        tx.questions.several([1, 2, 3])
        tx.merges.repoint(1, 4)
        return [q.duplicate_of for q in tx.questions.several([2, 3]).values()]

    assert db.write_now(merge) == [4, 4]
    db.write_now(lambda tx: tx.merges.moved(2, ["@a:example.org", "@b:example.org"]))
    assert sorted(db.write_now(lambda tx: tx.merges.undone(2))) == ["@a:example.org", "@b:example.org"]
    assert db.write_now(lambda tx: tx.merges.undone(2)) == []
