"""What the door has opened costs the inbox no second decryption, and is checked as well as the first time."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.crypto.errors import JsonObject
from bridge.crypto.ratchets import MEGOLM, Ratchets
from bridge.crypto.sealed import Sealer
from bridge.store.database import Database
from bridge.store.held_keys import READ
from bridge.store.transaction import StoreTransaction
from bridge.workflow.encryption.opening import LARGEST_KEPT, Opened, open_event, opens_again
from bridge.workflow.encryption.records import RoomKey, Source, Unread

ROOM, ANN, SECRET = "!room:example.org", "@ann:example.org", b"a secret of sixteen bytes or more"
RATCHETS = Ratchets(SECRET)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'keys.db'}")
    opened.use_keys(RATCHETS, Sealer(SECRET))
    yield opened
    opened.close()


def test_what_was_opened_before_is_given_once_and_only_to_the_same_event(database: Database) -> None:
    group = RATCHETS.new_outbound()
    inbound = RATCHETS.inbound(group.session_key)
    key = RoomKey(ROOM, group.id, "curve", "ed", ANN, inbound.pickle(), 0, Source.ROOM_KEY)

    def sealed(body: str) -> JsonObject:
        said = {"type": "m.room.message", "content": {"body": body}, "room_id": ROOM}
        content = {"algorithm": MEGOLM, "session_id": group.id, "ciphertext": group.encrypt(json.dumps(said).encode())}
        return {"type": "m.room.encrypted", "room_id": ROOM, "sender": ANN, "event_id": "$1", "content": content}

    def at_the_door(event: JsonObject, tx: StoreTransaction) -> Opened:
        opened = open_event(event, tx)
        assert isinstance(opened, Opened)
        opens_again(event, opened, tx)
        return opened

    def kept(event: JsonObject, tx: StoreTransaction) -> tuple[bytes, int] | None:
        return tx.keys.read_before(group.id, event["content"]["ciphertext"])

    short, long = sealed("hello"), sealed("x" * LARGEST_KEPT)
    database.write_now(lambda tx: tx.keys.save_room_key(key))
    first = database.write_now(lambda tx: at_the_door(short, tx))
    assert database.write_now(lambda tx: open_event(short, tx)) == first
    assert database.write_now(lambda tx: kept(short, tx)) is None

    database.write_now(lambda tx: at_the_door(short, tx))
    by_another = short | {"sender": "@eve:example.org"}
    elsewhere = short | {"room_id": "!other:example.org"}
    assert isinstance(database.write_now(lambda tx: open_event(by_another, tx)), Unread)
    assert isinstance(database.write_now(lambda tx: open_event(elsewhere, tx)), Unread)

    database.write_now(lambda tx: at_the_door(long, tx))
    assert database.write_now(lambda tx: kept(long, tx)) is None


def test_no_more_than_some_are_kept(database: Database) -> None:
    def keep(tx: StoreTransaction) -> list[bool]:
        for number in range(READ + 1):
            tx.keys.will_read("session", str(number), (b"said", number))
        return [tx.keys.read_before("session", str(number)) is None for number in (0, 1, READ)]

    assert database.write_now(keep) == [True, False, False]
