"""How many statements things cost. Chatter costs none of its own; a batch costs a few, whatever is in it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bridge.chat.command import Setting
from bridge.chat.understand import wanted
from bridge.domain.people import People
from bridge.domain.spaces import Level, Space, triage_of
from bridge.ops.metrics import Metrics
from bridge.store.database import Database
from bridge.store.inbox import StoreIntake
from bridge.workers.inbox import InboxWorker
from bridge.workflow.commands import commands
from bridge.workflow.current import Current
from bridge.workflow.desk import Policy
from bridge.workflow.ports import Batch, JsonObject
from bridge.workflow.records import Room

BOT, AMY, ROOM = "@qa:example.org", "@amy:example.org", "!room:example.org"
SETTING = Setting(BOT, "!", commands())
POLICY = Policy(SETTING, People(staff=("@*:example.org",)), {"help": Space("help", Level.INTERNAL)})
_ids = count(1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(f"sqlite:///{tmp_path}/ask.db")
    database.write_now(lambda tx: tx.rooms.save(Room(ROOM, space="help", joined=True)))
    yield database
    database.close()


def message(body: str, **relation: Any) -> JsonObject:
    content: JsonObject = {"msgtype": "m.text", "body": body, "m.mentions": {}}
    if relation:
        content["m.relates_to"] = relation
    return {
        "type": "m.room.message",
        "room_id": ROOM,
        "event_id": f"$event{next(_ids)}",
        "sender": AMY,
        "origin_server_ts": 1,
        "content": content,
    }


class Desk:
    """Intake and inbox over a database, and what each batch cost."""

    def __init__(self, database: Database, policy: Policy = POLICY) -> None:
        self.database = database
        self.woken = 0
        self._intake = StoreIntake(database, lambda event: wanted(event, SETTING), self._wake)
        no_homeserver: Any = None
        current = Current(policy)
        self._inbox = InboxWorker(database, no_homeserver, current, Metrics("0"), lambda: None, lambda: 1_000_000)

    def _wake(self) -> None:
        self.woken += 1

    async def costs(self, *events: JsonObject) -> tuple[int, int]:
        """Statements to accept a batch, and to handle what of it was kept."""
        before = self.database.statements
        await self._intake.accept(Batch("push", events, f"txn{next(_ids)}"))
        accepted = self.database.statements
        while self.woken:
            self.woken = 0
            while await self._inbox.work():
                pass
        return accepted - before, self.database.statements - accepted


async def test_chatter_costs_no_query_of_its_own(database: Database) -> None:
    desk = Desk(database)
    one = await desk.costs(message("good morning"))
    hundred = await desk.costs(*(message(f"good morning {n}") for n in range(100)))
    assert one == hundred
    assert one[1] == 0, "nothing was kept, so nothing is handled"
    nothing = await desk.costs()
    assert one == nothing, "a batch of chatter costs what an empty one does: remembering that it came"


async def test_chatter_in_untracked_threads_shares_the_queries_of_its_batch(database: Database) -> None:
    desk = Desk(database)
    thread = {"rel_type": "m.thread", "event_id": "$untracked"}
    few = await desk.costs(*(message(f"me too {n}", **thread) for n in range(10)))
    more = await desk.costs(*(message(f"me too {n}", **thread) for n in range(100)))
    assert more[1] <= few[1] + 1


async def test_a_hundred_questions_cost_little_more_than_ten(database: Database) -> None:
    desk = Desk(database)
    await desk.costs(message("!ask the first one #tag"))
    ten = await desk.costs(*(message(f"!ask how do I do {n}? #tag") for n in range(10)))
    hundred = await desk.costs(*(message(f"!ask how do I do {n}? #tag") for n in range(100)))
    assert hundred[1] <= ten[1] + 4
    stored = database.read_now(lambda tx: tx.questions.get(111))
    assert stored is not None
    assert stored.tags == ("tag",)


async def test_so_they_do_where_each_gets_a_card_in_a_triage_room(database: Database) -> None:
    database.write_now(lambda tx: tx.rooms.save(Room("!triage:example.org", space="help triage", joined=True)))
    room = triage_of([POLICY.spaces["help"]])
    spaces = {"help": replace(POLICY.spaces["help"], triage=room.name), room.name: room}
    desk = Desk(database, replace(POLICY, spaces=spaces))
    await desk.costs(message("!ask the first one"))
    ten = await desk.costs(*(message(f"!ask how do I do {n}?") for n in range(10)))
    hundred = await desk.costs(*(message(f"!ask how do I do {n}?") for n in range(100)))
    assert hundred[1] <= ten[1] + 8
    assert len(database.read_now(lambda tx: tx.triage_cards.several(range(1, 112)))) == 111
