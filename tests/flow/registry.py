"""A homeserver's rooms as far as their state goes, and the bot that keeps them: no network, every step at once.

What the bot sets comes back to it as an event, as it does from a true homeserver.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bridge.chat.command import Setting
from bridge.chat.understand import wanted
from bridge.domain.people import People
from bridge.domain.spaces import Enforce, Level, RoomPolicy, Space
from bridge.store.database import Database
from bridge.store.json import dump
from bridge.store.transaction import StoreTransaction
from bridge.workflow.cases import DriftCase
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.commands import commands
from bridge.workflow.conforming import compare, summarise
from bridge.workflow.delivery import Outgoing, Settled, prepare, record
from bridge.workflow.desk import Done, Policy
from bridge.workflow.effects import Inform, MendRoom
from bridge.workflow.enacting import enact
from bridge.workflow.inbound import handle_batch, read_rows
from bridge.workflow.records import Room
from bridge.workflow.rooms import learn

JsonObject = dict[str, Any]

BOT, LEAD, BOB, ANN = "@qa:example.org", "@lead:example.org", "@bob:example.org", "@ann:acme.com"
ROOM, OTHER = "!acme", "!second"
EPOCH = 1_800_000_000_000
MINUTE = 60_000
SPACE = Space("acme", Level.EXTRANET, enforce=Enforce.ON, room=RoomPolicy(join_rule="invite"))
LEVELS: JsonObject = {"users": {BOT: 100, BOB: 50, LEAD: 50}}


class Registry:
    """Rooms of the space `acme`. `told` holds what the bot wrote to each person, `set` what it changed, in order."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.space = SPACE
        self.now = EPOCH
        self.state: dict[str, dict[tuple[str, str], JsonObject]] = {}
        self.listed: dict[str, bool] = {}
        self.told: dict[str, list[str]] = {}
        self.said: list[JsonObject] = []
        self.set: list[tuple[str, JsonObject]] = []
        self.refuses = ""
        self.away = False
        self._ids = count(1)
        database.write_now(self._settle_in)

    @property
    def policy(self) -> Policy:
        setting = Setting(BOT, "!", commands(), names=("qa",))
        people = People(staff=("@*:example.org",), moderators=(LEAD,))
        return Policy(setting, people, {"acme": self.space})

    def room(self, room_id: str = ROOM, **contents: JsonObject) -> None:
        """A room that the bot is in and has yet to learn; `contents` as in m.room.<name>."""
        plain = {"create": {"room_version": "10"}, "power_levels": LEVELS, "join_rules": {"join_rule": "invite"}}
        self.state[room_id] = {(f"m.room.{kind}", ""): content for kind, content in (plain | contents).items()}

    def learns(self, *rooms: str) -> None:
        """As at a start: each room is read, then all is told together."""
        self.now += MINUTE
        for room_id in rooms or (ROOM,):
            self.database.write_now(partial(self._learn, room_id))
        self._enact("told", lambda tx: summarise(tx, self.policy, self.now))
        self.deliver()

    def reloads(self, **changed: Any) -> None:
        """The space is as the config says now."""
        self.space = replace(self.space, **changed)
        for room_id in self.state:
            self._enact(f"again {room_id}", partial(self._compare, room_id))
        self._enact("told", lambda tx: summarise(tx, self.policy, self.now))
        self.deliver()

    def leaves_space(self, room_id: str) -> None:
        def leave(tx: StoreTransaction) -> None:
            room = tx.rooms.get(room_id)
            assert room is not None
            tx.rooms.save(replace(room, space=None))

        self.database.write_now(leave)

    def changes(self, person: str, kind: str, content: JsonObject, key: str = "", room_id: str = ROOM) -> None:
        """Somebody sets state, and the bot does what it does about it."""
        self.now += MINUTE
        self.state[room_id][kind, key] = content
        self._happens({"type": kind, "state_key": key, "content": content, "sender": person, "room_id": room_id})
        self.deliver()

    def asks(self, person: str, body: str) -> str:
        """What the bot answers in the person's direct chat."""
        self.now += MINUTE
        before = len(self.said)
        content = {"msgtype": "m.text", "body": body}
        self._happens({"type": "m.room.message", "content": content, "sender": person, "room_id": f"!chat-{person}"})
        self.deliver()
        return "\n".join(str(content["body"]) for content in self.said[before:])

    def content(self, kind: str, key: str = "", room_id: str = ROOM) -> JsonObject:
        return self.state[room_id].get((kind, key), {})

    def cases(self) -> list[DriftCase]:
        """What differs now, as the bot has it."""
        return self.database.read_now(lambda tx: tx.drifts.all())

    def facts(self) -> list[str]:
        with self.database.snapshot() as conn:
            return [row[0] for row in conn.exec_driver_sql("SELECT kind FROM facts ORDER BY seq")]

    def deliver(self) -> None:
        """Until nothing is left to send, unless the homeserver is away."""
        while not self.away and (ready := self.database.write_now(self._prepare)):
            settled = [self._carry_out(outgoing) for outgoing in ready]
            self.database.write_now(lambda tx, s=settled: record(s, tx, self.policy, self.now))  # type: ignore[misc]

    def _settle_in(self, tx: StoreTransaction) -> None:
        for person in (LEAD, BOB, ANN, "@joe:example.org"):
            tx.rooms.save(Room(f"!chat-{person}", joined=True, direct_with=person))
            tx.rooms.replace_members(f"!chat-{person}", {person: ("join", ""), BOT: ("join", "")})

    def _learn(self, room_id: str, tx: StoreTransaction) -> None:
        if tx.rooms.get(room_id) is None:
            tx.rooms.save(Room(room_id, space="acme"))
        events = [
            {"type": kind, "state_key": key, "content": content, "sender": BOB, "event_id": f"$learnt{next(self._ids)}"}
            for (kind, key), content in self.state[room_id].items()
        ]
        for person in (BOT, BOB, LEAD):
            content = {"membership": "join"}
            about = {"sender": person, "event_id": f"$m{next(self._ids)}"}
            events.append({"type": "m.room.member", "state_key": person, "content": content, **about})
        learn(room_id, events, tx, BOT, self.listed.get(room_id, False))
        enact(self._compare(room_id, tx), f"learn {next(self._ids)}", Circumstances(tx, self.policy, self.now))

    def _compare(self, room_id: str, tx: StoreTransaction) -> Done:
        room = tx.rooms.get(room_id)
        assert room is not None
        return compare(room, tx, self.policy, self.now)

    def _enact(self, name: str, decide: Callable[[StoreTransaction], Done]) -> None:
        name = f"{name} {next(self._ids)}"
        self.database.write_now(lambda tx: enact(decide(tx), name, Circumstances(tx, self.policy, self.now)))

    def _happens(self, event: JsonObject) -> None:
        event |= {"event_id": f"$event{next(self._ids)}", "origin_server_ts": self.now}
        if wanted(event, self.policy.setting):
            row = (event["event_id"], event["room_id"], self.now, dump(event), "new", 0, 0)
            self.database.write_now(lambda tx: tx.inbox.accept([row]))
            self.database.write_now(self._handle)

    def _handle(self, tx: StoreTransaction) -> None:
        handle_batch(read_rows(tx.inbox.pending(self.now), tx, self.policy), {}, tx, self.policy, self.now)

    def _prepare(self, tx: StoreTransaction) -> list[Outgoing]:
        return prepare(tx.outbox.pending(self.now), tx, self.policy, self.now)

    def _carry_out(self, outgoing: Outgoing) -> Settled:
        effect, content = outgoing.effect, outgoing.content
        if content is None:
            return Settled(outgoing)
        if isinstance(effect, MendRoom):
            if not self.refuses:
                self._set(effect.room_id, content)
            return Settled(outgoing, None, self.refuses)
        self.said.append(content)
        if isinstance(effect, Inform):
            self.told.setdefault(effect.person, []).append(str(content["body"]))
        return Settled(outgoing, f"$sent{next(self._ids)}")

    def _set(self, room_id: str, content: JsonObject) -> None:
        self.set.append((room_id, content))
        if "listed" in content:
            self.listed[room_id] = content["listed"]
            return
        kind, key = content["event_type"], content["state_key"]
        self.state[room_id][kind, key] = content["content"]
        echo = {"type": kind, "state_key": key, "content": content["content"], "sender": BOT, "room_id": room_id}
        self._happens(echo)


@contextmanager
def registry(folder: Path) -> Iterator[Registry]:
    with closing(Database.open(f"sqlite:///{folder / 'registry.db'}")) as database:
        yield Registry(database)
