import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bridge.matrix.wire import read_json
from bridge.web import appservice
from bridge.web.appservice import PushTransport, appservice_app
from bridge.web.server import ListenError
from bridge.workflow.ports import Batch, Transport
from tests.matrix.intake import KeptIntake

BOT = "@bot:localhost"
TOKEN = "hs_tökën"
V1 = "/_matrix/app/v1"


def message(number: int, body: str = "hi") -> dict[str, Any]:
    content = {"msgtype": "m.text", "body": body}
    return {"event_id": f"$m{number}", "room_id": "!r:x", "type": "m.room.message", "content": content}


class Homeserver:
    """Talks to the appservice as a homeserver does."""

    def __init__(self, base: str, session: aiohttp.ClientSession) -> None:
        self.base = base
        self._session = session

    async def ask(self, method: str, path: str, *, token: str | None = TOKEN, data: Any = None) -> tuple[int, Any]:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        body = io.BytesIO(data) if isinstance(data, bytes) else data
        async with self._session.request(method, self.base + path, headers=headers, data=body) as response:
            assert response.content_type == "application/json"
            return response.status, json.loads(await response.read())

    async def push(self, txn_id: str, *events: Any, path: str = f"{V1}/transactions/") -> tuple[int, Any]:
        return await self.ask("PUT", path + txn_id, data=json.dumps({"events": events}).encode())


@pytest.fixture
def intake() -> KeptIntake:
    return KeptIntake()


@pytest.fixture
async def homeserver(intake: KeptIntake) -> AsyncIterator[Homeserver]:
    transport = PushTransport(appservice_app(intake, TOKEN, BOT, read_json), "127.0.0.1", 0)
    running = asyncio.create_task(transport.run())
    async with asyncio.timeout(10), aiohttp.ClientSession() as session:
        await transport.listening.wait()
        yield Homeserver(f"http://127.0.0.1:{transport.server.port}", session)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize("path", [f"{V1}/transactions/", "/transactions/"])
async def test_a_transaction_is_accepted_then_acknowledged(
    homeserver: Homeserver, intake: KeptIntake, path: str
) -> None:
    assert await homeserver.push("t1", message(1), message(2), path=path) == (200, {})
    [batch] = intake.batches
    assert (batch.source, batch.events) == ("push", [message(1), message(2)])
    assert batch.cursor.startswith("t1 ")


async def test_the_same_transaction_thrice_is_accepted_once(homeserver: Homeserver, intake: KeptIntake) -> None:
    answers = await asyncio.gather(*(homeserver.push("t1", message(1)) for _ in range(3)))
    assert answers == [(200, {})] * 3
    assert intake.ids == ["$m1"]


async def test_a_homeserver_that_counts_its_transactions_anew_loses_nothing(
    homeserver: Homeserver, intake: KeptIntake
) -> None:
    """Synapse on SQLite does after each restart."""
    for number in (1, 2, 2):
        assert await homeserver.push("1", message(number)) == (200, {})
    assert intake.ids == ["$m1", "$m2"]


async def test_what_was_not_kept_is_not_acknowledged(homeserver: Homeserver, intake: KeptIntake) -> None:
    intake.failures = [RuntimeError("disk full")]
    status, answer = await homeserver.push("t1", message(1))
    assert (status, answer["errcode"]) == (500, "M_UNKNOWN")
    assert "disk" not in answer["error"]
    assert await homeserver.push("t1", message(1)) == (200, {})
    assert intake.ids == ["$m1"]


async def test_transactions_pass_one_at_a_time(homeserver: Homeserver, intake: KeptIntake) -> None:
    inside, most = 0, 0
    accept = intake.accept

    async def slow(batch: Batch) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        for _ in range(10):
            await asyncio.sleep(0)
        await accept(batch)
        inside -= 1

    intake.accept = slow  # type: ignore[method-assign]
    await asyncio.gather(*(homeserver.push(f"t{number}", message(number)) for number in range(20)))
    assert most == 1
    assert len(intake.batches) == 20


async def test_many_and_big_events_pass(homeserver: Homeserver, intake: KeptIntake) -> None:
    events = [message(number, "é" * 30_000) for number in range(150)]
    assert await homeserver.push("t1", *events) == (200, {})
    assert intake.events == events


async def test_what_is_no_event_is_left_out(homeserver: Homeserver, intake: KeptIntake) -> None:
    assert await homeserver.push("t1", None, 5, message(1), [message(2)], "x", {}) == (200, {})
    assert intake.events == [message(1), {}]


