"""The door for events."""

from typing import Any, Literal

import pytest

from bridge.store.database import Database
from bridge.store.inbox import ID_LIMIT, StoreIntake
from bridge.workflow.ports import Batch, JsonObject
from bridge.workflow.records import Pending
from tests.store.samples import NOW, message


class Door:
    """An intake with what it told others."""

    def __init__(self, db: Database, unwanted: str = "m.typing") -> None:
        self.db = db
        self.woken = 0
        self.counted: list[tuple[str, int, int]] = []
        self.intake = StoreIntake(db, lambda event: event.get("type") != unwanted, self._wake, self._count)

    def _wake(self) -> None:
        self.woken += 1

    def _count(self, source: str, stored: int, dropped: int) -> None:
        self.counted.append((source, stored, dropped))

    async def push(self, events: list[Any], cursor: str = "1", source: Literal["sync", "push"] = "push") -> None:
        await self.intake.accept(Batch(source, events, cursor))

    def pending(self) -> list[Pending]:
        return self.db.read_now(lambda tx: tx.inbox.pending(NOW * 2))


@pytest.fixture
def door(db: Database) -> Door:
    return Door(db)


async def test_events_and_transaction_are_there_once_accepted(door: Door) -> None:
    assert await door.intake.has_transaction("1") is False
    await door.push([message("$1"), message("$2", "!other")])
    assert [(r.event_id, r.room_id, r.event) for r in door.pending()] == [
        ("$1", "!room:example.org", message("$1")),
        ("$2", "!other", message("$2", "!other")),
    ]
    assert await door.intake.has_transaction("1") is True
    assert await door.intake.sync_token() is None
    assert (door.woken, door.counted) == (1, [("push", 2, 0)])


async def test_the_sync_token_moves_even_where_nothing_was_said(door: Door) -> None:
    await door.push([message("$1")], "s1", "sync")
    await door.push([], "s2", "sync")
    assert await door.intake.sync_token() == "s2"
    assert await door.intake.has_transaction("s2") is False
    assert door.woken == 1


async def test_the_same_batch_three_times_is_stored_once(door: Door) -> None:
    for cursor in ("1", "1", "2"):
        await door.push([message("$1"), message("$2")], cursor)
    await door.push([message("$2"), message("$3")], "s1", "sync")
    assert [r.event_id for r in door.pending()] == ["$1", "$2", "$3"]
    assert door.counted == [("push", 2, 0), ("push", 0, 0), ("push", 0, 0), ("sync", 1, 0)]
    assert door.woken == 2


async def test_the_same_event_twice_in_one_batch_is_stored_once(door: Door) -> None:
    await door.push([message("$1"), message("$1")])
    assert door.counted == [("push", 1, 0)]


async def test_what_is_not_wanted_is_not_stored(door: Door) -> None:
    await door.push([message("$1", type="m.typing"), message("$2")])
    assert [r.event_id for r in door.pending()] == ["$2"]
    assert door.counted == [("push", 1, 0)]


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"event_id": "$1"},
        {"room_id": "!r"},
        {"event_id": 1, "room_id": "!r"},
        {"event_id": "$1", "room_id": None},
        {"event_id": "", "room_id": "!r"},
        {"event_id": "$\0", "room_id": "!r"},
        {"event_id": "$1", "room_id": "!\ud800"},
        {"event_id": "$" + "x" * ID_LIMIT, "room_id": "!r"},
    ],
)
async def test_what_no_inbox_can_hold_is_dropped_and_the_rest_goes_on(door: Door, event: JsonObject) -> None:
    await door.push([event, message("$good")])
    assert [r.event_id for r in door.pending()] == ["$good"]
    assert door.counted == [("push", 1, 1)]


def nested(depth: int) -> Any:
    value: Any = "bottom"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "body",
    ["\0", "half \ud83d", "é 🙂", 10**30, float("nan"), "x" * 64_000, nested(300), {"k": [1, None, True]}],
    ids=["nul", "half", "wide", "large", "nan", "long", "deep", "nested"],
)
async def test_odd_content_does_not_stop_a_batch(door: Door, body: Any) -> None:
    await door.push([message("$odd", content={"body": body}), message("$good")])
    assert [r.event_id for r in door.pending()] == ["$odd", "$good"]


@pytest.mark.parametrize("content", [nested(100_000), -(10**400)], ids=["deep", "large"])
async def test_what_no_json_can_say_is_dropped(door: Door, content: Any) -> None:
    await door.push([message("$odd", content=content), message("$good")])
    assert [r.event_id for r in door.pending()] == ["$good"]
    assert door.counted == [("push", 1, 1)]


async def test_a_large_batch_costs_few_statements(door: Door) -> None:
    before = door.db.statements
    await door.push([message(f"${n}") for n in range(100)])
    assert door.db.statements - before <= 3
