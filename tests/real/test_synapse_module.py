"""The module inside a true Synapse, asking the true endpoint; only what decides is a table of the test."""

import asyncio
import json
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bridge.demo.homeserver import LocalHomeserver, free_port, synapse_python
from bridge.web.decisions import PATH, decision_app
from bridge.web.server import WebServer
from bridge.workflow.asked import AccessDecision, AccessRequest
from tests.real.client import MatrixError, Person
from tests.real.postgres import needed_on_ci
from tests.real.synapse import Appservice

pytestmark = [pytest.mark.synapse, pytest.mark.asyncio(loop_scope="session")]

SECRET = "between-us-two"
WHY = "Hier darf das nur die Moderation. Bitte fragen Sie dort: größere Räume sind nicht für alle."


class Judge:
    """Decides by a table, where a homeserver can ask it."""

    def __init__(self) -> None:
        self.port = free_port()
        self.forbidden: set[tuple[str, str]] = set()
        self.asked: list[AccessRequest] = []
        self.answering = asyncio.Event()
        self.answering.set()
        self._server: WebServer | None = None

    async def decide(self, request: AccessRequest) -> AccessDecision:
        self.asked.append(request)
        await self.answering.wait()
        return AccessDecision((request.act, request.room_id) not in self.forbidden, WHY)

    def about(self, room: str) -> list[str]:
        return [request.act for request in self.asked if request.room_id == room]

    async def comes(self, secret: str = SECRET, app: ASGIApp | None = None) -> None:
        self._server = WebServer(app or decision_app(self.decide, secret), "127.0.0.1", self.port)
        await self._server.start()

    async def goes(self) -> None:
        self.answering.set()
        if self._server is not None:
            await self._server.stop()

    def module(self, bot: str, **config: Any) -> dict[str, Any]:
        config |= {"url": f"http://127.0.0.1:{self.port}", "bot_user_id": bot}
        return {"module": "bridge.synapse_module.AskbridgeModule", "config": config}


@dataclass(slots=True)
class Guarded:
    """A homeserver that asks two judges: without an answer, `lenient` is taken to allow and `strict` to refuse."""

    server: LocalHomeserver
    session: aiohttp.ClientSession
    lenient: Judge
    strict: Judge
    bot: Person
    relay: Person
    _names: Any = field(default_factory=count)

    async def person(self, *, admin: bool = False, server: LocalHomeserver | None = None) -> Person:
        account = await (server or self.server).register(f"p{next(self._names)}", admin=admin)
        url = (server or self.server).url
        return Person(url, account.user_id, account.access_token, self.session)

    def stranger(self) -> str:
        """Somebody nobody was asked about before."""
        return f"@stranger{next(self._names)}:{self.server.server_name}"

    async def knows_of(self, room: str) -> set[str]:
        """Everybody who ever had to do with a room."""
        state = await self.bot.asks_server("GET", f"rooms/{room}/state")
        events: list[dict[str, Any]] = state  # type: ignore[assignment]
        return {event["state_key"] for event in events if event["type"] == "m.room.member"}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def guarded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Guarded]:
    if not synapse_python().exists():
        needed_on_ci("Synapse is not installed: scripts/test installs it")
    directory = tmp_path_factory.mktemp("guarded")
    secret = directory / "secret"
    secret.write_text(f"{SECRET}\n")
    appservice = Appservice.invent(0)
    lenient, strict = Judge(), Judge()
    server = LocalHomeserver(directory, federation=True, appservices=[appservice.write(directory)])
    bot = f"@bot:{server.server_name}"
    server.modules.append(lenient.module(bot, secret=SECRET))
    server.modules.append(strict.module(bot, secret_path=str(secret), when_unreachable="deny"))
    async with AsyncExitStack() as stack:
        for judge in (lenient, strict):
            await judge.comes()
            stack.push_async_callback(judge.goes)
        await stack.enter_async_context(server)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        account = await server.register("bot")
        relay = f"@{appservice.sender_localpart}:{server.server_name}"
        yield Guarded(
            server,
            session,
            lenient,
            strict,
            Person(server.url, account.user_id, account.access_token, session),
            Person(server.url, relay, appservice.as_token, session),
        )


