"""What leaves for a room that is encrypted, or may be, is sealed, whatever the homeserver says and whenever it does."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.store.transaction import StoreTransaction
from bridge.workflow.effects import Reply
from bridge.workflow.encryption.records import ENCRYPTED, MEGOLM
from bridge.workflow.ports import GiveUp, JsonObject, RetryLater
from bridge.workflow.records import Room
from tests.flow.devices import Client
from tests.flow.keytown import KeyTown, key_town
from tests.flow.pocket import ROOM

PLAIN, NEXT = "!plain:example.org", "!next:example.org"
SAID = Reply(room_id=PLAIN, reader="@ann:example.org", reply_to="$said", thread_root=None, key="unreadable")


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[KeyTown]:
    """With a plain room, too."""
    async with key_town(tmp_path) as town:
        town.does(lambda tx: tx.rooms.save(Room(PLAIN, space="helpdesk", joined=True)))
        town.server.state[PLAIN] = {
            key: event | {"room_id": PLAIN}
            for key, event in town.server.state[ROOM].items()
            if key[0] != "m.room.encryption"
        }
        yield town


def replies(town: KeyTown, room: str = PLAIN, name: str = "said") -> None:
    """Something is to be said."""
    town.does(lambda tx: tx.outbox.add(f"{name} in {room}", replace(SAID, room_id=room), town.now()))


def left(town: KeyTown, room: str = PLAIN) -> list[str]:
    """How what was said in a room left: as messages in clear, or sealed."""
    return ["sealed" if event["type"] == ENCRYPTED else "clear" for event in town.sent(room)]


def waits(town: KeyTown) -> int:
    return town.database.depths().outbox


async def test_a_plain_room_is_answered_in_clear_and_an_encrypted_one_is_not(town: KeyTown) -> None:
    await town.learn(PLAIN)
    replies(town)
    replies(town, ROOM)
    await town.settle()
    assert (left(town), left(town, ROOM)) == (["clear"], ["sealed"])


async def test_a_room_whose_state_was_never_read_is_read_first(town: KeyTown) -> None:
    town.state("m.room.encryption", {"algorithm": MEGOLM}, PLAIN)
    town.server.timeline.clear()
    replies(town)
    await town.settle()
    assert left(town) == ["sealed"]


async def test_while_the_state_cannot_be_read_nothing_leaves(town: KeyTown, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the creation of a room alone, which is handed over before the rest, says nothing about it."""
    town.state("m.room.encryption", {"algorithm": MEGOLM}, PLAIN)
    town.server.timeline.clear()

    async def away(room_id: str) -> None:
        raise RetryLater("away", 0.1)

    with monkeypatch.context() as broken:
        broken.setattr(town, "learn", away)
        replies(town)
        create = town.server.state[PLAIN]["m.room.create", ""]
        town.server.timeline.append(create | {"event_id": "$create"})
        await town.settle()
        await town.passes(60)
        assert (left(town), waits(town) > 0) == ([], True)
    await town.passes(60)
    assert left(town) == ["sealed"]


async def test_a_room_that_becomes_encrypted_between_preparing_and_sending(town: KeyTown) -> None:
    await town.learn(PLAIN)
    replies(town)
    send = town.outbox._send
    prepared: list[int] = []

    def meanwhile(ready: list[object]) -> None:
        prepared.append(len(ready))
        if len(prepared) == 1:
            town.does(lambda tx: tx.rooms.save(with_encryption(tx, PLAIN)))
        send(ready)  # type: ignore[arg-type]

    town.outbox._send = meanwhile  # type: ignore[method-assign, assignment]
    await town.settle()
    assert prepared[0] == 1
    assert left(town) == ["sealed"]


def with_encryption(tx: StoreTransaction, room_id: str) -> Room:
    room = tx.rooms.get(room_id)
    assert room is not None
    entry = {"content": {"algorithm": MEGOLM}, "sender": "@ann:example.org", "event_id": "$on"}
    return replace(room, state={**room.state, "m.room.encryption": {"": entry}})


