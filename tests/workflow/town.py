"""A world come alive: the true state of its rooms, and the bot's pipeline from what happens to what is sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bridge.domain.expertise import credits
from bridge.domain.questions import Acceptance, Answer, Question, State, Voice
from bridge.store.json import dump
from bridge.store.sealing import ALL_TEXT, Keeping
from bridge.store.transaction import StoreTransaction
from bridge.workflow.cases import Violation
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.counting import catch_up
from bridge.workflow.delivery import Lack, Outgoing, Settled, prepare, record
from bridge.workflow.desk import Policy
from bridge.workflow.doors import inspect
from bridge.workflow.effects import AtDoor, Effect, Invite, Remove, ToPerson
from bridge.workflow.enacting import enact
from bridge.workflow.ending import tick
from bridge.workflow.gathering import gather
from bridge.workflow.inbound import handle_batch, read_rows
from bridge.workflow.picturing import Picture, Trend
from bridge.workflow.records import Person, Role, Room
from bridge.workflow.removals import on_found
from bridge.workflow.ringing import ring
from tests.workflow.ground import Ground
from tests.workflow.oracle import OPEN, Scene, has_place
from tests.workflow.worlds import BOT, CAST, CREATOR, KEYS, NOW, World, direct, local, room_id

JsonObject = dict[str, Any]
Watch = Callable[[Outgoing, StoreTransaction], None]
EVENTS = "qcamstu"
"""What was said in a room before anything happens: `$q-one-a` is the question of the room `one-a`."""
MOST_ROUNDS = 30
TICKS = 3
"""Of what is due for a grant, one thing is done each second."""


@dataclass(frozen=True, slots=True)
class Message:
    """What the bot sent: `room` is a direct chat where it was meant for one person."""

    room: str
    effect: Any
    content: JsonObject
    event_id: str
    at: int


@dataclass
class Town:
    """`watch` sees everything that is made ready, in the transaction that made it; `refuse` says which errands fail."""

    ground: Ground
    world: World
    policy: Policy
    watch: Watch = lambda _out, _tx: None
    refuse: Callable[[Remove], str] = lambda _: ""
    now: int = NOW
    members: dict[str, dict[str, str]] = field(default_factory=lambda: {direct(who): {who: "join"} for who in CAST})
    ever: dict[str, set[str]] = field(default_factory=lambda: {room_id(k): _speakers(k) for k in KEYS})
    """Who was ever in a room."""
    sent: list[Message] = field(default_factory=list)
    transactions: dict[str, str] = field(default_factory=dict)
    """The homeserver answers a repeated transaction id with the event that it has."""
    said_in: dict[str, str] = field(default_factory=lambda: {f"${e}-{k}": room_id(k) for k in KEYS for e in EVENTS})
    spoken_in: str = ""
    put_out: list[tuple[str, str]] = field(default_factory=list)
    readable: set[str] = field(default_factory=set)
    powers: dict[str, JsonObject] = field(default_factory=dict)
    creators: dict[str, set[str]] = field(default_factory=dict)
    late: list[JsonObject] | None = None
    """Where it is a list, what the bot does comes back to it only later, and what happens in that room behind it."""
    space_of: dict[str, str] = field(default_factory=dict)
    found: list[Violation] = field(default_factory=list)
    ids: Any = field(default_factory=lambda: count(1))

    def scene(self, tx: StoreTransaction) -> Scene:
        """Things as they truly are; grants are data, so they are read from the store."""
        return Scene(
            spaces=self.policy.spaces,
            space_of=self.space_of,
            members=self.members,
            grants=tuple(tx.grants.all()),
            moderators=self.policy.people.moderators,
            now=self.now,
            denied=self.policy.people.denied,
            readable=frozenset(self.readable),
        )

    def settle_in(self, after: Callable[[], None] = lambda: None) -> None:
        """Rooms and people; then the bot goes through its rooms, as it does when it starts."""
        self.ground.write(self._build)
        after()
        self.inspect_all()

    def _build(self, tx: StoreTransaction) -> None:
        for grant in self.world.grants:
            tx.grants.save(grant)
        for key in self.world.rooms:
            room = room_id(key)
            self.space_of[room] = key.partition("-")[0]
            given = {who: level for where, who, level in self.world.powers if where == key}
            self.creators[room] = {who for who, level in given.items() if level == CREATOR}
            self.powers[room] = {"users": {BOT: 100} | {w: n for w, n in given.items() if n != CREATOR}}
            tx.rooms.save(_room(key, self.space_of[room], self.powers[room], sorted(self.creators[room])))
        catch_up(Circumstances(tx, self.policy, self.now))
        self._people_come(tx)
        for key, follower in self.world.followers:
            tx.questions.follow(follower, number_of(key))
        for room, present in self.members.items():
            self.ever.setdefault(room, set()).update(who for who, there in present.items() if there == "join")
        for owner, other in self.world.in_chats:
            self.members[direct(owner)][other] = "join"
            tx.rooms.set_member(direct(owner), other, "join", "")

    def _people_come(self, tx: StoreTransaction) -> None:
        """Everybody is where they have a place by their own right, but for those who are astray."""
        scene = self.scene(tx)
        for room in self.space_of:
            closed = self.policy.spaces[self.space_of[room]].level not in OPEN
            self.members[room] = {who: "join" for who in CAST if closed and has_place(who, room, scene)}
        for key, who, membership in self.world.astray:
            self.members[room_id(key)][who] = membership
        for room in self.space_of:
            for who, membership in self.members[room].items():
                tx.rooms.set_member(room, who, membership, local(who).capitalize())

    def happens(self, event: JsonObject, *, fetched: Sequence[JsonObject] = ()) -> str:
        """An event reaches the bot and is handled; returns its id."""
        event_id = f"$e{next(self.ids)}z"
        whole = {"event_id": event_id, "origin_server_ts": self.now, **event}
        self.said_in[event_id] = event["room_id"]

        def handle(tx: StoreTransaction) -> None:
            tx.inbox.accept([(event_id, event["room_id"], self.now, dump(whole), "new", 0, 0)])
            known = {found["event_id"]: found for found in fetched}
            handle_batch(read_rows(tx.inbox.pending(self.now), tx, self.policy), known, tx, self.policy, self.now)

        self.ground.write(handle)
        return event_id

    def says(self, person: str, body: str, room: str, relation: JsonObject | None = None) -> str:
        content = {"msgtype": "m.text", "body": body} | ({"m.relates_to": relation} if relation else {})
        self.spoken_in = room
        said = self.happens({"type": "m.room.message", "room_id": room, "sender": person, "content": content})
        if body.startswith("!answer"):
            # An answer belongs to its question, whose card links to where it was given.
            del self.said_in[said]
        return said

    def reacts(self, person: str, key: str, target: str, room: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": target, "key": key}
        content = {"m.relates_to": relation}
        where = {"room_id": room, "sender": person}
        original = {"type": "m.room.message", "event_id": target, "room_id": room, "sender": CAST[0]}
        body = {"msgtype": "m.text", "body": f"marker-{room[1:].partition(':')[0]}"}
        here = self.said_in.get(target) == room and target.startswith("$m-")
        return self.happens(
            {"type": "m.reaction", **where, "content": content}, fetched=[{**original, "content": body}] if here else []
        )

    def moves(self, person: str, membership: str, room: str, by: str | None = None, name: str = "") -> str:
        """A membership changes: in truth, and then the bot hears of it."""
        self.members.setdefault(room, {})[person] = membership
        if membership == "join":
            self.ever.setdefault(room, set()).add(person)
        content = {"membership": membership, "displayname": name or local(person).capitalize()}
        who = {"sender": by or person, "state_key": person}
        event = {"type": "m.room.member", "room_id": room, **who, "content": content}
        if self.late is not None and (by == BOT or any(waiting["room_id"] == room for waiting in self.late)):
            self.late.append(event)
            return ""
        return self.happens(event)

    def catch_up(self) -> None:
        """What the bot did itself comes back to it at last."""
        events, self.late = self.late or [], None
        for event in events:
            self.happens(event)

    def changes(self, room: str, kind: str, content: JsonObject, state_key: str = "") -> str:
        """A piece of a room's state changes."""
        if kind == "m.room.power_levels":
            self.powers[room] = content
        if kind == "m.room.history_visibility":
            world = content.get("history_visibility") == "world_readable"
            (self.readable.add if world else self.readable.discard)(room)
        return self.happens({"type": kind, "room_id": room, "sender": BOT, "state_key": state_key, "content": content})

    def decided(self, decide: Callable[[StoreTransaction], Any]) -> None:
        """Something that the bot does by itself, as `workers.doorkeeper` does it."""
        name = f"doors.{next(self.ids)}"
        self.ground.write(lambda tx: enact(decide(tx), name, Circumstances(tx, self.policy, self.now)))

    def time_goes_by(self, milliseconds: int) -> None:
        self.now += milliseconds
        for _ in range(TICKS):
            self.decided(lambda tx: tick(tx, self.policy, self.now))

    def inspect_all(self) -> None:
        """What happens at the start and after each reload."""
        self.ground.write(self.inspect)
        self.decide()

    def inspect(self, tx: StoreTransaction) -> None:
        for room in filter(None, map(tx.rooms.get, self.space_of)):
            found, done = inspect(room, tx, self.policy, self.now)
            self.found += found
            enact(done, f"inspect.{next(self.ids)}", Circumstances(tx, self.policy, self.now))

    def decide(self) -> None:
        found, self.found = self.found, []
        self.decided(lambda tx: on_found(found, tx, self.policy, self.now))

    def restart(self) -> None:
        """The process died: what was held in memory is gone. It starts, and goes through its rooms."""
        self.found = []
        self.ground.restart()
        self.inspect_all()

    def deliver(self, *, dies: bool = False) -> None:
        """Send everything there is to send, and what follows from that; or die before it is written down."""
        self.ground.write(self._ring)
        for _ in range(MOST_ROUNDS):
            ready = self.ground.write(self._prepare)
            if not ready:
                return
            if dies:
                for outgoing in ready:
                    self._carry_out(outgoing)
                self.restart()
                return
            settled = [self._carry_out(outgoing) for outgoing in ready]
            self.ground.write(lambda tx, s=settled: record(s, tx, self.policy, self.now))  # type: ignore[misc]
        raise AssertionError("what is to be sent has no end")

    def _ring(self, tx: StoreTransaction) -> None:
        for timer in tx.timers.due(self.now):
            ring(timer, Circumstances(tx, self.policy, self.now))

    def _prepare(self, tx: StoreTransaction) -> list[Outgoing]:
        found: dict[str, object] = {}
        ready = self._looked_up(tx, found)
        while lacking := [outgoing for outgoing in ready if outgoing.lacks is Lack.FINDINGS]:
            for outgoing in lacking:
                found[outgoing.row.effect_id] = self._gather(outgoing.effect, tx)
            ready = self._looked_up(tx, found)
        for outgoing in ready:
            if outgoing.content is not None:
                self.watch(outgoing, tx)
        return ready

    def _looked_up(self, tx: StoreTransaction, found: dict[str, object]) -> list[Outgoing]:
        return prepare(tx.outbox.pending(self.now), tx, self.policy, self.now, found)

    def _gather(self, effect: Effect, tx: StoreTransaction) -> object:
        found = gather(effect, Circumstances(tx, self.policy, self.now))
        if not isinstance(found, Trend):
            return found
        room, address = tx.rooms.get(effect.room_id), "mxc://example.org/trend"
        return found.shown_by(Picture(address, 1, {"url": address} if room and room.encrypted else None))

    def _carry_out(self, outgoing: Outgoing) -> Settled:
        effect = outgoing.effect
        if outgoing.content is None:
            return Settled(outgoing)
        if isinstance(effect, Remove):
            return Settled(outgoing, problem=self._put_out(effect))
        if isinstance(effect, Invite):
            self.moves(effect.person, "invite", effect.room_id, by=BOT)
            return Settled(outgoing)
        if isinstance(effect, AtDoor):
            self._mend(effect.room_id, outgoing.content)
            return Settled(outgoing)
        if outgoing.row.effect_id in self.transactions:
            return Settled(outgoing, self.transactions[outgoing.row.effect_id])
        event_id = self.transactions[outgoing.row.effect_id] = f"$e{next(self.ids)}z"
        room = direct(effect.person) if isinstance(effect, ToPerson) else effect.room_id
        self.said_in[event_id] = room
        self.sent.append(Message(room, effect, outgoing.content, event_id, self.now))
        return Settled(outgoing, event_id)

    def _mend(self, room: str, content: JsonObject) -> None:
        if content.get("event_type"):
            self.changes(room, content["event_type"], content["content"], state_key=content["state_key"])

    def _put_out(self, effect: Remove) -> str:
        problem = self.refuse(effect)
        if not problem and self.members[effect.room_id].get(effect.person) in {"join", "invite", "knock"}:
            self.put_out.append((effect.person, effect.room_id))
            self.moves(effect.person, "leave", effect.room_id, by=BOT)
        return problem