async def refusal(doing: Awaitable[Any]) -> str:
    """What a person is told who may not do this."""
    with pytest.raises(MatrixError) as refused:
        await doing
    assert (refused.value.status, refused.value.errcode) == (403, "M_FORBIDDEN")
    return str(refused.value.body["error"])


async def joins_at_last(person: Person, room: str) -> None:
    """Once a refusal is forgotten, which takes 2 seconds, or their homeserver has learned all of the room."""
    deadline = time.monotonic() + 20
    while True:
        try:
            await person.joins(room)
            return
        except MatrixError:
            assert time.monotonic() < deadline
            await asyncio.sleep(0.2)


def is_join(event: dict[str, Any]) -> bool:
    return bool(event["content"].get("membership") == "join")


async def test_what_is_forbidden_never_happens_and_says_why(guarded: Guarded) -> None:
    judge, bot = guarded.lenient, guarded.bot
    amy, bob, root = await guarded.person(), await guarded.person(), await guarded.person(admin=True)
    hall = await amy.creates_room("Hall", preset="public_chat", power_level_content_override={"invite": 0})
    knocking = {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "knock"}}
    lodge = await amy.creates_room("Lodge", initial_state=[knocking])
    for member in (bot, root, guarded.relay):
        await member.joins(hall)
    judge.forbidden = {(act, hall) for act in ("invite", "join", "third_party_invite", "state")} | {("knock", lodge)}
    judge.asked.clear()

    by_mail = {"medium": "email", "address": "a@example.org", "id_server": "127.0.0.1:1", "id_access_token": "x"}
    for who in (amy, root, guarded.relay):
        assert await refusal(who.invites(hall, bob.user_id)) == WHY
    assert await refusal(amy.sets_state(hall, "m.room.member", {"membership": "invite"}, guarded.stranger())) == WHY
    assert await refusal(amy.asks_server("POST", f"rooms/{hall}/invite", by_mail)) == WHY
    assert await refusal(bob.joins(hall)) == WHY
    assert await refusal(bob.asks_server("POST", f"knock/{lodge}", {})) == WHY
    assert await refusal(amy.sets_state(hall, "m.room.join_rules", {"join_rule": "knock"})) == WHY
    assert judge.about(hall) == ["invite"] * 4 + ["third_party_invite", "join", "state"]
    assert judge.asked[0] == AccessRequest("invite", hall, amy.user_id, bob.user_id)
    changed = ("m.room.join_rules", "", {"join_rule": "knock"})
    assert judge.asked[-1] == AccessRequest("state", hall, amy.user_id, None, *changed)
    assert await guarded.knows_of(hall) == {p.user_id for p in (amy, bot, root, guarded.relay)}
    assert (await amy.state(hall, "m.room.join_rules"))["join_rule"] == "public"

    # The bot is never asked about, and nobody about what no policy forbids.
    judge.asked.clear()
    await bot.invites(hall, bob.user_id)
    await amy.sets_state(hall, "m.room.topic", {"topic": "All"})
    await amy.says(hall, "hello")
    await amy.asks_server("PUT", f"profile/{amy.user_id}/displayname", {"displayname": "Amy"})
    await bot.waits_for(hall, lambda event: event["content"].get("displayname") == "Amy")
    await amy.kicks(hall, root.user_id)
    await guarded.relay.leaves(hall)
    assert judge.about(hall) == []


async def test_answers_are_kept_for_two_seconds_but_never_for_a_change(guarded: Guarded) -> None:
    judge = guarded.lenient
    amy, bob = await guarded.person(), await guarded.person()
    hall = await amy.creates_room("Hall", preset="public_chat", invite=[guarded.bot.user_id])
    assert judge.about(hall) == ["invite"], "making a room is nobody's business"

    judge.forbidden = {("join", hall), ("state", hall)}
    for _ in range(2):
        assert await refusal(bob.joins(hall)) == WHY
        assert await refusal(amy.sets_state(hall, "m.room.guest_access", {"guest_access": "can_join"})) == WHY
    assert judge.about(hall) == ["invite", "join", "state", "state"]
    judge.forbidden.clear()
    await joins_at_last(bob, hall)
    await amy.sets_state(hall, "m.room.guest_access", {"guest_access": "can_join"})
    assert judge.about(hall)[4:] == ["join", "state"], "both callbacks of one join ask once"


