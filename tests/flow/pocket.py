"""A town in a pocket: all stages between the door and the homeserver in one process, on SQLite and without a network.

For tests that are about words and use cases. What has to hold against a true homeserver is tested in `tests/real`.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bridge.chat.command import Setting
from bridge.chat.understand import wanted
from bridge.crypto.sealed import Sealer
from bridge.domain.people import People
from bridge.domain.spaces import DAY, Level, Space
from bridge.store.database import Database
from bridge.store.json import dump
from bridge.store.transaction import StoreTransaction
from bridge.workflow import doors, overdue, removals, retaining
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.commands import commands
from bridge.workflow.delivery import Outgoing, Settled, prepare, record
from bridge.workflow.desk import Done, Policy
from bridge.workflow.effects import AtDoor, Invite, Remove, ToPerson
from bridge.workflow.enacting import enact
from bridge.workflow.ending import tick
from bridge.workflow.gathering import gather
from bridge.workflow.inbound import handle_batch, read_row, read_rows
from bridge.workflow.records import Pending, Person, Room
from bridge.workflow.ringing import ring
from bridge.workflow.similar import Semantic

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
CREATE = {"m.room.create": {"": {"content": {"creator": BOT}, "sender": BOT, "event_id": "$create"}}}

ENCRYPTION: Mapping[str, Mapping[str, JsonObject]] = {
    "m.room.encryption": {"": {"content": {"algorithm": "m.megolm.v1.aes-sha2"}, "sender": BOT, "event_id": "$sealed"}}
}


class Pocket:
    """Rooms of spaces with everybody in them, and a direct chat with each person. Every step takes a minute.

    `said` holds what was written, by people and by the bot, in order; `invited` and `removed` what the bot did at the
    doors of rooms, as (room, person). What stands in `forbidden` the homeserver does not let it do.
    """

    def __init__(
        self,
        database: Database,
        *people: str,
        policy: Policy = POLICY,
        rooms: Mapping[str, str] | None = None,
        encrypted: Collection[str] = (),
    ) -> None:
        self.said: list[JsonObject] = []
        self.invited: list[tuple[str, str]] = []
        self.removed: list[tuple[str, str]] = []
        self.reasons: list[str] = []
        self.forbidden: set[tuple[str, str]] = set()
        self.now = EPOCH
        self.policy = policy
        self.semantic: Semantic | None = None
        self._database = database
        self._ids = count(1)
        self._encrypted = encrypted
        self._findings: dict[str, object] = {}
        self._rooms = rooms or {ROOM: "helpdesk"}
        self._state = CREATE if rooms else {}
        database.write_now(lambda tx: self._settle_in(tx, people))

    @property
    def database(self) -> Database:
        return self._database

    # --- what people do ------------------------------------------------------------------------------------------

    def says(
        self, person: str, body: str, *, thread: str | None = None, private: bool = False, room: str | None = None
    ) -> str:
        """A message, in the room or in the person's direct chat with the bot; returns its event id."""
        content: JsonObject = {"msgtype": "m.text", "body": body}
        if thread:
            content["m.relates_to"] = {"rel_type": "m.thread", "event_id": thread}
        return self._happens(person, "m.room.message", content, self._place(person, room, private=private))

    def reacts(self, person: str, target: str, key: str, *, private: bool = False, room: str | None = None) -> str:
        relation = {"rel_type": "m.annotation", "event_id": target, "key": key}
        return self._happens(
            person, "m.reaction", {"m.relates_to": relation}, self._place(person, room, private=private)
        )

    def redacts(self, person: str, target: str, *, room: str | None = None) -> None:
        self._happens(person, "m.room.redaction", {"redacts": target}, self._place(person, room))

    def edits(self, person: str, target: str, body: str, *, room: str | None = None) -> None:
        new = {"msgtype": "m.text", "body": body}
        relation = {"rel_type": "m.replace", "event_id": target}
        content = {**new, "body": f"* {body}", "m.new_content": new, "m.relates_to": relation}
        self._happens(person, "m.room.message", content, self._place(person, room))

    def consents(self, person: str, about: str = "") -> str:
        """A ✅ on the newest message in the person's direct chat that has these words in it; returns its target."""
        target = next(e["event_id"] for e in reversed(self._told(person)) if about in e["content"]["body"])
        self.reacts(person, target, "✅", private=True)
        return str(target)

    def answers(
        self, person: str, body: str, *, thread: str | None = None, private: bool = False, room: str | None = None
    ) -> list[str]:
        """What the bot sends because of a message, wherever, as plain text."""
        before = len(self.said) + 1
        self.says(person, body, thread=thread, private=private, room=room)
        return [str(event["content"].get("body", "")) for event in self.said[before:]]

    def hears(self, person: str, body: str, *, room: str | None = None, private: bool = False) -> str:
        """The one text that the bot answers a message with, be it in the room or in the direct chat."""
        (text,) = filter(None, self.answers(person, body, room=room, private=private))
        return text

    def member(self, person: str, membership: str, *, room: str | None = None, by: str | None = None) -> None:
        """Somebody joins, leaves, is invited, knocks."""
        content = {"membership": membership, "displayname": person.lstrip("@").partition(":")[0].capitalize()}
        self._happens(by or person, "m.room.member", content, self._place(person, room), user_id(person))

    # --- what time and operators do ------------------------------------------------------------------------------

    def starts(self) -> None:
        """What a start of the program sees to."""
        self._database.write_now(lambda tx: retaining.begin(tx, self.now))

    def rings(self) -> None:
        """What is due now is heard, once."""
        self._database.write_now(self._ring)
        self._deliver()

    def passes(self, days: float = 0) -> None:
        """Time goes by; what it brings is done."""
        self.now += int(days * DAY)
        for _ in range(4):
            self._database.write_now(lambda tx: self._enact(tick(tx, self.policy, self.now), tx))
            self._database.write_now(self._ring)
            self._deliver()

    def reloads(self, policy: Policy) -> None:
        """The config has changed: all rooms are gone through."""
        self.policy = policy

        def inspect(tx: StoreTransaction) -> None:
            rooms = [room for room in tx.rooms.all().values() if room.space]
            new = []
            for room in rooms:
                found, done = doors.inspect(room, tx, policy, self.now)
                new += found
                self._enact(done, tx)
            self._enact(removals.on_found(new, tx, policy, self.now), tx)

        self._database.write_now(inspect)
        self._database.write_now(lambda tx: overdue.take_over(Circumstances(tx, policy, self.now)))
        self.passes()

    # --- what can be seen ----------------------------------------------------------------------------------------

    def told(self, person: str) -> list[str]:
        """What the bot wrote in the person's direct chat, as plain text."""
        return [str(event["content"]["body"]) for event in self._told(person)]

    def seen_in(self, room: str) -> list[str]:
        """What the bot sent in a room: texts, and the keys of reactions."""
        sent = [event["content"] for event in self.said if event["room_id"] == room and event["sender"] == BOT]
        return [str(content.get("body") or content["m.relates_to"]["key"]) for content in sent]

    def members(self, room: str) -> dict[str, str]:
        return self._database.write_now(lambda tx: tx.rooms.members(room))

    def _told(self, person: str) -> list[JsonObject]:
        chat = direct_chat(person)
        mine = (event for event in self.said if event["room_id"] == chat and event["sender"] == BOT)
        return [event for event in mine if event["type"] == "m.room.message"]

    # --- how it works --------------------------------------------------------------------------------------------

    def _settle_in(self, tx: StoreTransaction, people: tuple[str, ...]) -> None:
        names = {BOT: ("join", "qa")} | {user_id(p): ("join", p.capitalize()) for p in people}
        for room_id, space in self._rooms.items():
            state = {**self._state, **self._encryption_of(room_id)}
            tx.rooms.save(Room(room_id, space=space, joined=True, state=state))
            tx.rooms.replace_members(room_id, names)
        for person in people:
            tx.rooms.save(self._chat(person))
            if self._encrypted:
                # The outbox worker finds the chat before it puts words to what is said in it.
                tx.persons.save(Person(user_id(person), direct_room=direct_chat(person)))

    def _chat(self, person: str) -> Room:
        room_id = direct_chat(person)
        return Room(room_id, joined=True, direct_with=user_id(person), state=self._encryption_of(room_id))

    def _encryption_of(self, room_id: str) -> Mapping[str, Mapping[str, JsonObject]]:
        return ENCRYPTION if room_id in self._encrypted else {}

    def _place(self, person: str, room: str | None, *, private: bool = False) -> str:
        return direct_chat(person) if private else room or next(iter(self._rooms))

    def _happens(self, person: str, kind: str, content: JsonObject, room_id: str, state_key: str | None = None) -> str:
        self.now += MINUTE
        event = {
            "event_id": f"$event{next(self._ids)}",
            "room_id": room_id,
            "sender": user_id(person),
            "type": kind,
            "origin_server_ts": self.now,
            "content": content,
        }
        if state_key is None:
            self.said.append(event)
        else:
            event["state_key"] = state_key
        if wanted(event, self.policy.setting):
            self._handle(event)
            self._database.write_now(self._ring)
            self._deliver()
        return str(event["event_id"])

    def _handle(self, event: JsonObject) -> None:
        if event["room_id"] in self._encrypted:
            self._database.write_now(partial(self._handle_opened, event))
            return
        self._database.write_now(partial(_accept, event, self.now))
        self._database.write_now(self._handle_all)

    def _handle_all(self, tx: StoreTransaction) -> None:
        handle_batch(read_rows(tx.inbox.pending(self.now), tx, self.policy), {}, tx, self.policy, self.now)

    def _handle_opened(self, event: JsonObject, tx: StoreTransaction) -> None:
        """What an event of an encrypted room says is nowhere but in memory."""
        row = Pending(0, event["event_id"], event["room_id"], event, self.now, 0)
        handle_batch([read_row(row, event, self.policy)], {}, tx, self.policy, self.now)

    def _ring(self, tx: StoreTransaction) -> None:
        for timer in tx.timers.due(self.now):
            ring(timer, Circumstances(tx, self.policy, self.now))

    def _enact(self, done: Done, tx: StoreTransaction) -> None:
        enact(done, f"pocket.{next(self._ids)}", Circumstances(tx, self.policy, self.now))

    def _deliver(self) -> None:
        while ready := self._database.write_now(self._prepare):
            for outgoing in ready:
                if outgoing.lacks is not None:
                    self._gather(outgoing)
            settled = [self._carry_out(outgoing) for outgoing in ready if outgoing.lacks is None]
            self._database.write_now(partial(self._record, settled))

    def _record(self, settled: list[Settled], tx: StoreTransaction) -> None:
        record(settled, tx, self.policy, self.now)

    def _prepare(self, tx: StoreTransaction) -> list[Outgoing]:
        return prepare(tx.outbox.pending(self.now), tx, self.policy, self.now, self._findings)

    def _gather(self, outgoing: Outgoing) -> None:
        row, effect = outgoing.row, outgoing.effect
        self._findings[row.effect_id] = self._database.read_now(
            lambda tx: gather(effect, Circumstances(tx, self.policy, self.now, self.semantic))
        )

    def _carry_out(self, outgoing: Outgoing) -> Settled:
        if outgoing.content is None:
            return Settled(outgoing)
        if isinstance(outgoing.effect, AtDoor):
            return Settled(outgoing, None, self._at_door(outgoing))
        return Settled(outgoing, self._send(outgoing))

    def _at_door(self, outgoing: Outgoing) -> str:
        """What the homeserver would say against it; the event itself comes back to us, as from a true one."""
        effect = outgoing.effect
        if not isinstance(effect, Remove | Invite):
            return ""
        if (effect.room_id, effect.person) in self.forbidden:
            return "not allowed"
        done, membership = (self.invited, "invite") if isinstance(effect, Invite) else (self.removed, "leave")
        done.append((effect.room_id, effect.person))
        if isinstance(effect, Remove):
            self.reasons.append(str((outgoing.content or {}).get("reason", "")))
        self._database.write_now(lambda tx: tx.rooms.set_member(effect.room_id, effect.person, membership, ""))
        return ""

    def _send(self, outgoing: Outgoing) -> str:
        event_id = f"$event{next(self._ids)}"
        effect = outgoing.effect
        room_id = self._direct(effect.person) if isinstance(effect, ToPerson) else effect.room_id
        sent = {"event_id": event_id, "room_id": room_id, "sender": BOT, "type": outgoing.event_type}
        self.said.append({**sent, "content": outgoing.content})
        return event_id

    def _direct(self, person: str) -> str:
        """The direct chat with somebody, made where there is none."""
        room_id = direct_chat(person)

        def make(tx: StoreTransaction) -> None:
            known: Person = tx.persons.get(person)
            if known.direct_room is None:
                tx.persons.save(replace(known, direct_room=room_id))
                tx.rooms.save(self._chat(person))

        self._database.write_now(make)
        return room_id


@contextmanager
def pocket(
    folder: Path,
    *people: str,
    policy: Policy = POLICY,
    rooms: Mapping[str, str] | None = None,
    encrypted: Collection[str] = (),
    textless: bool = False,
) -> Iterator[Pocket]:
    """A pocket with these people in its rooms, over a new database in a folder; `rooms`: room id -> space.

    `encrypted`: rooms and direct chats that are; `textless`: with `tracking: metadata`.
    """
    url = f"sqlite:///{folder / 'pocket.db'}"
    with closing(Database.open(url, textless=textless, sealer=Sealer(b"pocket") if textless else None)) as database:
        yield Pocket(database, *people, policy=policy, rooms=rooms, encrypted=encrypted)


def user_id(person: str) -> str:
    return person if person.startswith("@") else f"@{person}:{SERVER}"


def direct_chat(person: str) -> str:
    """Where the bot and somebody write to each other, by name or user id."""
    name, _, server = user_id(person)[1:].partition(":")
    return f"!direct-{name}:{server}"


def _accept(event: JsonObject, now: int, tx: StoreTransaction) -> None:
    tx.inbox.accept([(event["event_id"], event["room_id"], now, dump(event), "new", 0, 0)])
