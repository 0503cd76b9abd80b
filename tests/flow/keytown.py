"""A town whose rooms are encrypted: the true door, inbox, outbox and keeper of keys over a make-believe homeserver."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count, takewhile
from pathlib import Path
from typing import TypeVar, cast

from bridge.chat.understand import wanted
from bridge.crypto.errors import JsonObject
from bridge.crypto.identity import Identity
from bridge.crypto.ratchets import Ratchets
from bridge.crypto.sealed import Sealer
from bridge.ops.health import Health
from bridge.ops.metrics import Metrics
from bridge.store.database import Database
from bridge.store.inbox import StoreIntake
from bridge.store.transaction import StoreTransaction
from bridge.workers.gathering import Gathering
from bridge.workers.inbox import InboxWorker
from bridge.workers.keys import KeyKeeper
from bridge.workers.outbox import OutboxWorker
from bridge.workflow.current import Current
from bridge.workflow.desk import Policy
from bridge.workflow.encryption import devices
from bridge.workflow.encryption.receiving import receive
from bridge.workflow.encryption.records import ENCRYPTED, MEGOLM, Keyring
from bridge.workflow.encryption.sealing import Sealing
from bridge.workflow.ports import Batch, Homeserver, KeyNews, KeyServer
from bridge.workflow.records import Room
from bridge.workflow.rooms import learn
from tests.flow.devices import BOT, BOT_DEVICE, Client, Owner, Server
from tests.flow.pocket import EPOCH, POLICY, ROOM

SECRET = b"the operator's secret"
_states = count(1)
T = TypeVar("T")


class Signing:
    """Our identity, as far as the keeper of keys needs it."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    async def settle(self) -> None:
        return

    def sign(self, device_keys: JsonObject) -> JsonObject:
        return self._identity.sign_device(device_keys)

    async def back_up(self) -> bool:
        return False

    async def restore_backup(self) -> int:
        return 0