async def test_a_hostile_event_does_not_make_it_come_for_ever(homeserver: Homeserver, intake: KeptIntake) -> None:
    deep = b'{"a":' * 3000 + b"1" + b"}" * 3000
    body = b'{"events":[{"event_id":"$d","content":%s},{"event_id":"$o","x":"\\ud800"},{"event_id":"$m"}]}' % deep
    assert await homeserver.ask("PUT", f"{V1}/transactions/t1", data=body) == (200, {})
    assert intake.ids == ["$d", "$o", "$m"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "M_NOT_JSON"),
        (b"nope", "M_NOT_JSON"),
        (b"\xff\xfe", "M_NOT_JSON"),
        (b"[]", "M_BAD_JSON"),
        (b"{}", "M_BAD_JSON"),
        (b'{"events": {}}', "M_BAD_JSON"),
        (b'{"events": null}', "M_BAD_JSON"),
    ],
)
async def test_a_bad_body_is_refused(homeserver: Homeserver, intake: KeptIntake, body: bytes, code: str) -> None:
    status, answer = await homeserver.ask("PUT", f"{V1}/transactions/t1", data=body)
    assert (status, answer["errcode"]) == (400, code)
    assert intake.batches == []


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_past_the_limit_is_refused(
    homeserver: Homeserver, intake: KeptIntake, monkeypatch: pytest.MonkeyPatch, announced: bool
) -> None:
    monkeypatch.setattr(appservice, "MAX_BODY", 1000)

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 100

    status, answer = await homeserver.ask("PUT", f"{V1}/transactions/t1", data=b" " * 2000 if announced else parts())
    assert (status, answer["errcode"]) == (413, "M_TOO_LARGE")
    assert intake.batches == []


async def test_a_body_that_breaks_off_is_forgotten(homeserver: Homeserver, intake: KeptIntake) -> None:
    port = int(homeserver.base.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (
        f"PUT {V1}/transactions/t1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 99\r\n\r\n"
    )
    writer.write(head.encode() + b'{"events":[')
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert await reader.read() == b""
    assert await homeserver.push("t1", message(1)) == (200, {})
    assert intake.ids == ["$m1"]


async def test_a_transaction_id_may_hold_anything(homeserver: Homeserver, intake: KeptIntake) -> None:
    assert (await homeserver.push("a%2Fb%20%C3%A9", message(1)))[0] == 200
    assert intake.batches[0].cursor.startswith("a/b é ")


DOORS = [
    ("PUT", f"{V1}/transactions/t1"),
    ("PUT", "/transactions/t1"),
    ("GET", f"{V1}/users/{BOT}"),
    ("GET", "/rooms/x"),
    ("POST", f"{V1}/ping"),
    ("GET", "/nowhere"),
]


@pytest.mark.parametrize(
    ("token", "query", "status", "code"),
    [
        (None, "", 401, "M_MISSING_TOKEN"),
        ("wrong", "", 403, "M_FORBIDDEN"),
        ("", "", 403, "M_FORBIDDEN"),
        ("hs_tökë", "", 403, "M_FORBIDDEN"),
        (None, "?access_token=wrong", 403, "M_FORBIDDEN"),
        (None, "?access_token=%FF", 403, "M_FORBIDDEN"),
        (None, "?access_token=", 403, "M_FORBIDDEN"),
        ("wrong", "?access_token=hs_t%C3%B6k%C3%ABn", 403, "M_FORBIDDEN"),
    ],
)
async def test_without_the_token_every_door_is_shut(
    homeserver: Homeserver, intake: KeptIntake, token: str | None, query: str, status: int, code: str
) -> None:
    for method, path in DOORS:
        found, answer = await homeserver.ask(method, path + query, token=token, data=b'{"events": []}')
        assert (found, answer["errcode"]) == (status, code), path
    assert intake.batches == []


async def test_the_legacy_token_opens_too(homeserver: Homeserver) -> None:
    path = f"{V1}/transactions/t1?access_token=hs_t%C3%B6k%C3%ABn"
    assert await homeserver.ask("PUT", path, token=None, data=b'{"events": []}') == (200, {})


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", f"{V1}/users/%40bot%3Alocalhost", 200, None),
        ("GET", f"/users/{BOT}", 200, None),
        ("GET", f"{V1}/users/%40other%3Alocalhost", 404, "M_NOT_FOUND"),
        ("GET", f"{V1}/rooms/%23help%3Alocalhost", 404, "M_NOT_FOUND"),
        ("GET", "/rooms/%23help%3Alocalhost", 404, "M_NOT_FOUND"),
        ("POST", f"{V1}/ping", 200, None),
        ("GET", f"{V1}/ping", 405, "M_UNRECOGNIZED"),
        ("POST", f"{V1}/transactions/t1", 405, "M_UNRECOGNIZED"),
        ("GET", f"{V1}/thirdparty/protocol/irc", 404, "M_UNRECOGNIZED"),
        ("GET", "/", 404, "M_UNRECOGNIZED"),
    ],
)
async def test_the_other_doors(homeserver: Homeserver, method: str, path: str, status: int, code: str | None) -> None:
    found, answer = await homeserver.ask(method, path)
    assert (found, answer.get("errcode")) == (status, code)


async def test_it_is_a_transport_that_starts_when_it_listens(intake: KeptIntake) -> None:
    push = PushTransport(appservice_app(intake, TOKEN, BOT, read_json), "127.0.0.1", 0)
    transport: Transport = push
    assert (transport.name, transport.started) == ("push", False)
    running = asyncio.create_task(transport.run())
    await push.listening.wait()
    assert transport.started
    taken: Transport = PushTransport(appservice_app(intake, TOKEN, BOT, read_json), "127.0.0.1", push.server.port)
    with pytest.raises(ListenError):
        await taken.run()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled()
