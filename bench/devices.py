"""People of encrypted rooms, each with one cross-signed device: it seals what they write, opens what the bot says."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bench.ledger import JsonObject
from bridge.crypto.identity import Identity
from bridge.crypto.ratchets import MEGOLM, OLM, Account, InboundGroup, OlmSession, OutboundGroup, Ratchets
from bridge.crypto.signing import is_signed

DEVICE = "PHONE"
RATCHETS = Ratchets(b"only for the length of a benchmark")


class Unreadable(ValueError):
    """What the bot sent is of no use to a device."""


@dataclass(frozen=True, slots=True)
class Peer:
    """The bot's device, as /keys/query shows it."""

    user_id: str
    device_id: str
    curve: str
    ed: str


@dataclass(slots=True)
class Phone:
    """Somebody's device. It sends with one room key, and holds those that it was given."""

    user_id: str
    room_id: str
    account: Account = field(default_factory=RATCHETS.new_account)
    outbound: OutboundGroup = field(default_factory=RATCHETS.new_outbound)
    _session: OlmSession | None = None
    _rooms: dict[str, InboundGroup] = field(default_factory=dict)

    def seal(self, content: JsonObject) -> JsonObject:
        """The content of an `m.room.encrypted` for a message."""
        said = {"type": "m.room.message", "content": content, "room_id": self.room_id}
        return {
            "algorithm": MEGOLM,
            "ciphertext": self.outbound.encrypt(json.dumps(said).encode()),
            "session_id": self.outbound.id,
            "device_id": DEVICE,
            "sender_key": self.account.curve,
        }

    def room_key(self, bot: Peer, one_time_key: str) -> JsonObject:
        """The to-device event that gives the bot the key that this device sends with."""
        content = {
            "algorithm": MEGOLM,
            "room_id": self.room_id,
            "session_id": self.outbound.id,
            "session_key": self.outbound.session_key,
        }
        said = {
            "type": "m.room_key",
            "content": content,
            "sender": self.user_id,
            "recipient": bot.user_id,
            "recipient_keys": {"ed25519": bot.ed},
            "keys": {"ed25519": self.account.ed},
        }
        self._session = self.account.outbound_session(bot.curve, one_time_key)
        part = self._session.encrypt(json.dumps(said).encode())
        sealed = {"algorithm": OLM, "sender_key": self.account.curve, "ciphertext": {bot.curve: part}}
        return {"type": "m.room.encrypted", "sender": self.user_id, "content": sealed}

    def receive(self, content: JsonObject, bot: Peer) -> None:
        """A to-device `m.room.encrypted` of the bot. CryptoError, KeyError or Unreadable where it is of no use."""
        said = json.loads(self._opened(content["ciphertext"][self.account.curve], bot))
        if (said["sender"], said["recipient"], said["keys"]["ed25519"]) != (bot.user_id, self.user_id, bot.ed):
            raise Unreadable("an Olm message under a wrong name")
        key = said["content"]
        if said["type"] == "m.room_key" and key["room_id"] == self.room_id:
            self._rooms[key["session_id"]] = RATCHETS.inbound(key["session_key"])

    def _opened(self, part: JsonObject, bot: Peer) -> bytes:
        if self._session is None:
            self._session, plain = self.account.inbound_session(bot.curve, part["body"])
            return plain
        return self._session.decrypt(part["type"], part["body"])

    def open(self, content: JsonObject) -> tuple[JsonObject, tuple[str, int]]:
        """What the bot said in the room, with the session and index that it was sealed under."""
        group = self._rooms.get(content["session_id"])
        if group is None:
            raise Unreadable("its key never came")
        plain, index = group.decrypt(content["ciphertext"])
        said: JsonObject = json.loads(plain)
        if said["room_id"] != self.room_id:
            raise Unreadable("sealed for another room")
        return said, (group.id, index)


class People:
    """The members of encrypted rooms, each room its own, and what a homeserver knows of their keys."""

    def __init__(self, rooms: Iterable[str], each: int) -> None:
        self.in_room: dict[str, list[Phone]] = {
            room: [Phone(f"@person{number}x{index}:localhost", room) for index in range(each)]
            for number, room in enumerate(rooms)
        }
        self.phones = {phone.user_id: phone for phones in self.in_room.values() for phone in phones}
        self._published = {user_id: _published(phone) for user_id, phone in self.phones.items()}

    def query(self, user_id: str) -> JsonObject:
        """Their part of each section of an answer to POST /keys/query."""
        return self._published.get(user_id, {})

    def claim(self, user_id: str) -> JsonObject:
        """A one-time key of their device; none for who is not here, or has no more."""
        phone = self.phones.get(user_id)
        keys = phone.account.signed_one_time_keys(user_id, DEVICE) if phone else {}
        if phone:
            phone.account.mark_published()
        return {DEVICE: keys} if keys else {}

    def receive(self, user_id: str, kind: str, content: JsonObject, bot: Peer) -> None:
        """A to-device message. Unreadable where it is none that a room key comes in."""
        if kind != "m.room.encrypted" or user_id not in self.phones:
            raise Unreadable("nothing that was expected")
        self.phones[user_id].receive(content, bot)


def _published(phone: Phone) -> JsonObject:
    identity, account = Identity.new(phone.user_id), phone.account
    account.generate(1)
    public = identity.upload_body(DEVICE, account.sign)
    device = identity.sign_device(account.device_keys(phone.user_id, DEVICE))
    return {
        "device_keys": {DEVICE: device},
        "master_keys": public["master_key"],
        "self_signing_keys": public["self_signing_key"],
    }


def peer_of(device_keys: JsonObject) -> Peer:
    """From what the bot uploaded."""
    user_id, device_id, keys = device_keys["user_id"], device_keys["device_id"], device_keys["keys"]
    return Peer(user_id, device_id, keys[f"curve25519:{device_id}"], keys[f"ed25519:{device_id}"])


def is_cross_signed(device_keys: JsonObject, identity: Mapping[str, JsonObject]) -> bool:
    """Whether the bot's device is signed by its identity, and that by itself, as a client looks at it."""
    [master], [own] = (list(identity[name]["keys"].values()) for name in ("master_key", "self_signing_key"))
    user_id = device_keys["user_id"]
    chain = is_signed(identity["self_signing_key"], user_id, master, master)
    return chain and is_signed(device_keys, user_id, own, own)
