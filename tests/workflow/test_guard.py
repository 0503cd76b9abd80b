"""What the guard lets through, by example; properties of it are in `test_nobody_sees`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bridge.chat.command import Setting
from bridge.chat.events import Origin
from bridge.domain.access import Place, audience
from bridge.domain.people import People
from bridge.domain.questions import Question
from bridge.domain.spaces import Level, Space
from bridge.store.database import Database
from bridge.store.json import dump
from bridge.store.transaction import StoreTransaction
from bridge.workflow import guard
from bridge.workflow.commands import commands
from bridge.workflow.delivery import prepare
from bridge.workflow.desk import Desk, Policy
from bridge.workflow.inbound import handle_batch, read_rows
from bridge.workflow.records import Room
from bridge.workflow.storage import Transaction

BOT, AMY = "@qa:example.org", "@amy:example.org"
SETTING = Setting(BOT, "!", commands())
NOW = 1_800_000_000_000
NAMES = ("one", "two", "three")


def room_of(name: str) -> str:
    return f"!{name}:example.org"


def marker(name: str) -> str:
    return f"marker-of-{name}"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database.open(f"sqlite:///{tmp_path_factory.mktemp('guard')}/ask.db")
    yield database
    database.close()


class Undo(Exception):
    """Takes a transaction back after it was looked at."""


def set_up(tx: StoreTransaction) -> None:
    for number, name in enumerate(NAMES, start=1):
        tx.rooms.save(Room(room_of(name), space=name, joined=True))
        tx.questions.add(
            Question(
                number=number,
                space=name,
                room_id=room_of(name),
                event_id=f"$q-{name}",
                thread_root=f"$q-{name}",
                asker="@asker:example.org",
                text=marker(name),
                tags=("secret",),
                created_at=NOW,
            )
        )


def says(tx: StoreTransaction, body: str, room_id: str, policy: Policy) -> str:
    """Everything the bot would say, anywhere, because of one message."""
    event = {
        "type": "m.room.message",
        "room_id": room_id,
        "event_id": "$said",
        "sender": AMY,
        "origin_server_ts": NOW,
        "content": {"msgtype": "m.text", "body": body},
    }
    tx.inbox.accept([("$said", room_id, NOW, dump(event), "new", 0, 0)])
    handle_batch(read_rows(tx.inbox.pending(NOW), tx, policy), {}, tx, policy, NOW)
    outgoing = prepare(tx.outbox.pending(NOW), tx, policy, NOW)
    return repr([o.content for o in outgoing if o.row.lane.startswith((room_id, AMY))])


def test_a_room_of_no_space_shows_nothing(database: Database) -> None:
    policy = Policy(SETTING, People(), {"one": Space("one", Level.PUBLIC)})

    def look(tx: Transaction) -> set[str]:
        origin = Origin("!elsewhere:example.org", "$said", AMY)
        return guard.rooms_for(Desk(tx, policy, origin, None, NOW, NOW).viewer(), tx, policy)

    assert database.write_now(look) == set()


def test_audiences_are_asked_for_the_space_as_it_is_now(database: Database, tmp_path: Path) -> None:
    """The same question, asked about under a stricter config: what was shown before is not there."""
    said: list[str] = []
    for level in (Level.PUBLIC, Level.INTERNAL):
        policy = Policy(SETTING, People(), {n: Space(n, Level.PUBLIC if n == "two" else level) for n in NAMES})
        assert audience(Place(room_of("one"), policy.spaces["one"])).everyone is (level is Level.PUBLIC)

        def look(tx: StoreTransaction, policy: Policy = policy) -> None:
            set_up(tx)
            said.append(says(tx, "!show 1", room_of("two"), policy))
            raise Undo

        with pytest.raises(Undo):
            database.write_now(look)
    assert marker("one") in said[0]
    assert marker("one") not in said[1]


@pytest.mark.parametrize("content", [{"creator": {}}, {"additional_creators": [[], "@amy:example.org"]}])
def test_creators_of_a_wrong_type_give_nobody_power_and_stop_nothing(content: dict[str, object]) -> None:
    room = Room("!odd", state={"m.room.create": {"": {"content": content, "sender": BOT}}})
    assert all(isinstance(creator, str) for creator in room.powers.creators)
    assert BOT in room.powers.creators
