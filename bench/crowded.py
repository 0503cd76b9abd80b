"""The stub homeserver of a made-up organisation: state of its rooms, news of who comes and goes, removals."""

import asyncio
from collections import Counter
from time import perf_counter
from typing import Any
from urllib.parse import unquote

import orjson
from aiohttp import web

from bench.crowd import Change, Crowd, Person, member_event
from bench.ledger import JsonObject, invent_event_id
from bench.stub import StubHomeserver, message


class CrowdedHomeserver(StubHomeserver):
    """`kicked` says when somebody was put out of a room (of `perf_counter`); `notices` counts messages to people."""

    def __init__(self, crowd: Crowd) -> None:
        super().__init__(0)
        self.crowd = crowd
        self.rooms = [crowd.room_id(number) for number in range(crowd.rooms)]
        self.kicked: dict[tuple[str, str], float] = {}
        self.kicks: Counter[tuple[str, str]] = Counter()
        self.notices = 0
        self.listened_to = asyncio.Event()
        self._on_kick = asyncio.Event()
        self._directs: dict[str, list[str]] = {}

    def happens(self, change: Change) -> tuple[str, str]:
        """Hand over a membership event; returns the place: room id, user id."""
        room_id = self.crowd.room_id(change.room)
        self._member(room_id, Person(change.user_id, change.name), change.membership)
        return room_id, change.user_id

    def says(self, room_id: str, sender: str, body: str) -> None:
        """Hand over a message that is no question of the ledger."""
        content = {"msgtype": "m.text", "body": body, "m.mentions": {}}
        self._deliver(message(invent_event_id(), room_id, sender, content))

    async def until_kicked(self, places: set[tuple[str, str]], within: float) -> float:
        """When the last of them was; TimeoutError where not all are in time."""
        async with asyncio.timeout(within):
            while not places <= self.kicked.keys():
                self._on_kick.clear()
                await self._on_kick.wait()
        return max(self.kicked[place] for place in places)

    def _member(self, room_id: str, person: Person, membership: str) -> None:
        self._deliver(member_event(room_id, person, membership, 0) | {"event_id": invent_event_id()})

    async def _serve(self, request: web.BaseRequest) -> web.Response:
        path = request.rel_url.raw_path.split("/")
        if path[-1] == "kick":
            self._kick(unquote(path[-2]), orjson.loads(await request.read())["user_id"])
            return web.json_response({})
        if path[-1] == "m.direct" and request.method == "PUT":
            self._directs = orjson.loads(await request.read())
            return web.json_response({})
        return await super()._serve(request)

    def _kick(self, room_id: str, user_id: str) -> None:
        self.kicked.setdefault((room_id, user_id), perf_counter())
        self.kicks[room_id, user_id] += 1
        self._on_kick.set()
        self._member(room_id, Person(user_id, ""), "leave")

    async def _sync(self, request: web.BaseRequest) -> JsonObject:
        if "since" in request.rel_url.query:
            self.listened_to.set()
            return await super()._sync(request)
        return {"next_batch": "s0", "rooms": {"join": {}, "invite": {}, "leave": {}}}

    async def _take(self, request: web.BaseRequest, room_id: str, kind: str, txn_id: str) -> str:
        if self.crowd.room_of(room_id) is not None:
            return await super()._take(request, room_id, kind, txn_id)
        self.notices += 1
        return invent_event_id()

    def _answer(self, method: str, path: list[str], whole: bool) -> Any:
        match path:
            case ["rooms", room, "state"] if (number := self.crowd.room_of(room)) is not None:
                gone = {user_id for room_id, user_id in self.kicked if room_id == room}
                return [event for event in self.crowd.state(number) if event["state_key"] not in gone]
            case ["rooms", _, "state", "m.room.member", _]:
                return {"membership": "join"}
            case ["createRoom"]:
                return {"room_id": f"!direct{invent_event_id()[1:20]}:localhost"}
            case ["user", _, "account_data", "m.direct"]:
                return self._directs
            case ["directory", "list", "room", _]:
                return {"visibility": "private"}
        return super()._answer(method, path, whole)
