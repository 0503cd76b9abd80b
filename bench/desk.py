"""The endpoints of a homeserver for keys, with all that clients check of what the bot uploads there."""

from collections import Counter
from typing import Any

from bench.devices import Peer, People, is_cross_signed, peer_of
from bench.ledger import JsonObject
from bridge.crypto.errors import CryptoError

CURVE = "signed_curve25519"
SERVED = frozenset({"keys", "sendToDevice", "room_keys", "devices"})


class KeyDesk:
    """Knows the keys of the people and of the bot's one device, and keeps what the bot sends to devices."""

    def __init__(self, bot_user_id: str, people: People) -> None:
        self.requests = 0
        """How many to-device requests came."""
        self.letters = 0
        self._me = bot_user_id
        self._people = people
        self._device: JsonObject = {}
        self._identity: JsonObject = {}
        self._one_time: dict[str, JsonObject] = {}
        self._fallback: dict[str, JsonObject] = {}
        self._account_data: dict[str, JsonObject] = {}
        self._backup: JsonObject | None = None
        self._txns: set[str] = set()
        self._sent: list[tuple[str, str, JsonObject]] = []

    @property
    def bot(self) -> Peer:
        return peer_of(self._device)

    def claim_of_bot(self) -> str:
        """One of the bot's one-time keys; its fallback key where it has no more."""
        key = self._one_time.pop(next(iter(self._one_time))) if self._one_time else next(iter(self._fallback.values()))
        return str(key["key"])

    def counts(self) -> JsonObject:
        """What every answer to /sync says of the bot's keys."""
        return {
            "device_one_time_keys_count": {CURVE: len(self._one_time)},
            "device_unused_fallback_key_types": [CURVE] if self._fallback else [],
        }

    def serves(self, path: list[str]) -> bool:
        return path[:1] != [] and (path[0] in SERVED or path[2:3] == ["account_data"])

    def answer(self, method: str, path: list[str], body: JsonObject) -> Any:
        """None where there is nothing."""
        match [method, *path]:
            case [_, "keys", *what]:
                return self._keys(what, body)
            case ["PUT", "sendToDevice", kind, txn_id]:
                self._keep(kind, txn_id, body["messages"])
                return {}
            case ["PUT", "user", _, "account_data", kind]:
                self._account_data[kind] = body
                return {}
            case ["GET", "user", _, "account_data", kind]:
                return self._account_data.get(kind)
            case [_, "room_keys", *_]:
                return self._back_up(method, path[1], body)
        return None

    def _keys(self, what: list[str], body: JsonObject) -> Any:
        match what:
            case ["upload"]:
                return self._upload(body)
            case ["query"]:
                return self._query(list(body["device_keys"]))
            case ["claim"]:
                return {"one_time_keys": {who: self._people.claim(who) for who in body["one_time_keys"]}}
            case ["device_signing", "upload"]:
                self._identity = body
            case ["signatures", "upload"]:
                self._device |= body[self._me].get(self._device["device_id"], {})
        return {}

    def _back_up(self, method: str, what: str, body: JsonObject) -> Any:
        if method == "GET":
            return self._backup
        if what == "version":
            self._backup = body | {"version": "1", "count": 0, "etag": "0"}
            return {"version": "1"}
        return {"count": 0, "etag": "1"}

    def _upload(self, body: JsonObject) -> JsonObject:
        self._device = body.get("device_keys") or self._device
        self._one_time |= body.get("one_time_keys", {})
        self._fallback = body.get("fallback_keys") or self._fallback
        return {"one_time_key_counts": {CURVE: len(self._one_time)}}

    def _query(self, asked: list[str]) -> JsonObject:
        sections: JsonObject = {"device_keys": {}, "master_keys": {}, "self_signing_keys": {}, "failures": {}}
        for user_id in asked:
            for section, keys in (self._own() if user_id == self._me else self._people.query(user_id)).items():
                sections[section][user_id] = keys
        return sections

    def _own(self) -> JsonObject:
        found: JsonObject = {"device_keys": {self._device["device_id"]: self._device}} if self._device else {}
        if self._identity:
            found["master_keys"] = self._identity["master_key"]
            found["self_signing_keys"] = self._identity["self_signing_key"]
        return found

    def _keep(self, kind: str, txn_id: str, messages: JsonObject) -> None:
        """A transaction counts once."""
        if txn_id in self._txns:
            return
        self._txns.add(txn_id)
        sent = [(who, kind, content) for who, devices in messages.items() for content in devices.values()]
        self.requests, self.letters = self.requests + 1, self.letters + len(sent)
        self._sent += sent

    def wrong(self) -> Counter[str]:
        """Hands everything out; what devices could not open, and what a client would not trust."""
        wrong: Counter[str] = Counter()
        for user_id, kind, content in self._sent:
            try:
                self._people.receive(user_id, kind, content, self.bot)
            except (CryptoError, KeyError, ValueError) as error:
                wrong[f"to-device {kind}: {error}"] += 1
        self._sent.clear()
        wrong["device not cross-signed"] = not is_cross_signed(self._device, self._identity)
        return +wrong
