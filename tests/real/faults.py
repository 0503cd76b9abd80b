"""A reverse proxy that misbehaves on demand, to stand between askbridge and a true homeserver.

It counts and keeps every request. A fault applies to the next requests that match, in the order the faults were set:

    proxy.limits(times=3, retry_after_ms=200, path="/send/")
    proxy.loses_answers(times=2, method="PUT")

aiohttp's client by itself repeats a GET, PUT or DELETE once when its connection is closed before an answer began:
such a fault must happen twice to be noticed.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web
from yarl import URL

from bridge.demo.homeserver import free_port

JsonObject = dict[str, Any]
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "content-encoding", "host", "upgrade"}
_LONGEST_BODY = 64 * 1024 * 1024


@dataclass(slots=True)
class Recorded:
    """A request as it came. `status` is None where no whole answer left; `forwarded`: the server has acted on it."""

    method: str
    path: str
    query: dict[str, str]
    body: bytes
    fault: str | None = None
    status: int | None = None
    forwarded: bool = False


Play = Callable[[web.Request, Recorded], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class _Fault:
    name: str
    play: Play
    left: int
    method: str | None
    path: re.Pattern[str]

    def fits(self, request: Recorded) -> bool:
        return self.left > 0 and self.method in (None, request.method) and bool(self.path.search(request.path))


@dataclass(slots=True)
class FaultProxy:
    """Forwards to `upstream` from a loopback port (given, or free): `url` is what the client is told."""

    upstream: str
    port: int = field(default_factory=free_port)
    requests: list[Recorded] = field(default_factory=list)
    _faults: list[_Fault] = field(default_factory=list)
    _came: asyncio.Event = field(default_factory=asyncio.Event)
    _runner: web.AppRunner | None = None
    _session: aiohttp.ClientSession | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(auto_decompress=True, timeout=aiohttp.ClientTimeout(total=None))
        await self.comes_back()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.goes_away()
        if self._session is not None:
            await self._session.close()

    # --- faults

    def limits(self, *, retry_after_ms: int, times: int = 1, method: str | None = None, path: str = "") -> None:
        """Answer 429 without forwarding."""
        body = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": retry_after_ms}
        self._add("limit", _answering(429, body), times, method, path)

    def answers(
        self,
        status: int,
        body: JsonObject | None = None,
        *,
        times: int = 1,
        method: str | None = None,
        path: str = "",
    ) -> None:
        """Answer by itself, without forwarding; without a body it is an HTML page, as of a proxy in trouble."""
        self._add(f"answer {status}", _answering(status, body), times, method, path)

    def drops_requests(self, *, times: int = 1, method: str | None = None, path: str = "") -> None:
        """Close the connection before the server hears of the request."""
        self._add("drop request", _drop, times, method, path)

    def loses_answers(self, *, times: int = 1, method: str | None = None, path: str = "") -> None:
        """Let the server act, then close the connection without an answer."""
        self._add("lose answer", self._forward_and_drop, times, method, path)

    def halves_answers(self, *, times: int = 1, method: str | None = None, path: str = "") -> None:
        """Let the server act, then close the connection in the middle of the answer's body."""
        self._add("half answer", self._forward_half, times, method, path)

    def hangs(self, *, times: int = 1, method: str | None = None, path: str = "") -> None:
        """Take the request and never answer."""
        self._add("hang", _hang, times, method, path)

    def heals(self) -> None:
        """Forget the faults that did not happen yet."""
        self._faults.clear()

    async def goes_away(self) -> None:
        """Refuse connections, and cut those there are, until `comes_back`."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def comes_back(self) -> None:
        application = web.Application(client_max_size=_LONGEST_BODY)
        application.router.add_route("*", "/{path:.*}", self._handle)
        self._runner = web.AppRunner(application, shutdown_timeout=0.05, access_log=None, handler_cancellation=True)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    # --- what came through

    def seen(self, *, method: str | None = None, path: str = "") -> list[Recorded]:
        """The requests that match, in the order they came."""
        return [r for r in self.requests if method in (None, r.method) and re.search(path, r.path)]

    def count(self, *, method: str | None = None, path: str = "") -> int:
        return len(self.seen(method=method, path=path))

    async def sees(self, *, times: int = 1, method: str | None = None, path: str = "") -> None:
        """Wait until that many requests that match have come since the proxy was made."""
        while self.count(method=method, path=path) < times:
            self._came.clear()
            await self._came.wait()

    def _add(self, name: str, play: Play, times: int, method: str | None, path: str) -> None:
        self._faults.append(_Fault(name, play, times, method, re.compile(path)))

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        recorded = Recorded(request.method, request.path, dict(request.query), body)
        self.requests.append(recorded)
        self._came.set()
        fault = next((fault for fault in self._faults if fault.fits(recorded)), None)
        if fault is None:
            return await self._forward(request, recorded)
        fault.left -= 1
        recorded.fault = fault.name
        return await fault.play(request, recorded)

    async def _forward(self, request: web.Request, recorded: Recorded) -> web.Response:
        status, headers, body = await self._ask_upstream(request, recorded)
        recorded.status = status
        return web.Response(status=status, headers=headers, body=body)

    async def _forward_and_drop(self, request: web.Request, recorded: Recorded) -> web.StreamResponse:
        await self._ask_upstream(request, recorded)
        return await _drop(request, recorded)

    async def _forward_half(self, request: web.Request, recorded: Recorded) -> web.StreamResponse:
        status, headers, body = await self._ask_upstream(request, recorded)
        answer = web.StreamResponse(status=status, headers=headers)
        answer.content_length = len(body)
        await answer.prepare(request)
        await answer.write(body[: len(body) // 2])
        # The half that was written must leave before the connection is cut, or nothing of it arrives.
        await answer.drain()
        if request.transport is not None:
            request.transport.close()
        return answer

    async def _ask_upstream(self, request: web.Request, recorded: Recorded) -> tuple[int, dict[str, str], bytes]:
        if self._session is None:
            raise RuntimeError("use `async with FaultProxy(...)`")
        url = URL(self.upstream + request.raw_path, encoded=True)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP_BY_HOP}
        try:
            async with self._session.request(request.method, url, headers=headers, data=recorded.body) as answer:
                recorded.forwarded = True
                kept = {name: value for name, value in answer.headers.items() if name.lower() not in _HOP_BY_HOP}
                return answer.status, kept, await answer.read()
        except aiohttp.ClientError as error:
            return 502, {"Content-Type": "text/plain"}, str(error).encode()


def _answering(status: int, body: JsonObject | None) -> Play:
    async def play(request: web.Request, recorded: Recorded) -> web.StreamResponse:
        recorded.status = status
        if body is not None:
            return web.json_response(body, status=status)
        page = f"<html><h1>{status}</h1></html>"
        return web.Response(status=status, text=page, content_type="text/html")

    return play


async def _drop(request: web.Request, recorded: Recorded) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _hang(request: web.Request, recorded: Recorded) -> web.StreamResponse:
    await asyncio.get_running_loop().create_future()
    return web.Response(status=504)
