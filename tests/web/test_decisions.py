import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from bridge.web.decisions import MAX_BODY, PATH, decision_app
from bridge.web.server import WebServer
from bridge.workflow.asked import AccessDecision, AccessRequest

SECRET = "gehéim-und-lang"
JOIN = {"act": "join", "room_id": "!r:x", "sender": "@amy:x", "target": None}
STATE = JOIN | {"act": "state", "event_type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "public"}}


class Judge:
    """Decides as told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[AccessRequest] = []
        self.decision = AccessDecision(True)
        self.error: Exception | None = None

    async def decide(self, request: AccessRequest) -> AccessDecision:
        self.asked.append(request)
        if self.error is not None:
            raise self.error
        return self.decision


class Homeserver:
    """Asks as the module in a homeserver does."""

    def __init__(self, base: str, session: aiohttp.ClientSession, judge: Judge) -> None:
        self.base = base
        self.session = session
        self.judge = judge

    async def asks(
        self, body: Any, *, secret: str | None = SECRET, method: str = "POST", path: str = PATH
    ) -> tuple[int, Any]:
        headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
        data = io.BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        async with self.session.request(method, self.base + path, data=data, headers=headers) as response:
            assert response.content_type == "application/json"
            return response.status, json.loads(await response.read())


@pytest.fixture
async def homeserver() -> AsyncIterator[Homeserver]:
    judge = Judge()
    server = WebServer(decision_app(judge.decide, SECRET), "127.0.0.1", 0)
    await server.start()
    async with aiohttp.ClientSession() as session:
        yield Homeserver(f"http://127.0.0.1:{server.port}", session, judge)
    await server.stop()


@pytest.mark.parametrize(
    ("body", "request_"),
    [
        (JOIN, AccessRequest("join", "!r:x", "@amy:x")),
        (JOIN | {"act": "knock", "later": 1}, AccessRequest("knock", "!r:x", "@amy:x")),
        (JOIN | {"act": "third_party_invite"}, AccessRequest("third_party_invite", "!r:x", "@amy:x")),
        (JOIN | {"act": "invite", "target": "@bob:y"}, AccessRequest("invite", "!r:x", "@amy:x", "@bob:y")),
        (STATE, AccessRequest("state", "!r:x", "@amy:x", None, "m.room.join_rules", "", {"join_rule": "public"})),
        (JOIN | STATE | {"act": "join"}, AccessRequest("join", "!r:x", "@amy:x")),
    ],
)
async def test_what_is_asked_is_decided(homeserver: Homeserver, body: Any, request_: AccessRequest) -> None:
    assert await homeserver.asks(body) == (200, {"allow": True})
    homeserver.judge.decision = AccessDecision(False, "Спросите Эми: só não")
    assert await homeserver.asks(body) == (200, {"allow": False, "reason": "Спросите Эми: só não"})
    assert homeserver.judge.asked == [request_] * 2


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET[:-1], None])
async def test_a_wrong_secret_is_not_heard(homeserver: Homeserver, secret: str | None) -> None:
    for body in (JOIN, b"x" * (MAX_BODY + 1)):
        status, answer = await homeserver.asks(body, secret=secret)
        assert (status, answer["errcode"]) == (401, "M_UNKNOWN_TOKEN")
    assert homeserver.judge.asked == []


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        (b"", 400, "no JSON"),
        (b'{"act": "join"', 400, "no JSON"),
        (b"[" * 5000 + b"]" * 5000, 400, "no JSON"),
        ([JOIN], 400, "no object"),
        (JOIN | {"act": "dance"}, 400, "act"),
        (JOIN | {"act": ["join"]}, 400, "act"),
        (JOIN | {"room_id": ""}, 400, "room_id"),
        (JOIN | {"sender": 5}, 400, "sender"),
        (JOIN | {"act": "invite"}, 400, "target"),
        (STATE | {"event_type": ""}, 400, "event_type"),
        (STATE | {"state_key": None}, 400, "state_key"),
        (STATE | {"content": "public"}, 400, "content"),
        (b" " * (MAX_BODY + 1), 413, str(MAX_BODY)),
    ],
)
async def test_what_is_no_question_is_not_decided(homeserver: Homeserver, body: Any, status: int, says: str) -> None:
    got, answer = await homeserver.asks(body)
    assert got == status
    assert says in answer["error"]
    assert homeserver.judge.asked == []


async def test_a_bug_is_named_in_the_log_and_nowhere_else(homeserver: Homeserver) -> None:
    homeserver.judge.error = RuntimeError("the table of grants")
    with capture_logs() as logs:
        status, answer = await homeserver.asks(JOIN)
    assert (status, answer["errcode"]) == (500, "M_UNKNOWN")
    assert "grants" not in answer["error"]
    assert logs[0]["reference"] in answer["error"]
    assert (logs[0]["act"], logs[0]["exc_info"]) == ("join", True)


@pytest.mark.parametrize(("method", "path", "status"), [("GET", PATH, 405), ("POST", "/_askbridge/other", 404)])
async def test_there_is_nothing_else(homeserver: Homeserver, method: str, path: str, status: int) -> None:
    assert (await homeserver.asks(b"", method=method, path=path))[0] == status


def test_there_is_no_app_without_a_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        decision_app(Judge().decide, "")