class KeyTown:
    """One encrypted room of a space. `restart` loses everything but the database, as a kill does.

    No time goes by but by `passes`.
    """

    def __init__(self, folder: Path, *, trust_all: bool = False, policy: Policy = POLICY) -> None:
        self.server = Server()
        self._now = EPOCH
        self._url = f"sqlite:///{folder / 'town.db'}"
        self._trust_all = trust_all
        self._cursors = count(1)
        self._policy = policy
        self.server.state[ROOM] = {
            ("m.room.create", ""): _state("m.room.create", "", {"room_version": "11"}),
            ("m.room.encryption", ""): _state("m.room.encryption", "", {"algorithm": MEGOLM}),
            ("m.room.member", BOT): _state("m.room.member", BOT, {"membership": "join"}),
        }
        self.start()
        self.does(lambda tx: tx.rooms.save(Room(ROOM, space="helpdesk", joined=True)))

    async def opens(self, room: str) -> None:
        """Another encrypted room of the space, with the same people."""
        self.does(lambda tx: tx.rooms.save(Room(room, space="helpdesk", joined=True)))
        self.server.state[room] = {key: one | {"room_id": room} for key, one in self.server.state[ROOM].items()}
        await self.learn(room)

    def start(self) -> None:
        self.database = Database.open(self._url)
        ratchets, sealer = Ratchets(SECRET), Sealer(SECRET)
        self.database.use_keys(ratchets, sealer)
        self.does(lambda tx: devices.own(tx, ratchets, BOT, BOT_DEVICE))
        self.keyring = Keyring(BOT, BOT_DEVICE, ratchets, sealer, self._trust_all)
        homeserver, metrics, current = cast(Homeserver, self.server), Metrics("0"), Current(self._policy)
        gathering = Gathering(self.database, current, self.now)
        self.outbox = OutboxWorker(self.database, homeserver, self, current, metrics, self.now, gathering)
        self.keys = KeyKeeper(
            self.database,
            cast(KeyServer, self.server),
            Signing(self.server.bot_identity),
            Sealing(self.keyring),
            Health(()),
            metrics,
            lambda: None,
            self.now,
        )
        self.outbox.speech = self.keys
        self.inbox = InboxWorker(self.database, homeserver, current, metrics, lambda: None, self.now)
        setting = self._policy.setting
        self.intake = StoreIntake(
            self.database, lambda event: wanted(event, setting), lambda: None, encrypted=True, clock=self.now
        )
        self.intake.keyring, self.intake.on_keys = self.keyring, self.keys.received

    def restart(self) -> None:
        self.stop()
        self.start()

    def stop(self) -> None:
        self.database.close()

    def now(self) -> int:
        return self._now

    def does(self, work: Callable[[StoreTransaction], T]) -> T:
        return self.database.write_now(work)

    # --- what people do -----------------------------------------------------------------------------------------------

    def comes(self, name: str, *, identity: bool = True, membership: str = "join", device: str = "PHONE") -> Client:
        """Somebody with one device, which they signed where they have an identity, is in the room."""
        user_id = name if name.startswith("@") else f"@{name}:example.org"
        self.server.owners[user_id] = Owner(user_id, Identity.new(user_id) if identity else None)
        client = self.server.adds_device(user_id, device)
        self.member(user_id, membership)
        return client

    def member(self, user_id: str, membership: str, room: str = ROOM) -> None:
        content = {"membership": membership, "displayname": user_id[1:4]}
        self.server.happens(_state("m.room.member", user_id, content, room) | {"sender": user_id})

    def state(self, event_type: str, content: JsonObject, room: str = ROOM) -> None:
        self.server.happens(_state(event_type, "", content, room))

    def says(
        self, client: Client, body: str, more: JsonObject | None = None, *, key: bool = True, room: str = ROOM
    ) -> str:
        """A sealed message, whose key goes to the bot before it, unless it is held back; `more` is its content, too."""
        if key:
            self.server.to_bot.append(client.tells("m.room_key", client.key_of(room)))
        content = {"msgtype": "m.text", "body": body} | (more or {})
        return self.sends(client, client.seals(room, "m.room.message", content), room=room)

    def sends(self, client: Client, content: JsonObject, event_type: str = ENCRYPTED, room: str = ROOM) -> str:
        event = {"room_id": room, "sender": client.user_id, "type": event_type, "content": content}
        return self.server.happens(event | {"origin_server_ts": self.now()})

    def reacts(self, client: Client, target: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": target, "key": key}
        return self.sends(client, {"m.relates_to": relation}, "m.reaction")

    def redacts(self, client: Client, target: str) -> str:
        return self.sends(client, {"redacts": target}, "m.room.redaction")

    # --- what happens then --------------------------------------------------------------------------------------------

    async def sync(self) -> bool:
        """Hand over what is new; False where nothing is."""
        events, self.server.timeline = self.server.timeline, []
        to_device, self.server.to_bot = self.server.to_bot, []
        changed, self.server.changed = self.server.changed, set()
        left = len(self.server.bot_one_time)
        news = KeyNews(tuple(to_device), left, bool(self.server.bot_fallback), tuple(changed))
        await self.intake.accept(Batch("sync", events, f"s{next(self._cursors)}", news))
        return bool(events or to_device or changed)

    def hears(self, *to_device: JsonObject) -> None:
        """Devices say something, and nothing follows from it."""
        self.does(lambda tx: receive(KeyNews(to_device), tx, self.keyring, self.now()))

    async def settle(self) -> None:
        """Until nothing is to be done any more at this time."""
        for _ in range(60):
            moved = await self.sync()
            await self.keys._round()
            while await self.inbox.work():
                moved = True
            if not await self.deliver() and not moved:
                return
        raise AssertionError("goes round in circles")

    async def deliver(self) -> bool:
        """One round of the outbox; False where nothing was to be sent."""
        await self.outbox._round()
        lanes = list(self.outbox._lanes.values())
        for outcome in await asyncio.gather(*lanes, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome
        await self.outbox._record()
        return bool(lanes)

    async def passes(self, seconds: float) -> None:
        """What happened so far arrives before that."""
        await self.settle()
        self._now += int(seconds * 1000)
        await self.settle()

    # --- what the outbox asks of the rooms' keeper --------------------------------------------------------------------

    async def join(self, room_id: str, via: tuple[str, ...]) -> None:
        await self.learn(room_id)

    async def learn(self, room_id: str) -> None:
        events = list(self.server.state[room_id].values())
        await self.database.write(lambda tx: learn(room_id, events, tx, BOT))

    # --- what can be seen ---------------------------------------------------------------------------------------------

    def sent(self, room: str = ROOM) -> list[JsonObject]:
        """What the bot sent as messages, as it left."""
        return [event for event in self.server.sent if event["room_id"] == room and event["type"] != "m.reaction"]

    def seen_by(self, client: Client, room: str = ROOM) -> list[str | None]:
        """What a device reads of all that the bot sent in a room, by first lines; None for what it cannot read."""
        read = (client.reads(event) for event in self.sent(room))
        return [said["content"]["body"].partition("\n")[0] if said else None for said in read]

    def questions(self) -> list[str]:
        """The titles of all questions."""

        def titles(tx: StoreTransaction) -> list[str]:
            found = takewhile(lambda question: question is not None, map(tx.questions.get, count(1)))
            return [question.title for question in found if question]

        return self.database.read_now(titles)

    def session_ids(self, room: str = ROOM) -> list[str]:
        """Which session each message of the bot was sealed with."""
        return [str(event["content"]["session_id"]) for event in self.sent(room)]


def _state(event_type: str, key: str, content: JsonObject, room: str = ROOM) -> JsonObject:
    event = {"room_id": room, "type": event_type, "state_key": key, "content": content, "sender": BOT}
    return event | {"event_id": f"$state{next(_states)}", "origin_server_ts": 1}


@asynccontextmanager
async def key_town(folder: Path, *, trust_all: bool = False, policy: Policy = POLICY) -> AsyncIterator[KeyTown]:
    """A town that has read its room, and whose own keys are on the homeserver."""
    town = KeyTown(folder, trust_all=trust_all, policy=policy)
    try:
        await town.learn(ROOM)
        await town.settle()
        yield town
    finally:
        town.stop()
