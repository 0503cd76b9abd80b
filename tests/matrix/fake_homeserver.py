"""A homeserver on a real loopback socket, for what a true one does not do on demand: faults, odd answers, scripts.

async with FakeHomeserver() as homeserver:
    homeserver.faults["send"].append(Fault(429, {"retry_after_ms": 1500}))
    homeserver.syncs.append({"next_batch": "s1"})
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Self
from urllib.parse import unquote

from aiohttp import web
from multidict import MultiMapping

BOT = "@bot:localhost"
ROOM = "!room:localhost"
Json = dict[str, Any]


@dataclass
class Fault:
    """One bad answer instead of the right one. `hang` never answers, `half` stops in the middle, `drop` hangs up."""

    status: int = 500
    body: Json | bytes = b"<html>bad gateway</html>"
    headers: dict[str, str] = field(default_factory=dict)
    how: Literal["answer", "hang", "half", "drop"] = "answer"


@dataclass
class Asked:
    name: str
    method: str
    path: str
    query: MultiMapping[str]
    body: Any
    token: str


def message(number: int, sender: str = "@amy:localhost") -> Json:
    content = {"msgtype": "m.text", "body": f"message {number}"}
    return event(f"$m{number}", "m.room.message", content, sender=sender)


def event(event_id: str, kind: str, content: Json, sender: str = "@amy:localhost", **more: Any) -> Json:
    base = {"event_id": event_id, "type": kind, "sender": sender, "origin_server_ts": 1, "content": content}
    return base | more


def member(event_id: str, membership: str, user_id: str = BOT, before: str | None = None) -> Json:
    unsigned = {"prev_content": {"membership": before}} if before else {}
    content = {"membership": membership}
    return event(event_id, "m.room.member", content, user_id, state_key=user_id, unsigned=unsigned)


def timeline(events: list[Any], *, limited: bool = False, prev_batch: str = "t0", state: tuple[Any, ...] = ()) -> Json:
    found = {"events": events, "limited": limited, "prev_batch": prev_batch}
    return {"timeline": found, "state": {"events": list(state)}}


def joined(next_batch: str, room: Any, room_id: str = ROOM) -> Json:
    return {"next_batch": next_batch, "rooms": {"join": {room_id: room}}}


class FakeHomeserver:
    def __init__(self) -> None:
        self.url = ""
        self.asked: list[Asked] = []
        self.faults: defaultdict[str, deque[Fault | None]] = defaultdict(deque)
        """What goes wrong at an endpoint, request by request; None lets one pass."""
        self.syncs: deque[Json | bytes] = deque()
        self.idle = asyncio.Event()
        """Set whenever a sync finds the script at its end."""
        self.history: list[Json] = []
        """Of every room, oldest first; the token `t5` stands after five events, as does a sync token in `marks`."""
        self.marks: dict[str, int] = {}
        self.page_size = 100
        self.sent: dict[str, str] = {}
        self.joined: list[str] = []
        self.aliases: dict[str, str] = {}
        self.creators: dict[str, str] = {}
        self.members: dict[tuple[str, str], str] = {}
        self.account_data: Json = {}
        self.sender = BOT
        """Whose the token is, where a request asserts nobody else."""
        self.answers: dict[str, Any] = {}
        """Fixed answers by endpoint name, before any other."""
        self.delays: dict[str, float] = {}
        """Seconds before an endpoint answers."""
        self._stopping = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 27)
        app.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = site.name
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping.set()
        assert self._runner is not None
        await self._runner.cleanup()

    def calls(self, name: str) -> list[Asked]:
        return [asked for asked in self.asked if asked.name == name]

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        path = [unquote(part) for part in request.url.raw_path.split("/")]
        name, answer = self._route(request.method, path)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        parsed = (body if name == "upload" else json.loads(body)) if body else None
        asked = Asked(name, request.method, request.url.raw_path, request.query, parsed, token)
        self.asked.append(asked)
        await asyncio.sleep(self.delays.get(name, 0))
        fault = self.faults[name].popleft() if self.faults[name] else None
        if fault is not None:
            return await self._fail(request, fault)
        if name in self.answers:
            return _reply(200, self.answers[name])
        return await answer(asked, path)

    def _route(self, method: str, path: list[str]) -> tuple[str, Callable[[Asked, list[str]], Awaitable[web.Response]]]:
        tail = path[4:]
        table = {
            "sync": self._sync,
            "send": self._send,
            "messages": self._messages,
            "createRoom": self._create_room,
            "joined_rooms": self._joined_rooms,
            "join": self._join,
            "invite": self._invite,
            "directory": self._directory,
            "account_data": self._account_data,
            "state": self._state,
            "whoami": self._whoami,
        }
        if path[2] == "media":
            return "upload", self._upload
        for part in tail:
            if part in table:
                return part, table[part]
        if tail and tail[0] in ("keys", "room_keys", "sendToDevice", "devices"):
            return "/".join(tail[:2]), self._empty
        return path[-1] if path[-1] in ("versions", "login", "register", "leave") else "other", self._empty

    async def _fail(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        assert request.transport is not None
        if fault.how == "hang":
            await self._stopping.wait()
        if fault.how == "half":
            half = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
            await half.prepare(request)
            await half.write(b'{"event_id": "$')
            request.transport.close()
            return half
        if fault.how != "answer":
            request.transport.abort()
        body = json.dumps(fault.body).encode() if isinstance(fault.body, dict) else fault.body
        return web.Response(status=fault.status, body=body, headers=fault.headers)

    async def _sync(self, asked: Asked, _path: list[str]) -> web.Response:
        if not self.syncs:
            self.idle.set()
            await self._stopping.wait()
            return _reply(200, {"next_batch": asked.query.get("since", "s0")})
        return _reply(200, self.syncs.popleft())

    async def _send(self, asked: Asked, path: list[str]) -> web.Response:
        event_id = self.sent.setdefault(path[-1], f"$sent{len(self.sent)}")
        return _reply(200, {"event_id": event_id})

    async def _messages(self, asked: Asked, _path: list[str]) -> web.Response:
        start = self._position(asked.query.get("from"), len(self.history))
        floor = self._position(asked.query.get("to"), 0)
        low = max(floor, start - self.page_size)
        answer: Json = {"start": f"t{start}", "chunk": self.history[low:start][::-1]}
        return _reply(200, answer | ({"end": f"t{low}"} if low > floor else {}))

    def _position(self, token: str | None, default: int) -> int:
        if token is None:
            return default
        return self.marks[token] if token in self.marks else int(token[1:])

    async def _create_room(self, asked: Asked, _path: list[str]) -> web.Response:
        room_id = f"!made{len(self.aliases) + len(self.joined)}:localhost"
        if "room_alias_name" in asked.body:
            alias = f"#{asked.body['room_alias_name']}:localhost"
            if alias in self.aliases:
                return _reply(400, {"errcode": "M_ROOM_IN_USE", "error": "taken"})
            self.aliases[alias] = room_id
        self.joined.append(room_id)
        self.members |= {(room_id, user): "invite" for user in asked.body["invite"]}
        return _reply(200, {"room_id": room_id})

    async def _joined_rooms(self, _asked: Asked, _path: list[str]) -> web.Response:
        return _reply(200, {"joined_rooms": self.joined})

    async def _join(self, _asked: Asked, path: list[str]) -> web.Response:
        room_id = self.aliases.get(path[-1], path[-1])
        if room_id not in self.joined:
            return _reply(403, {"errcode": "M_FORBIDDEN", "error": "not invited"})
        return _reply(200, {"room_id": room_id})

    async def _invite(self, asked: Asked, path: list[str]) -> web.Response:
        self.members[path[5], asked.body["user_id"]] = "invite"
        return _reply(200, {})

    async def _directory(self, asked: Asked, path: list[str]) -> web.Response:
        room_id = self.aliases.get(path[-1])
        if room_id is None:
            return _reply(404, {"errcode": "M_NOT_FOUND", "error": "no such alias"})
        if asked.method == "DELETE":
            del self.aliases[path[-1]]
            return _reply(200, {})
        return _reply(200, {"room_id": room_id, "servers": ["localhost"]})

    async def _account_data(self, asked: Asked, path: list[str]) -> web.Response:
        if asked.method == "PUT":
            self.account_data[path[-1]] = asked.body
            return _reply(200, {})
        found = self.account_data.get(path[-1])
        return _reply(404, {"errcode": "M_NOT_FOUND", "error": "none"}) if found is None else _reply(200, found)

    async def _state(self, _asked: Asked, path: list[str]) -> web.Response:
        if path[-1] == "state":
            return _reply(200, [{"type": "m.room.create", "sender": self.creators.get(path[5], BOT)}])
        membership = self.members.get((path[5], path[-1]))
        if membership is None:
            return _reply(404, {"errcode": "M_NOT_FOUND", "error": "none"})
        return _reply(200, {"membership": membership})

    async def _whoami(self, asked: Asked, _path: list[str]) -> web.Response:
        return _reply(200, {"user_id": asked.query.get("user_id", self.sender)})

    async def _upload(self, _asked: Asked, _path: list[str]) -> web.Response:
        return _reply(200, {"content_uri": f"mxc://localhost/{len(self.calls('upload'))}"})

    async def _empty(self, _asked: Asked, _path: list[str]) -> web.Response:
        return _reply(200, {})


def _reply(status: int, body: Any) -> web.Response:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return web.Response(status=status, body=data, content_type="application/json")