async def test_without_an_answer_it_is_as_configured(guarded: Guarded) -> None:
    lenient, strict, bot = guarded.lenient, guarded.strict, guarded.bot
    amy = await guarded.person()
    room = await amy.creates_room("Room", invite=[bot.user_id], power_level_content_override={"invite": 0})
    await bot.joins(room)

    async def slow(judge: Judge) -> None:
        judge.answering.clear()

    async def wrong_secret(judge: Judge) -> None:
        await judge.goes()
        await judge.comes("another")

    for trouble in (slow, wrong_secret, Judge.goes):
        await trouble(lenient)
        begun = time.monotonic()
        await amy.invites(room, guarded.stranger())
        assert time.monotonic() - begun < 5
        assert trouble is not slow or time.monotonic() - begun >= 0.5
        await lenient.goes()
        await lenient.comes()

        await trouble(strict)
        invited = guarded.stranger()
        assert "cannot be checked at the moment" in await refusal(amy.invites(room, invited))
        assert "cannot be checked" in await refusal(amy.sets_state(room, "m.room.encryption", {"algorithm": "x"}))
        assert invited not in await guarded.knows_of(room)
        assert await amy.creates_room("Still")
        await bot.invites(room, guarded.stranger())
        await strict.goes()
        await strict.comes()
        await amy.invites(room, guarded.stranger())
    log = guarded.server.log_file.read_text()
    assert "so everything is refused: it refuses our secret" in log
    assert log.count("askbridge decides again") >= 6


async def test_odd_answers(guarded: Guarded) -> None:
    """None lets through what was made so that it cannot be judged; nonsense is like no answer."""
    judge = guarded.lenient
    amy = await guarded.person()
    room = await amy.creates_room("Room")
    unread = "This cannot be checked against the policy of this room, and so it is not allowed."
    odd: list[tuple[int, str, str | None]] = [
        (400, "{}", unread),
        (413, "", unread),
        (200, '{"allow": false}', "The policy of this room does not allow that."),
        (200, '{"allow": false, "reason": "' + "x" * 2000 + '"}', "x" * 1000),
        (200, '{"allow": "no"}', None),
        (200, "[]", None),
        (200, "<html>", None),
        (302, "", None),
        (500, "{}", None),
    ]
    answers = iter(odd)

    async def answer(_request: Request) -> Response:
        status, body, _ = next(answers)
        return Response(body, status, headers={"Location": "/elsewhere"})

    await judge.goes()
    await judge.comes(app=Starlette(routes=[Route(PATH, answer, methods=["POST"])]))
    for _, _, says in odd:
        inviting = amy.invites(room, guarded.stranger())
        if says is None:
            await inviting
        else:
            assert await refusal(inviting) == says
    await judge.goes()
    await judge.comes()
    assert next(answers, None) is None


