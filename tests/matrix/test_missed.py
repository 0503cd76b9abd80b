"""Events that were never pushed are found by reading the rooms again."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import Any

import pytest

from bridge.chat.events import LATE_KEY
from bridge.matrix import missed
from bridge.matrix.missed import MARGIN_MS, MissedEvents
from bridge.workflow.ports import Batch, GiveUp, RetryLater

ME = "@qa:example.org"
START = 1_000_000_000


def said(event_id: str, at: Any) -> dict[str, Any]:
    return {"event_id": event_id, "type": "m.room.message", "origin_server_ts": at, "content": {"body": event_id}}


def joined(at: int) -> dict[str, Any]:
    return {
        "event_id": "$join",
        "type": "m.room.member",
        "state_key": ME,
        "origin_server_ts": at,
        "content": {"membership": "join"},
    }


class Rooms:
    """A homeserver with histories, newest first; an error stands for a history that cannot be read."""

    def __init__(self, **histories: list[dict[str, Any]] | Exception) -> None:
        self.histories = histories
        self.accepted: dict[str, list[str]] = {}
        self.late: set[str] = set()
        self.now = START

    async def messages_back(self, room_id: str) -> AsyncIterator[dict[str, Any]]:
        history = self.histories[room_id]
        if isinstance(history, Exception):
            raise history
        for event in history:
            yield event | {"room_id": room_id}

    async def accept(self, batch: Batch) -> None:
        for event in batch.events:
            self.accepted.setdefault(event["room_id"], []).append(event["event_id"])
            self.late |= {event["event_id"]} if event.get(LATE_KEY) else set()

    async def ids(self) -> Iterable[str]:
        return self.histories

    def reader(self, **more: Any) -> MissedEvents:
        return MissedEvents(self, self, self.ids, ME, lambda: self.now, **more)  # type: ignore[arg-type]


async def test_what_is_new_is_handed_over_oldest_first() -> None:
    rooms = Rooms(
        a=[said("$2", START + 2), said("$odd", "soon"), said("$1", START + 1), said("$old", START - 2 * MARGIN_MS)],
        quiet=[said("$old", START - 2 * MARGIN_MS)],
        new=[said("$after", START), joined(START), said("$before", START)],
    )
    await rooms.reader().look()
    assert rooms.accepted == {"a": ["$1", "$odd", "$2"], "new": ["$join", "$after"]}


async def test_state_that_is_found_is_marked_as_late_but_for_what_became_of_the_bot_itself() -> None:
    member = joined(START) | {"event_id": "$ann", "state_key": "@ann:example.org"}
    power = {"event_id": "$power", "type": "m.room.power_levels", "state_key": "", "content": {}}
    rooms = Rooms(a=[said("$1", START), power, member, joined(START)])
    await rooms.reader().look()
    assert rooms.accepted == {"a": ["$join", "$ann", "$power", "$1"]}
    assert rooms.late == {"$ann", "$power"}


async def test_no_more_than_a_bound_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed, "MOST", 2)
    rooms = Rooms(a=[said("$3", START), said("$2", START), said("$1", START)])
    await rooms.reader().look()
    assert rooms.accepted == {"a": ["$2", "$3"]}


@pytest.mark.parametrize(
    ("error", "reaches_back"), [(RetryLater("away"), True), (GiveUp("M_FORBIDDEN", "not joined"), False)]
)
async def test_a_room_that_cannot_be_read_now_is_read_later(error: Exception, reaches_back: bool) -> None:
    rooms = Rooms(a=error, b=[said("$b", START)])
    reader = rooms.reader()
    await reader.look()
    assert rooms.accepted == {"b": ["$b"]}

    rooms.now += 10 * MARGIN_MS
    rooms.histories["a"] = [said("$missed", START + 1)]
    await reader.look()
    if not reaches_back:
        rooms.now += 10 * MARGIN_MS
        rooms.accepted.pop("a", None)
        await reader.look()
    assert ("$missed" in rooms.accepted.get("a", [])) is reaches_back


async def test_soon_after_the_start_and_then_now_and_again() -> None:
    rooms = Rooms(a=[said("$1", START)])
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) > 5:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await rooms.reader(sleep=sleep).run()
    assert pauses == [2.0, 8.0, 50.0, 600.0, 600.0, 600.0]
    assert rooms.accepted == {"a": ["$1"] * 5}
