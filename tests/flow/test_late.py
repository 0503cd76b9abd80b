"""State that the homeserver did not hand over in its turn does not overwrite what is known by now."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bridge.chat.events import LATE_KEY
from bridge.store.database import Database
from bridge.store.inbox import StoreIntake
from bridge.store.transaction import StoreTransaction
from bridge.workflow.inbound import handle_batch, read_rows
from bridge.workflow.ports import Batch
from bridge.workflow.records import Room
from tests.flow.pocket import EPOCH, POLICY, ROOM

ANN, BOB = "@ann:example.org", "@bob:partner.example"
NOW = EPOCH * 2


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Ann is in the room, and nobody else."""
    with closing(Database.open(f"sqlite:///{tmp_path / 'late.db'}")) as database:
        database.write_now(lambda tx: tx.rooms.save(Room(ROOM, space="helpdesk", joined=True)))
        database.write_now(lambda tx: tx.rooms.set_member(ROOM, ANN, "join", "Ann"))
        yield database


def state(event_id: str, kind: str, key: str, content: dict[str, Any], *, late: bool = True) -> dict[str, Any]:
    event = {"event_id": event_id, "type": kind, "state_key": key, "content": content, "sender": ANN, "room_id": ROOM}
    return event | ({LATE_KEY: True} if late else {})


def member(event_id: str, who: str, membership: str, *, late: bool = True) -> dict[str, Any]:
    return state(event_id, "m.room.member", who, {"membership": membership}, late=late)


async def comes(database: Database, *events: dict[str, Any]) -> list[str]:
    """Through the door and the inbox; what is to be done then."""
    intake = StoreIntake(database, lambda _: True, lambda: None)
    await intake.accept(Batch("push", events, f"txn{events[0]['event_id']}"))

    def handle(tx: StoreTransaction) -> list[str]:
        handle_batch(read_rows(tx.inbox.pending(NOW), tx, POLICY), {}, tx, POLICY, NOW)
        return [row.kind for row in tx.outbox.pending(NOW)]

    return await database.write(handle)


async def test_the_room_is_learnt_anew_once_and_what_came_late_is_not_believed(database: Database) -> None:
    left, powers = member("$left", ANN, "leave"), state("$power", "m.room.power_levels", "", {"users": {BOB: 100}})
    assert await comes(database, left, member("$bob", BOB, "join"), powers) == ["learn_room"]
    assert await database.read(lambda tx: tx.rooms.members(ROOM)) == {ANN: "join"}
    room = await database.read(lambda tx: tx.rooms.get(ROOM))
    assert room is not None
    assert room.powers.level(BOB) == 0


async def test_what_was_handled_in_its_turn_means_nothing_when_it_is_found_again(database: Database) -> None:
    assert await comes(database, member("$left", ANN, "leave", late=False)) == []
    assert await comes(database, member("$left", ANN, "leave")) == []
    assert await database.read(lambda tx: tx.rooms.members(ROOM)) == {ANN: "leave"}


async def test_a_successor_is_joined_however_late_the_room_says_so(database: Database) -> None:
    tombstone = state("$end", "m.room.tombstone", "", {"replacement_room": "!next:example.org"})
    assert sorted(await comes(database, tombstone)) == ["join_room", "learn_room"]