async def test_between_homeservers(guarded: Guarded, tmp_path: Path) -> None:
    """What passes through ours is asked about; what another one does by itself cannot be."""
    judge = guarded.lenient
    amy = await guarded.person()
    knocking = {"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "knock"}}
    all_invite = {"invite": 0}
    hall = await amy.creates_room("Hall", alias="hall", preset="public_chat", power_level_content_override=all_invite)
    await amy.creates_room("Lodge", alias="lodge", initial_state=[knocking])
    ours = guarded.server.server_name
    async with LocalHomeserver(tmp_path, federation=True) as afar:
        ann, eve = await guarded.person(server=afar), await guarded.person(server=afar)
        theirs = await ann.creates_room("Theirs", alias="theirs", preset="public_chat")
        lodge = (await ann.asks_server("GET", f"directory/room/%23lodge:{ours}"))["room_id"]
        judge.forbidden = {("join", hall), ("knock", lodge), ("invite", theirs), ("join", theirs)}

        await refusal(ann.joins(f"#hall:{ours}"))
        await refusal(ann.asks_server("POST", f"knock/%23lodge:{ours}", {}))
        await refusal(ann.invites(theirs, amy.user_id))
        assert await refusal(amy.joins(f"#theirs:{afar.server_name}")) == WHY
        assert {(request.act, request.sender) for request in judge.asked[-4:]} == {
            ("join", ann.user_id),
            ("knock", ann.user_id),
            ("invite", ann.user_id),
            ("join", amy.user_id),
        }

        # Once another homeserver is in the room, it invites and lets in whom it likes: that is enforcement's to undo.
        judge.forbidden.clear()
        await joins_at_last(ann, f"#hall:{ours}")
        judge.forbidden = {("invite", hall), ("join", hall)}
        judge.asked.clear()
        await ann.invites(hall, eve.user_id)
        await joins_at_last(eve, hall)
        await amy.waits_for(hall, lambda event: event.get("state_key") == eve.user_id and is_join(event))
        assert judge.asked == []


_CONFIGS = """
import json, sys
from bridge.synapse_module import AskbridgeModule, Memory, Verdict
for line in sys.stdin:
    try:
        print(repr(AskbridgeModule.parse_config(json.loads(line))))
    except Exception as error:
        print(type(error).__name__, error.path, error.msg)
clock = [0.0]
memory = Memory(2, most=3, clock=lambda: clock[0])
for number in range(5):
    memory.keep((number,), Verdict(True))
memory.keep((2,), Verdict(False))
print([number for number in range(5) if memory.recall((number,))], len(memory._kept))
clock[0] = 2.0
print([number for number in range(5) if memory.recall((number,))])
print(sorted(name for name in sys.modules if name.startswith("bridge")))
"""


async def test_a_config_that_cannot_be_meant_stops_synapse(tmp_path: Path) -> None:
    good = {"url": "http://[::1]:8009/", "secret": SECRET, "bot_user_id": "@bot:x"}
    (tmp_path / "empty").write_text(" \n")
    bad: list[tuple[str, Any]] = [
        *(("url", url) for url in ("https://127.0.0.1:1", "http://192.0.2.1", "http://example.org", "http://[::1", 5)),
        *(("url", f"http://{url}") for url in ("me:pw@localhost", "127.0.0.1.example.org", "localhost/?a=b", "")),
        *(("secret", secret) for secret in ("", "two words", "sécret", 5, None)),
        *(("bot_user_id", bot) for bot in ("bot", "@bot", None)),
        *(("when_unreachable", when) for when in ("maybe", True)),
        *(("timeout_ms", number) for number in (0, "500", True, 1e9)),
        *(("cache_seconds", number) for number in (-1, 3600, float("nan"))),
        ("secret_path", "/nowhere"),
        ("sekret", "x"),
    ]
    configs = [good, *(good | {key: value} for key, value in bad)]
    no_secret = {key: value for key, value in good.items() if key != "secret"}
    configs += [
        no_secret,
        no_secret | {"secret_path": str(tmp_path / "empty")},
        no_secret | {"secret_path": "/nowhere"},
    ]
    program = [str(synapse_python()), "-c", _CONFIGS]
    given = "\n".join(map(json.dumps, configs))
    environment = {"PYTHONPATH": str(Path(__file__).parents[2])}
    ran = await asyncio.to_thread(
        subprocess.run, program, input=given, env=environment, capture_output=True, text=True, check=True
    )
    first, *refused, kept, later, modules = ran.stdout.splitlines()

    assert first.startswith("ModuleConfig(url='http://[::1]:8009', bot_user_id='@bot:x', allow_when_unreachable=True")
    named = [line.split("'")[1] for line in refused if line.startswith("ConfigError")]
    assert named == [*(key if key != "secret_path" else "secret" for key, _ in bad), "secret", *["secret_path"] * 2]
    assert SECRET not in ran.stdout
    assert (kept, later, modules) == ("[2, 3, 4] 3", "[]", "['bridge', 'bridge.synapse_module']")