def number_of(key: str) -> int:
    """The number of the question that is asked in a room before anything else happens."""
    return KEYS.index(key) + 1


def _speakers(key: str) -> set[str]:
    return {asker_of(key), _helper(number_of(key))}


def asker_of(key: str) -> str:
    return CAST[number_of(key) % 5]


def _helper(number: int) -> str:
    return CAST[(number + 2) % 5]


def _room(key: str, space: str | None, levels: JsonObject, creators: Sequence[str] = ()) -> Room:
    version = {"room_version": "12", "additional_creators": creators} if creators else {"room_version": "11"}
    state: dict[str, dict[str, JsonObject]] = {
        "m.room.create": {"": {"content": version, "sender": creators[0] if creators else BOT}},
        "m.room.power_levels": {"": {"content": levels, "sender": BOT}},
        "m.room.name": {"": {"content": {"name": f"Salon {key}"}, "sender": BOT}},
    }
    return Room(room_id(key), space=space, joined=True, state=state)


def _prepared(tx: StoreTransaction) -> None:
    """What is the same in all worlds: every room with a question, of no space yet, and everybody's direct chat."""
    for key in KEYS:
        tx.rooms.save(_room(key, None, {}))
        tx.rooms.set_member(room_id(key), BOT, "join", "qa")
        _ask(key, tx)
    for key in KEYS:
        _ask_answered(key, tx)
    for person in CAST:
        tx.rooms.save(Room(direct(person), joined=True, direct_with=person))
        tx.rooms.set_member(direct(person), person, "join", local(person).capitalize())
        tx.rooms.set_member(direct(person), BOT, "join", "qa")
        tx.persons.save(Person(person, direct_room=direct(person)))


