import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bridge.ops.health import Health
from bridge.web.health import health_app
from bridge.web.server import ListenError, WebServer


@asynccontextmanager
async def serving(*routes: Route, app: ASGIApp | None = None) -> AsyncIterator[tuple[WebServer, str]]:
    server = WebServer(app or Starlette(routes=list(routes)), "127.0.0.1", 0)
    await server.start()
    try:
        yield server, f"http://127.0.0.1:{server.port}"
    finally:
        await server.stop()


async def test_a_taken_port_is_named() -> None:
    async with serving() as (server, _):
        second = WebServer(Starlette(), "127.0.0.1", server.port)
        with pytest.raises(ListenError, match=rf"cannot listen on 127\.0\.0\.1:{server.port}: .*in use"):
            await second.start()
        await second.stop()


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
async def test_an_address_that_is_not_ours_is_named(host: str) -> None:
    with pytest.raises(ListenError, match=host):
        await WebServer(Starlette(), host, 0).start()


async def test_it_stops_cleanly_and_starts_again() -> None:
    server = WebServer(Starlette(), "127.0.0.1", 0)
    await server.start()
    port = server.port
    await server.stop()
    await server.stop()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    await server.start()
    await server.stop()


async def test_a_request_at_hand_is_finished_before_it_stops() -> None:
    entered, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request) -> Response:
        entered.set()
        await go_on.wait()
        return PlainTextResponse("done")

    async with serving(Route("/slow", slow)) as (server, url), aiohttp.ClientSession() as session:
        asking = asyncio.create_task(session.get(f"{url}/slow"))
        await entered.wait()
        stopping = asyncio.create_task(server.stop())
        await asyncio.sleep(0)
        go_on.set()
        async with await asking as response:
            assert await response.text() == "done"
        await stopping


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
async def test_it_listens_on_both_kinds_of_address(host: str) -> None:
    server = WebServer(health_app(lambda: True, Health().ready), host, 0)
    await server.start()
    try:
        shown = f"[{host}]" if ":" in host else host
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"http://{shown}:{server.port}/health/live") as answer,
        ):
            assert answer.status == 200
    finally:
        await server.stop()


@pytest.mark.parametrize(
    ("path", "live", "parts", "status", "expected"),
    [
        ("/health/live", True, {}, 200, {"live": True}),
        ("/health/live", False, {}, 503, {"live": False}),
        ("/health/ready", True, {}, 200, {"ready": True, "parts": {}, "warnings": {}}),
        ("/health/ready", True, {"sync": None}, 200, {"ready": True, "parts": {"sync": {"ok": True}}, "warnings": {}}),
        (
            "/health/ready",
            True,
            {"sync": "no answer"},
            503,
            {"ready": False, "parts": {"sync": {"ok": False, "problem": "no answer"}}, "warnings": {}},
        ),
    ],
)
async def test_health_tells_each_part(
    path: str, live: bool, parts: dict[str, str | None], status: int, expected: object
) -> None:
    health = Health(parts)
    for part, problem in parts.items():
        health.set(part, problem)
    async with (
        serving(app=health_app(lambda: live, health.ready)) as (_, url),
        aiohttp.ClientSession() as session,
        session.get(url + path) as answer,
    ):
        assert answer.status == status
        assert await answer.json() == expected


@pytest.mark.parametrize("enabled", [True, False])
async def test_metrics_are_there_where_wanted(enabled: bool) -> None:
    kind = "text/plain; version=0.0.4; charset=utf-8"
    metrics = (lambda: (b"askbridge_up 1\n", kind)) if enabled else None
    async with (
        serving(app=health_app(lambda: True, Health().ready, metrics)) as (_, url),
        aiohttp.ClientSession() as session,
        session.get(f"{url}/metrics") as answer,
    ):
        assert answer.status == (200 if enabled else 404)
        if enabled:
            assert await answer.read() == b"askbridge_up 1\n"
            assert answer.headers["Content-Type"] == kind
