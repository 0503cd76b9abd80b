"""The stub homeserver of rooms whose people have devices: keys and to-device messages beside questions and cards."""

import asyncio
from collections import Counter, deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

import orjson
from aiohttp import web

from bench.desk import KeyDesk
from bench.devices import People, Phone
from bench.ledger import CARD_KEY, EFFECT_KEY, Asked, JsonObject
from bench.stub import AT_ONCE, BOT, StubHomeserver, as_json, by_room, message, room_state, words
from bridge.crypto.errors import CryptoError
from bridge.crypto.ratchets import MEGOLM

SENDER = "@askbridge-appservice:localhost"


class SealedHomeserver(StubHomeserver):
    """`sealed`: whether the rooms are encrypted; if not, the same people ask the same questions in clear."""

    def __init__(self, rooms: int, members: int, *, sealed: bool, pushes: bool) -> None:
        super().__init__(rooms)
        self.people = People(self.rooms, members)
        self.desk = KeyDesk(BOT, self.people)
        self._sealed = sealed
        self._pushes = pushes
        self._prepared: dict[int, JsonObject] = {}
        self._said: list[tuple[str, str, JsonObject]] = []
        self._wrong: Counter[str] = Counter()
        self._waiting: deque[JsonObject] = deque()
        self._mail = asyncio.Event()
        self._taken = asyncio.Event()

    # --- what people do

    def prepare(self, first: int, count: int) -> None:
        """Write questions beforehand, so that asking them costs nothing."""
        for number in range(first, first + count):
            content: JsonObject = {"msgtype": "m.text", "body": f"!ask {words(number)}", "m.mentions": {}}
            self._prepared[number] = self._phone(number).seal(content) if self._sealed else content

    def ask(self, number: int) -> Asked:
        """Hand over a question that was prepared; rooms take turns, and in each its people."""
        phone = self._phone(number)
        asked = self.ledger.ask(phone.room_id, words(number))
        kind = "m.room.encrypted" if self._sealed else "m.room.message"
        event = message(asked.event_id, phone.room_id, phone.user_id, self._prepared.pop(number))
        self._deliver(event | {"type": kind})
        return asked

    async def give_keys(self, within: float) -> None:
        """Give the bot the room key of every device, and wait until it has taken them in."""
        if not self._sealed:
            return
        for phone in self.people.phones.values():
            self._waiting.append(phone.room_key(self.desk.bot, self.desk.claim_of_bot()))
        self._taken.clear()
        self._mail.set()
        self._arrived.set()
        await asyncio.wait_for(self._taken.wait(), within)

    def _phone(self, number: int) -> Phone:
        phones = self.people.in_room[self.rooms[number % len(self.rooms)]]
        return phones[number // len(self.rooms) % len(phones)]

    def _state(self, room: str) -> list[JsonObject]:
        names = {phone.user_id: f"Person {index}" for index, phone in enumerate(self.people.in_room[room])}
        return room_state(room, names, {"m.room.encryption": {"algorithm": MEGOLM}} if self._sealed else None)

    # --- what the bot asks

    async def _sync(self, request: web.BaseRequest) -> JsonObject:
        """Who is pushed to asks for keys alone. A question with a token says that all before it was taken in."""
        query = request.rel_url.query
        if "since" in query and not self._waiting:
            self._taken.set()
        wait = int(query.get("timeout", 0)) / 1000 if "since" in query and not self._waiting else 0
        events = await self._no_events(wait) if self._pushes or "since" not in query else await self._next_events(wait)
        letters = [self._waiting.popleft() for _ in range(min(AT_ONCE, len(self._waiting)))]
        self._batches += 1
        answer = {"next_batch": f"s{self._batches}", "rooms": {"join": by_room(events), "invite": {}, "leave": {}}}
        return answer | {"to_device": {"events": letters}} | self.desk.counts()

    async def _no_events(self, wait: float) -> Sequence[JsonObject]:
        if not self._waiting:
            self._mail.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._mail.wait(), wait)
        return ()

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        path = [unquote(part) for part in request.rel_url.raw_path.split("/")[4:]]
        if path == ["account", "whoami"] and self._pushes and "user_id" not in request.rel_url.query:
            return as_json({"user_id": SENDER, "is_guest": False})
        if self.desk.serves(path):
            answer = self.desk.answer(request.method, path, orjson.loads(await request.read() or b"{}"))
            missing = {"errcode": "M_NOT_FOUND", "error": "nothing here"}
            return as_json(missing, 404) if answer is None else as_json(answer)
        return await super()._serve(request)

    async def _take(self, request: web.BaseRequest, room_id: str, kind: str, txn_id: str) -> str:
        """What is sealed shows which thread it belongs to, and nothing else; the rest is looked at afterwards."""
        if kind != "m.room.encrypted":
            self._wrong["said in clear"] += self._sealed
            return await super()._take(request, room_id, kind, txn_id)
        content, txn_id = orjson.loads(await request.read()), unquote(txn_id)
        seen = {CARD_KEY: {}, EFFECT_KEY: txn_id, "m.relates_to": content.get("m.relates_to", {})}
        event_id, new = self.ledger.reply(room_id, txn_id, seen)
        if new:
            self._said.append((room_id, txn_id, content))
        return event_id

    # --- what is looked at afterwards

    def unreadable(self) -> Counter[str]:
        """What the bot did that a client would not bear with; empty where all is well."""
        if not self._sealed:
            return Counter()
        wrong = self._wrong + self.desk.wrong()
        seen: set[tuple[str, int]] = set()
        for room_id, txn_id, content in self._said:
            for phone in self.people.in_room[room_id]:
                problem, place = read_by(phone, txn_id, content)
                wrong[problem] += bool(problem)
            wrong["message index used twice"] += place in seen
            seen.add(place)
        return +wrong


def read_by(phone: Phone, txn_id: str, content: JsonObject) -> tuple[str, tuple[str, int]]:
    """What is wrong with a card for somebody's device, and the session and index that it was sealed under."""
    try:
        said, place = phone.open(content)
    except (CryptoError, KeyError, ValueError) as error:
        return f"unreadable: {error}", ("", -1)
    inside: Any = said["content"]
    is_card = CARD_KEY in inside and inside.get(EFFECT_KEY) == txn_id
    return "" if is_card else "no card inside", place
