"""A homeserver that is all ear: it hands over questions by /sync or by transactions and takes every reply at once."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import unquote

import aiohttp
import orjson
from aiohttp import web

from bench.ledger import Asked, JsonObject, Ledger, invent_event_id
from bridge.demo.homeserver import free_port

BOT = "@bot:localhost"
PERSON = "@alice:localhost"
HS_TOKEN = "hs_token"
AT_ONCE = 100
"""The most events in a transaction or a sync, as Synapse does it."""
_NOTHING_MORE: JsonObject = {
    "presence": {"events": []},
    "to_device": {"events": []},
    "account_data": {"events": []},
    "device_one_time_keys_count": {},
}


class StubHomeserver:
    """With `echoes`, the bot's own messages come back to it, as from any true homeserver."""

    def __init__(self, rooms: int, *, echoes: bool = False) -> None:
        self.ledger = Ledger()
        self.rooms = [f"!room{number}:localhost" for number in range(rooms)]
        self.unknown: Counter[str] = Counter()
        self._echoes = echoes
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._pending: deque[JsonObject] = deque()
        self._arrived = asyncio.Event()
        self._batches = 0
        self._asked = 0
        self._runner = web.ServerRunner(web.Server(self._serve, access_log=None), shutdown_timeout=1)
        self._pusher: asyncio.Task[None] | None = None

    async def start(self, push_to: str | None = None) -> None:
        """Listen; with `push_to`, the address of an application service, push to it as soon as it listens, too."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        if push_to is not None:
            self._pusher = asyncio.create_task(self._push(push_to))

    async def stop(self) -> None:
        if self._pusher is not None:
            self._pusher.cancel()
            await asyncio.gather(self._pusher, return_exceptions=True)
        self._arrived.set()
        await self._runner.cleanup()

    def ask(self, number: int) -> Asked:
        """Hand over one question; rooms take turns."""
        asked = self.ledger.ask(self.rooms[number % len(self.rooms)], words(number))
        content = {"msgtype": "m.text", "body": f"!ask {asked.text}", "m.mentions": {}}
        self._deliver(message(asked.event_id, asked.room_id, PERSON, content))
        return asked

    def _deliver(self, event: JsonObject) -> None:
        self._pending.append(event)
        self._arrived.set()

    def _state(self, room: str) -> list[JsonObject]:
        return room_state(room, {PERSON: "Alice"})

    async def _next_events(self, wait: float | None) -> list[JsonObject]:
        """Nothing for whoever was still waiting when somebody else asked: a bot that has gone meanwhile."""
        self._asked += 1
        turn = self._asked
        if not self._pending:
            self._arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), wait)
            if turn != self._asked:
                return []
        return [self._pending.popleft() for _ in range(min(AT_ONCE, len(self._pending)))]

    # --- sync and push

    async def _sync(self, request: web.BaseRequest) -> JsonObject:
        query = request.rel_url.query
        if "since" not in query:
            joined = {room: news([], self._state(room)) for room in self.rooms}
            return {"next_batch": "s0", "rooms": {"join": joined, "invite": {}, "leave": {}}} | _NOTHING_MORE
        joined = by_room(await self._next_events(int(query.get("timeout", 0)) / 1000))
        self._batches += 1
        rooms = {"join": joined, "invite": {}, "leave": {}}
        return {"next_batch": f"s{self._batches}", "rooms": rooms} | _NOTHING_MORE

    async def _push(self, appservice: str) -> None:
        """One transaction at a time, each until it is acknowledged, as Synapse does it."""
        headers = {"Authorization": f"Bearer {HS_TOKEN}", "Content-Type": "application/json"}
        async with aiohttp.ClientSession(headers=headers) as session:
            while True:
                body = orjson.dumps({"events": await self._next_events(None)})
                self._batches += 1
                url = f"{appservice}/_matrix/app/v1/transactions/{self._batches}"
                while not await _acknowledged(session, url, body):
                    continue

    # --- what the bot asks

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        path = request.rel_url.raw_path.split("/")
        if "send" in path[-3:]:
            return as_json({"event_id": await self._take(request, unquote(path[-4]), path[-2], path[-1])})
        if path[-1] == "sync":
            return as_json(await self._sync(request))
        whole = request.rel_url.query.get("format") == "event"
        answer = self._answer(request.method, [unquote(part) for part in path[4:]], whole)
        if answer is None:
            self.unknown[f"{request.method} {request.rel_url.raw_path}"] += 1
            return as_json({"errcode": "M_NOT_FOUND", "error": "nothing here"}, 404)
        return as_json(answer)

    async def _take(self, request: web.BaseRequest, room_id: str, kind: str, txn_id: str) -> str:
        content = orjson.loads(await request.read())
        event_id, new = self.ledger.reply(room_id, unquote(txn_id), content)
        if new and self._echoes:
            self._deliver(message(event_id, room_id, BOT, content) | {"type": kind})
        return event_id

    def _answer(self, method: str, path: list[str], whole: bool) -> Any:
        match path:
            case ["account", "whoami"]:
                return {"user_id": BOT, "device_id": "DEVICE", "is_guest": False}
            case ["register"] | ["login"] if method == "POST":
                return {"user_id": BOT, "access_token": "token", "device_id": "DEVICE"}
            case ["joined_rooms"]:
                return {"joined_rooms": self.rooms}
            case ["join", room] | ["rooms", room, "join"]:
                return {"room_id": room}
            case ["rooms", room, "state"]:
                return self._state(room)
            case ["rooms", room, "state", kind, *key]:
                return one_of(self._state(room), kind, "".join(key), whole)
            case ["appservice", _, "ping"]:
                return {"duration_ms": 1}
        return {"versions": ["v1.1", "v1.11"], "unstable_features": {}} if path[-1:] == ["versions"] else None


def words(number: int) -> str:
    return f"how do I reset the VPN password number {number}?"


async def _acknowledged(session: aiohttp.ClientSession, url: str, body: bytes) -> bool:
    """False a moment later where it was not."""
    with suppress(aiohttp.ClientError):
        async with session.put(url, data=body) as response:
            await response.read()
            if response.status == 200:
                return True
    await asyncio.sleep(0.05)
    return False


def as_json(answer: Any, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(answer), status=status, content_type="application/json")


def news(timeline: list[JsonObject], state: list[JsonObject]) -> JsonObject:
    return {
        "timeline": {"events": timeline, "limited": False, "prev_batch": "p"},
        "state": {"events": state},
        "ephemeral": {"events": []},
        "account_data": {"events": []},
        "unread_notifications": {},
        "summary": {},
    }


def by_room(events: Sequence[JsonObject]) -> JsonObject:
    """The `join` of an answer to /sync."""
    joined: JsonObject = {}
    for event in events:
        room = joined.setdefault(event["room_id"], news([], []))
        room["timeline"]["events"].append({k: v for k, v in event.items() if k != "room_id"})
    return joined


def message(event_id: str, room_id: str, sender: str, content: JsonObject) -> JsonObject:
    return {
        "type": "m.room.message",
        "event_id": event_id,
        "room_id": room_id,
        "sender": sender,
        "origin_server_ts": time.time_ns() // 1_000_000,
        "content": content,
        "unsigned": {"age": 1},
    }


def room_state(room: str, people: Mapping[str, str], more: Mapping[str, JsonObject] | None = None) -> list[JsonObject]:
    """A small room of people (user id -> name) and the bot; the first of them and the bot may do anything."""
    first = next(iter(people))
    levels = {"users": {first: 100, BOT: 100}, "users_default": 0, "events_default": 0, "state_default": 50}
    members = {**people, BOT: "Bot"}
    contents: list[tuple[str, str, JsonObject]] = [
        ("m.room.create", "", {"creator": first, "room_version": "10"}),
        *(("m.room.member", who, {"membership": "join", "displayname": name}) for who, name in members.items()),
        ("m.room.power_levels", "", levels | {"ban": 50, "kick": 50, "redact": 50, "invite": 0}),
        ("m.room.join_rules", "", {"join_rule": "invite"}),
        ("m.room.history_visibility", "", {"history_visibility": "shared"}),
        ("m.room.name", "", {"name": room}),
        *((kind, "", content) for kind, content in (more or {}).items()),
    ]
    return [
        message(invent_event_id(), room, key or first, content) | {"type": kind, "state_key": key}
        for kind, key, content in contents
    ]


def one_of(state: Sequence[JsonObject], kind: str, key: str, whole: bool) -> Any:
    """One state event, or its content alone; None where there is none."""
    event = next((e for e in state if (e["type"], e["state_key"]) == (kind, key)), None)
    return event if whole or event is None else event["content"]
