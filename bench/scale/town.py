"""A homeserver that hands over what one says and knows what came back to it."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import orjson
from aiohttp import web

from bench.ledger import CARD_KEY, invent_event_id
from bench.scale.rows import room
from bench.stub import PERSON, StubHomeserver, message

JsonObject = dict[str, Any]


@dataclass(slots=True)
class Asked:
    """What was said, and what came back: how many seconds later, and what it was."""

    event_id: str
    at: float
    came: list[tuple[float, JsonObject]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def after(self, index: int) -> float:
        return self.came[index][0] - self.at


class Town(StubHomeserver):
    """Rooms as in the database that was made. Cards and their edits belong to what they are about."""

    def __init__(self, rooms: int) -> None:
        super().__init__(rooms)
        self.rooms = [room(index) for index in range(rooms)]
        self._said: dict[str, Asked] = {}
        self._cards: dict[str, Asked] = {}

    def say(self, index: int, body: str) -> Asked:
        asked = Asked(invent_event_id(), time.perf_counter())
        self._said[asked.event_id] = asked
        content = {"msgtype": "m.text", "body": body, "m.mentions": {}}
        self._deliver(message(asked.event_id, self.rooms[index], PERSON, content))
        return asked

    async def _take(self, request: web.BaseRequest, _room_id: str, _kind: str, txn_id: str) -> str:
        content = orjson.loads(await request.read())
        event_id = f"$r{unquote(txn_id)}"
        relation = content.get("m.relates_to", {})
        about = relation.get("m.in_reply_to", {}).get("event_id") or relation.get("event_id", "")
        asked = self._said.get(about) or self._cards.get(about)
        if asked is not None:
            asked.came.append((time.perf_counter(), content))
            asked.arrived.set()
            if CARD_KEY in content:
                self._cards[event_id] = asked
        return event_id
