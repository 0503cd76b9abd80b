"""Other people's clients and a homeserver's keys, make-believe: for stories about encrypted rooms without a network."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bridge.crypto.errors import CryptoError
from bridge.crypto.identity import Identity
from bridge.crypto.ratchets import InboundGroup, OlmSession, OutboundGroup, Ratchets
from bridge.workflow.encryption.records import ENCRYPTED, MEGOLM, OLM
from bridge.workflow.ports import GiveUp, JsonObject, RetryLater

BOT, BOT_DEVICE = "@qa:example.org", "BOTDEVICE"
RATCHETS = Ratchets(b"what other clients seal with")


class Died(BaseException):
    """The process ended here. Nothing that is there for errors may catch it."""


class Client:
    """A device of somebody: what it was told, which room keys it has, and what it says."""

    def __init__(self, server: "Server", user_id: str, device_id: str) -> None:
        self.server, self.user_id, self.device_id = server, user_id, device_id
        self.account = RATCHETS.new_account()
        self.account.generate(50)
        self.one_time_keys = self.account.signed_one_time_keys(user_id, device_id)
        self.account.mark_published()
        self.told: list[tuple[str, JsonObject]] = []
        self.garbled = 0
        self.keys: dict[str, InboundGroup] = {}
        self.olm: list[OlmSession] = []
        self.first_key: dict[str, JsonObject] = {}
        """The content of an `m.room_key`, by room: its session from the first message on."""
        self.kept: dict[str, InboundGroup] = {}
        """The same, as it would export it."""
        self._outbound: dict[str, OutboundGroup] = {}

    @property
    def name(self) -> tuple[str, str]:
        return (self.user_id, self.device_id)

    def hears(self, event_type: str, content: JsonObject) -> None:
        """A to-device event of the bot."""
        if event_type == ENCRYPTED:
            try:
                said = self._opened(content)
            except CryptoError:
                self.garbled += 1
                return
            event_type, content = said["type"], said["content"]
        self.told.append((event_type, content))
        if event_type == "m.room_key":
            self._keep(RATCHETS.inbound(content["session_key"]))
        if event_type == "m.forwarded_room_key":
            self._keep(RATCHETS.imported(content["session_key"]))

    def _keep(self, group: InboundGroup) -> None:
        kept = self.keys.get(group.id)
        if kept is None or group.better_than(kept):
            self.keys[group.id] = group

    def _opened(self, content: JsonObject) -> JsonObject:
        part = content["ciphertext"][self.account.curve]
        for session in self.olm:
            try:
                plain = session.decrypt(part["type"], part["body"])
            except CryptoError:
                continue
            break
        else:
            session, plain = self.account.inbound_session(content["sender_key"], part["body"])
        self.olm = [session, *(other for other in self.olm if other is not session)]
        said: JsonObject = json.loads(plain)
        assert (said["sender"], said["recipient"]) == (BOT, self.user_id)
        assert said["recipient_keys"] == {"ed25519": self.account.ed}
        return said

    def heard(self, event_type: str) -> list[JsonObject]:
        return [content for kind, content in self.told if kind == event_type]

    def reads(self, event: JsonObject) -> JsonObject | None:
        """What an event of an encrypted room says; None where this device has no key for it."""
        group = self.keys.get(event["content"]["session_id"])
        try:
            said: JsonObject | None = json.loads(group.decrypt(event["content"]["ciphertext"])[0]) if group else None
        except CryptoError:
            return None
        return said

    def session(self, room_id: str) -> OutboundGroup:
        """What it seals with in a room."""
        if room_id not in self._outbound:
            self._outbound[room_id] = RATCHETS.new_outbound()
            self.first_key[room_id] = self.key_of(room_id)
            self.kept[room_id] = RATCHETS.inbound(self.first_key[room_id]["session_key"])
        return self._outbound[room_id]

    def begins_anew(self, room_id: str) -> None:
        self._outbound.pop(room_id, None)

    def key_of(self, room_id: str) -> JsonObject:
        """The content of an `m.room_key`: its session in a room from now on."""
        group = self.session(room_id)
        names = {"algorithm": MEGOLM, "room_id": room_id, "session_id": group.id}
        return names | {"session_key": group.session_key}

    def seals(self, room_id: str, event_type: str, content: JsonObject, /, **inside: Any) -> JsonObject:
        """The content of an `m.room.encrypted`; `inside` are keys of the plaintext that are to be others."""
        bare = {key: value for key, value in content.items() if key != "m.relates_to"}
        group = self.session(room_id)
        plain = {"type": event_type, "content": bare, "room_id": room_id} | inside
        sealed: JsonObject = {
            "algorithm": MEGOLM,
            "session_id": group.id,
            "ciphertext": group.encrypt(json.dumps(plain).encode()),
            "sender_key": self.account.curve,
            "device_id": self.device_id,
        }
        return sealed | ({"m.relates_to": content["m.relates_to"]} if "m.relates_to" in content else {})

    def tells(self, event_type: str, content: Any, *, plain: bytes | None = None, **said: Any) -> JsonObject:
        """A to-device event to the bot, sealed; `said` are keys of the plaintext that are to be others."""
        bot = self.server.bot_keys["keys"]
        curve, ed = bot[f"curve25519:{BOT_DEVICE}"], bot[f"ed25519:{BOT_DEVICE}"]
        meant = {"sender": self.user_id, "recipient": BOT, "recipient_keys": {"ed25519": ed}}
        whole = {"type": event_type, "content": content, "keys": {"ed25519": self.account.ed}} | meant | said
        if not self.olm:
            self.olm = [self.account.outbound_session(curve, self.server.a_key_of_the_bot())]
        part = self.olm[0].encrypt(plain if plain is not None else json.dumps(whole).encode())
        sealed = {"algorithm": OLM, "sender_key": self.account.curve, "ciphertext": {curve: part}}
        return {"type": ENCRYPTED, "sender": self.user_id, "content": sealed}


@dataclass
class Owner:
    """Somebody with devices; `identity` None: they never set cross-signing up. `unsigned` are devices that they did
    not sign.
    """

    user_id: str
    identity: Identity | None
    clients: dict[str, Client] = field(default_factory=dict)
    unsigned: set[str] = field(default_factory=set)

    def keys_of(self, client: Client) -> JsonObject:
        keys = client.account.device_keys(*client.name)
        if self.identity is None or client.device_id in self.unsigned:
            return keys
        return self.identity.sign_device(keys)


class Server:
    """Fills KeyServer as far as `KeyKeeper` asks it, and of Homeserver what inbox and outbox ask.

    Servers in `away` do not answer. What stands in `refuses` is refused, by name of request, and in `refuses_for` what
    is for a device. `asked` are the names of requests, in order. With `dies_at` a request raises Died:
    `dies_before` it has an effect, or after. `news` is what the bot was not given yet.
    """

    def __init__(self) -> None:
        self.owners: dict[str, Owner] = {}
        self.bot_identity = Identity.new(BOT)
        self.bot_keys: JsonObject = {}
        self.bot_one_time: dict[str, JsonObject] = {}
        self.bot_fallback: dict[str, JsonObject] = {}
        self.given_out: list[str] = []
        self.away: set[str] = set()
        self.asked: list[str] = []
        self.queried: list[str] = []
        self.dies_at: int | None = None
        self.dies_before = False
        self.refuses: dict[str, Exception] = {}
        self.refuses_for: dict[tuple[str, str], Exception] = {}
        self.sent: list[JsonObject] = []
        self.left: list[JsonObject] = []
        """The contents of all requests to send an event, also of those that came to nothing."""
        self.meanwhile: Callable[[], Awaitable[object]] | None = None
        """What happens while the next question for devices is answered."""
        self.to_bot: list[JsonObject] = []
        self.changed: set[str] = set()
        self.timeline: list[JsonObject] = []
        self.state: defaultdict[str, dict[tuple[str, str], JsonObject]] = defaultdict(dict)
        self.events: dict[str, JsonObject] = {}
        self._by_txn: dict[str, str] = {}
        self._ids = count(1)

    def owner(self, user_id: str) -> Owner:
        return self.owners[user_id]

    def adds_device(self, user_id: str, device_id: str, *, signed: bool = True) -> Client:
        owner = self.owners[user_id]
        client = owner.clients[device_id] = Client(self, user_id, device_id)
        (owner.unsigned.discard if signed else owner.unsigned.add)(device_id)
        self.changed.add(user_id)
        return client

    def removes_device(self, client: Client) -> None:
        del self.owners[client.user_id].clients[client.device_id]
        self.changed.add(client.user_id)

    def a_key_of_the_bot(self) -> str:
        if self.bot_one_time:
            name = next(iter(self.bot_one_time))
            key = str(self.bot_one_time.pop(name)["key"])
            assert key not in self.given_out, "a one-time key is given out once"
            self.given_out.append(key)
            return key
        return str(next(iter(self.bot_fallback.values()))["key"])

    def happens(self, event: JsonObject) -> str:
        """An event in a room, which the bot gets with the next answer."""
        event = {"event_id": f"$event{next(self._ids)}", **event}
        self.events[event["event_id"]] = event
        if "state_key" in event:
            self.state[event["room_id"]][event["type"], event["state_key"]] = event
        self.timeline.append(event)
        return str(event["event_id"])

    # --- KeyServer ----------------------------------------------------------------------------------------------------

    async def upload_keys(self, body: JsonObject) -> int:
        self._request("upload_keys")
        self.bot_keys = body.get("device_keys", self.bot_keys)
        for name, key in body.get("one_time_keys", {}).items():
            if key["key"] not in self.given_out:
                self.bot_one_time[name] = key
        self.bot_fallback = body.get("fallback_keys", self.bot_fallback)
        self._done()
        return len(self.bot_one_time)

    async def query_keys(self, user_ids: Collection[str]) -> JsonObject:
        self._request("query_keys")
        self.queried += user_ids
        answer: JsonObject = {"device_keys": {}, "master_keys": {}, "self_signing_keys": {}, "failures": {}}
        for user_id in user_ids:
            server = user_id.partition(":")[2]
            if server in self.away:
                answer["failures"][server] = {"status": 503}
            elif user_id in self.owners:
                self._describe(self.owners[user_id], answer)
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        self._done()
        return answer

    @staticmethod
    def _describe(owner: Owner, answer: JsonObject) -> None:
        answer["device_keys"][owner.user_id] = {name: owner.keys_of(one) for name, one in owner.clients.items()}
        if owner.identity is not None:
            body = owner.identity.upload_body("", lambda _: "")
            answer["master_keys"][owner.user_id] = body["master_key"]
            answer["self_signing_keys"][owner.user_id] = body["self_signing_key"]

    async def claim_keys(self, devices: Mapping[str, Collection[str]]) -> JsonObject:
        self._request("claim_keys")
        given: JsonObject = {}
        for user_id, names in devices.items():
            if user_id.partition(":")[2] in self.away:
                continue
            for name in names:
                keys = self.owners[user_id].clients[name].one_time_keys
                if keys:
                    key_id = next(iter(keys))
                    given.setdefault(user_id, {})[name] = {key_id: keys.pop(key_id)}
        self._done()
        return {"one_time_keys": given, "failures": {}}

    async def send_to_device(self, event_type: str, messages: JsonObject, txn_id: str) -> None:
        self._request("send_to_device")
        for user_id, by_device in messages.items():
            for device_id in by_device:
                if (user_id, device_id) in self.refuses_for:
                    raise self.refuses_for[user_id, device_id]
        if txn_id not in self._by_txn:
            self._by_txn[txn_id] = ""
            for user_id, by_device in messages.items():
                clients = self.owners[user_id].clients if user_id in self.owners else {}
                for device_id, content in by_device.items():
                    for client in clients.values() if device_id == "*" else filter(None, [clients.get(device_id)]):
                        client.hears(event_type, json.loads(json.dumps(content)))
        self._done()

    # --- Homeserver ---------------------------------------------------------------------------------------------------

    async def send(self, room_id: str, event_type: str, content: JsonObject, txn_id: str) -> str:
        self.left.append(content)
        self._request("send")
        if txn_id not in self._by_txn:
            event = {"room_id": room_id, "sender": BOT, "type": event_type, "content": content, "origin_server_ts": 1}
            self._by_txn[txn_id] = self.happens(event)
            self.sent.append(self.events[self._by_txn[txn_id]])
        self._done()
        return self._by_txn[txn_id]

    async def event(self, room_id: str, event_id: str) -> JsonObject:
        if event_id not in self.events:
            raise GiveUp("M_NOT_FOUND", "no such event")
        return self.events[event_id]

    async def messages_back(
        self, room_id: str, start: str | None = None, end: str | None = None
    ) -> AsyncIterator[JsonObject]:
        for event in reversed(self.events.values()):
            if event["room_id"] == room_id:
                yield event

    async def create_direct_room(self, user_id: str) -> str:
        return f"!direct-{user_id[1:].replace(':', '-')}:example.org"

    # --- how it fails -------------------------------------------------------------------------------------------------

    def _request(self, name: str) -> None:
        self.asked.append(name)
        if name in self.refuses:
            raise self.refuses[name]
        if self.dies_at == len(self.asked) and self.dies_before:
            raise Died(name)

    def _done(self) -> None:
        if self.dies_at == len(self.asked):
            raise Died(self.asked[-1])


AWAY = RetryLater("nobody answers", 0.01)