@pytest.mark.parametrize("content", [{"algorithm": "m.other"}, {}, {"algorithm": 7}, {"algorithm": None}])
async def test_encryption_that_we_do_not_know_is_still_encryption(town: KeyTown, content: JsonObject) -> None:
    town.state("m.room.encryption", content, PLAIN)
    await town.learn(PLAIN)
    replies(town)
    await town.settle()
    assert left(town) == []


def emptied(town: KeyTown) -> None:
    town.state("m.room.encryption", {})


def redacted(town: KeyTown) -> None:
    event = town.server.state[ROOM]["m.room.encryption", ""]
    event["content"] = {}
    town.redacts(next(iter(town.server.owners["@ann:example.org"].clients.values())), event["event_id"])


def gone(town: KeyTown) -> None:
    del town.server.state[ROOM]["m.room.encryption", ""]


def denied(town: KeyTown) -> None:
    """A homeserver that gives no more than the creation."""
    for key in [key for key in town.server.state[ROOM] if key[0] not in ("m.room.create", "m.room.member")]:
        del town.server.state[ROOM][key]


@pytest.mark.parametrize("how", [emptied, redacted, gone, denied])
async def test_once_encrypted_a_room_stays_so_whatever_is_said_later(
    town: KeyTown, how: Callable[[KeyTown], None]
) -> None:
    ann = town.comes("ann")
    replies(town, ROOM)
    await town.settle()
    how(town)
    await town.settle()
    replies(town, ROOM, "after it came")
    await town.settle()
    await town.learn(ROOM)
    replies(town, ROOM, "after it was read")
    await town.settle()
    town.restart()
    await town.learn(ROOM)
    replies(town, ROOM, "after a restart")
    await town.settle()
    assert left(town, ROOM) == ["sealed"] * 4
    assert None not in town.seen_by(ann)


async def test_other_encryption_later_silences_us(town: KeyTown) -> None:
    town.state("m.room.encryption", {"algorithm": "m.other"})
    await town.settle()
    replies(town, ROOM)
    await town.settle()
    assert left(town, ROOM) == []


async def test_the_room_that_an_upgraded_one_gave_way_to_is_read_before_anything_is_said_there(town: KeyTown) -> None:
    create = {"room_version": "11", "predecessor": {"room_id": PLAIN}}
    await town.learn(PLAIN)
    town.server.state[NEXT] = {key: event | {"room_id": NEXT} for key, event in town.server.state[ROOM].items()}
    town.server.state[NEXT]["m.room.create", ""]["content"] = create
    town.state("m.room.tombstone", {"replacement_room": NEXT}, PLAIN)
    town.server.timeline.append(town.server.state[NEXT]["m.room.create", ""] | {"event_id": "$next"})
    await town.sync()
    replies(town, NEXT)
    await town.settle()
    room = town.database.room(NEXT)
    assert room is not None
    assert room.space == "helpdesk"
    assert left(town, NEXT) == ["sealed"]


async def test_with_encryption_switched_off_encrypted_rooms_hear_nothing(town: KeyTown) -> None:
    await town.learn(PLAIN)
    town.outbox.speech = None
    replies(town)
    replies(town, ROOM)
    await town.settle()
    assert (left(town), left(town, ROOM)) == (["clear"], [])


async def test_while_keys_are_refused_a_message_waits_and_is_not_lost(town: KeyTown) -> None:
    ann: Client = town.comes("ann")
    town.server.refuses["query_keys"] = GiveUp("M_UNRECOGNIZED", "no such endpoint")
    replies(town, ROOM)
    await town.sync()
    while await town.inbox.work():
        pass
    await town.deliver()
    assert (left(town, ROOM), waits(town)) == ([], 1)
    town.server.refuses.clear()
    await town.passes(60)
    assert (left(town, ROOM), town.seen_by(ann)[0] is None) == (["sealed"], False)