def _ask(key: str, tx: StoreTransaction) -> None:
    """A question with an answer and a card; its text, its answer and its events bear the room's name."""
    number = tx.questions.next_number()
    assert number == number_of(key)
    tx.questions.add(
        Question(
            number=number,
            space=key.partition("-")[0],
            room_id=room_id(key),
            event_id=f"$q-{key}",
            thread_root=f"$q-{key}",
            asker=asker_of(key),
            text=f"marker-{key}",
            tags=("secret", f"marker-{key}"),
            created_at=NOW,
            card_event_id=f"$c-{key}",
            state=State.OPEN,
            first_response_at=NOW,
            suggested=tuple(answered_of(KEYS[(number + step) % len(KEYS)]) for step in (0, 2, 5)),
        )
    )
    tx.questions.add_answer(Answer(f"$a-{key}", number, _helper(number), f"marker-{key}", NOW, room_id(key)))
    for role, event in ((Role.QUESTION, "q"), (Role.CARD, "c"), (Role.ANSWER, "a")):
        tx.questions.track(f"${event}-{key}", number, role)


def answered_of(key: str) -> int:
    """The number of the room's other question, whose answer is accepted."""
    return number_of(key) + len(KEYS)


def _ask_answered(key: str, tx: StoreTransaction) -> None:
    """A question that others may be duplicates of, and that somebody is known by to know about."""
    number = tx.questions.next_number()
    assert number == answered_of(key)
    question = Question(
        number=number,
        space=key.partition("-")[0],
        room_id=room_id(key),
        event_id=f"$s-{key}",
        thread_root=f"$s-{key}",
        asker=asker_of(key),
        text=f"marker-{key} again",
        tags=("secret", f"marker-{key}"),
        created_at=NOW - 1000,
        card_event_id=f"$t-{key}",
        state=State.ANSWERED,
        first_response_at=NOW,
        answered_at=NOW,
    )
    tx.questions.add(question)
    helper = _helper(number_of(key))
    tx.questions.add_answer(Answer(f"$u-{key}", number, helper, f"marker-{key}", NOW, room_id(key)))
    tx.questions.add_acceptance(Acceptance(f"$u-{key}", number, asker_of(key), Voice.ASKER, NOW))
    for role, event in ((Role.QUESTION, "s"), (Role.CARD, "t"), (Role.ANSWER, "u")):
        tx.questions.track(f"${event}-{key}", number, role)
    tx.experts.credit(number, credits(question, tx.questions.discussion(number)))


def ground_of_all_worlds(keeping: Keeping = ALL_TEXT) -> Ground:
    return Ground(_prepared, keeping)
