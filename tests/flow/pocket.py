"""A town in a pocket: all stages between the door and the homeserver in one process, on SQLite and without a network.

For tests that are about words and use cases. What has to hold against a true homeserver is tested in `tests/real`.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bridge.chat.command import Setting
from bridge.chat.understand import wanted
from bridge.domain.people import People
from bridge.domain.spaces import Level, Space
from bridge.store.database import Database
from bridge.store.json import dump
from bridge.store.transaction import StoreTransaction
from bridge.workflow.commands import commands
from bridge.workflow.delivery import Outgoing, Settled, prepare, record
from bridge.workflow.desk import Policy
from bridge.workflow.inbound import handle_batch, read_rows
from bridge.workflow.records import Room

JsonObject = dict[str, Any]

SERVER = "example.org"
BOT = f"@qa:{SERVER}"
ROOM = "!helpdesk:example.org"
EPOCH = 1_800_000_000_000
MINUTE = 60_000

POLICY = Policy(
    setting=Setting(BOT, "!", commands(), names=("qa",)),
    people=People(staff=(f"@*:{SERVER}",), moderators=(f"@lead:{SERVER}",)),
    spaces={"helpdesk": Space("helpdesk", Level.INTERNAL)},
)


class Pocket:
    """One room of the space `helpdesk`, and a direct chat with each person. Every step takes a minute.

    `said` holds what was written, by people and by the bot, in order.
    """

    def __init__(self, database: Database, *people: str) -> None:
        self.said: list[JsonObject] = []
        self.now = EPOCH
        self._database = database
        self._ids = count(1)
        database.write_now(lambda tx: self._settle_in(tx, people))

    def says(self, person: str, body: str, *, thread: str | None = None, private: bool = False) -> str:
        """A message, in the room or in the person's direct chat with the bot; returns its event id."""
        content: JsonObject = {"msgtype": "m.text", "body": body}
        if thread:
            content["m.relates_to"] = {"rel_type": "m.thread", "event_id": thread}
        return self._happens(person, "m.room.message", content, direct_chat(person) if private else ROOM)

    def reacts(self, person: str, target: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": target, "key": key}
        return self._happens(person, "m.reaction", {"m.relates_to": relation}, ROOM)

    def answers(self, person: str, body: str, *, thread: str | None = None, private: bool = False) -> list[str]:
        """What the bot sends because of a message, as plain text."""
        before = len(self.said) + 1
        self.says(person, body, thread=thread, private=private)
        return [str(event["content"].get("body", "")) for event in self.said[before:]]

    def _settle_in(self, tx: StoreTransaction, people: tuple[str, ...]) -> None:
        tx.rooms.save(Room(ROOM, space="helpdesk", joined=True))
        names = {BOT: ("join", "qa")} | {user_id(p): ("join", p.capitalize()) for p in people}
        tx.rooms.replace_members(ROOM, names)
        for person in people:
            tx.rooms.save(Room(direct_chat(person), joined=True, direct_with=user_id(person)))

    def _happens(self, person: str, kind: str, content: JsonObject, room_id: str) -> str:
        self.now += MINUTE
        event = {
            "event_id": f"$event{next(self._ids)}",
            "room_id": room_id,
            "sender": user_id(person),
            "type": kind,
            "origin_server_ts": self.now,
            "content": content,
        }
        self.said.append(event)
        if wanted(event, POLICY.setting):
            self._handle(event)
            self._deliver()
        return str(event["event_id"])

    def _handle(self, event: JsonObject) -> None:
        self._database.write_now(partial(_accept, event, self.now))
        self._database.write_now(partial(_handle_all, self.now))

    def _deliver(self) -> None:
        while ready := self._database.write_now(self._prepare):
            settled = [Settled(outgoing, self._send(outgoing)) for outgoing in ready]
            self._database.write_now(lambda tx, s=settled: record(s, tx, POLICY, self.now))

    def _prepare(self, tx: StoreTransaction) -> list[Outgoing]:
        return prepare(tx.outbox.pending(self.now), tx, POLICY, self.now)

    def _send(self, outgoing: Outgoing) -> str | None:
        if outgoing.content is None:
            return None
        event_id = f"$event{next(self._ids)}"
        room_id = outgoing.effect.room_id
        sent = {"event_id": event_id, "room_id": room_id, "sender": BOT, "type": outgoing.event_type}
        self.said.append({**sent, "content": outgoing.content})
        return event_id


@contextmanager
def pocket(folder: Path, *people: str) -> Iterator[Pocket]:
    """A pocket with these people in its room, over a new database in a folder."""
    with closing(Database.open(f"sqlite:///{folder / 'pocket.db'}")) as database:
        yield Pocket(database, *people)


def user_id(person: str) -> str:
    return f"@{person}:{SERVER}"


def direct_chat(person: str) -> str:
    return f"!direct-{person}:{SERVER}"


def _accept(event: JsonObject, now: int, tx: StoreTransaction) -> None:
    tx.inbox.accept([(event["event_id"], event["room_id"], now, dump(event), "new", 0, 0)])


def _handle_all(now: int, tx: StoreTransaction) -> None:
    handle_batch(read_rows(tx.inbox.pending(now), POLICY), {}, tx, POLICY, now)
