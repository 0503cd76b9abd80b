"""The harness does what it says: the other tests in this folder rest on it."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import psycopg
import pytest
from aiohttp import web

from bridge.demo.homeserver import HomeserverError, LocalHomeserver, dying_with_parent
from tests.real.client import CARD_KEY, MatrixError, NothingCame, Person
from tests.real.faults import FaultProxy
from tests.real.synapse import AskbridgeProcess, SynapseWithRegistrations, Town

# --- people on a true homeserver


async def test_what_one_person_says_another_sees(town: Town) -> None:
    amy, bob = await town.person("amy"), await town.person("bob")
    room = await town.room("Help", amy, bob)

    question = await amy.says(room, "how?", mentions=[bob.user_id], html="<b>how?</b>")
    answer = await bob.says(room, "thus", thread=question)
    later = await bob.says(room, "or thus", thread=question, reply_to=answer)
    reply = await amy.says(room, "thanks", reply_to=answer, content_extra={"org.example": 1})

    assert [event["event_id"] for event in await bob.thread(room, question)] == [answer, later]
    events = {event["event_id"]: event["content"] for event in await bob.messages(room)}
    assert events[question]["m.mentions"] == {"user_ids": [bob.user_id]}
    assert events[question]["formatted_body"] == "<b>how?</b>"
    assert events[answer]["m.relates_to"]["is_falling_back"] is True
    assert events[later]["m.relates_to"]["m.in_reply_to"] == {"event_id": answer}
    assert events[reply]["m.relates_to"] == {"m.in_reply_to": {"event_id": answer}}
    assert events[reply]["org.example"] == 1


async def test_edits_reactions_and_redactions_reach_the_room(town: Town) -> None:
    amy = await town.person("amy")
    room = await town.room("Help", amy)
    said = await amy.says(room, "helo")

    edit = await amy.edits(room, said, "hello")
    reaction = await amy.reacts(room, said, "✅")
    await amy.redacts(room, reaction, "by mistake")

    events = {event["event_id"]: event for event in await amy.messages(room)}
    assert events[edit]["content"]["m.new_content"]["body"] == "hello"
    assert events[reaction]["content"] == {}
    assert events[reaction]["unsigned"]["redacted_because"]["content"]["reason"] == "by mistake"


async def test_rooms_have_the_version_alias_and_kind_asked_for(town: Town) -> None:
    amy, bob = await town.person("amy"), await town.person("bob")
    alias = amy.user_id[1:].split(":")[0]
    old = await amy.creates_room("Old", version="6", alias=alias, preset="public_chat")
    space = await amy.creates_room("Space", space=True)

    assert (await amy.state(old, "m.room.create"))["room_version"] == "6"
    assert (await amy.state(space, "m.room.create"))["type"] == "m.space"
    assert await bob.joins(f"#{alias}:{town.server.server_name}") == old
    assert await amy.members(old) == {amy.user_id, bob.user_id}
    await amy.sets_state(space, "m.space.child", {"via": [town.server.server_name]}, old)
    assert (await amy.state(space, "m.space.child", old))["via"] == [town.server.server_name]
    new = await amy.upgrades_room(old, "11")
    assert (await amy.state(old, "m.room.tombstone"))["replacement_room"] == new


async def test_waiting_finds_what_came_before_and_what_comes_after(town: Town) -> None:
    amy, bob = await town.person("amy"), await town.person("bob")
    room = await town.room("Help", amy, bob)
    first = await amy.says(room, "one")

    assert (await bob.waits_for(room, body("one")))["event_id"] == first
    waiting = asyncio.create_task(bob.waits_for(room, body("two")))
    await asyncio.sleep(0)
    second = await amy.says(room, "two")
    assert (await waiting)["event_id"] == second
    with pytest.raises(NothingCame, match="two"):
        await bob.waits_for(room, body("three"), within=0.2)


async def test_a_long_room_is_read_to_its_beginning(town: Town) -> None:
    amy = await town.person("amy")
    room = await town.room("Help", amy)
    amy_page = Person(amy.url, amy.user_id, amy.access_token, amy.session, page=4)
    sent = [await amy.says(room, str(number)) for number in range(11)]

    seen = [event["event_id"] for event in await amy_page.messages(room) if event["type"] == "m.room.message"]
    assert seen == sent


async def test_an_invited_person_learns_who_invites(town: Town) -> None:
    amy, bob = await town.person("amy"), await town.person("bob")
    room = await amy.creates_room("Private")
    waiting = asyncio.create_task(bob.waits_for_invite(amy.user_id))
    await amy.invites(room, bob.user_id)
    assert await waiting == room
    with pytest.raises(NothingCame):
        await bob.waits_for_invite("@nobody:else", within=0.2)


async def test_what_the_homeserver_refuses_is_an_error_with_its_code(town: Town) -> None:
    amy, bob = await town.person("amy"), await town.person("bob")
    room = await amy.creates_room("Private")
    with pytest.raises(MatrixError) as refusal:
        await bob.says(room, "let me in")
    assert (refusal.value.status, refusal.value.errcode) == (403, "M_FORBIDDEN")


async def test_a_card_is_the_bots_with_its_newest_edit(town: Town) -> None:
    amy, mallory = await town.person("amy"), await town.person("mallory")
    bot = Person(town.server.url, town.bot_user_id, str(town.bot_token), town.session)
    room = await town.room("Help", amy, mallory)
    await bot.joins(room)
    question = await amy.says(room, "!ask how?")
    assert await amy.card(room, 42) is None

    await mallory.says(room, "fake", thread=question, content_extra=card_facts("closed"))
    card = await bot.says(room, "Q42 · open", thread=question, content_extra=card_facts("open"))
    waiting = asyncio.create_task(amy.waits_for_card(room, 42, state="answered"))
    await bot.sends(room, "m.room.message", card_edit(card, "claimed"))
    await bot.sends(room, "m.room.message", card_edit(card, "answered"))
    await mallory.sends(room, "m.room.message", card_edit(card, "closed"))

    shown = await waiting
    assert (shown.event_id, shown.number, shown.edits) == (card, 42, 2)
    assert await amy.card(room, question) == await amy.card(room, 42) == shown
    with pytest.raises(NothingCame, match="answered, not open"):
        await amy.waits_for_card(room, question, state="open", within=0.2)
    assert (await amy.waits_for_reply(room, question))["event_id"] == card


async def test_a_homeserver_keeps_its_data_and_its_limits_over_restart_and_kill(tmp_path: Path) -> None:
    limits = {"rc_message": {"per_second": 0.01, "burst_count": 2}}
    async with LocalHomeserver(tmp_path, settings=limits) as server, aiohttp.ClientSession() as session:
        account = await server.register("amy")
        amy = Person(server.url, account.user_id, account.access_token, session)
        room = await amy.creates_room("Help")
        said = [await amy.says(room, "one")]
        with pytest.raises(MatrixError) as refusal:
            for number in range(3):
                said.append(await amy.says(room, str(number)))
        assert refusal.value.errcode == "M_LIMIT_EXCEEDED"
        assert refusal.value.body["retry_after_ms"] > 0

        await server.kill()
        with pytest.raises(aiohttp.ClientConnectionError):
            await amy.messages(room)
        await server.start()
        await server.restart()
        assert {event["event_id"] for event in await amy.messages(room)} >= set(said)
    assert not server.running


async def test_a_homeserver_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(HomeserverError, match="scripts/test"):
        await LocalHomeserver(tmp_path, python=tmp_path / "none").start()
    with pytest.raises(HomeserverError, match="Server name"):
        await LocalHomeserver(tmp_path, server_name="not a name").start()


async def test_two_homeservers_federate(tmp_path: Path) -> None:
    one = LocalHomeserver(tmp_path / "one", federation=True)
    two = LocalHomeserver(tmp_path / "two", federation=True)
    async with one, two, aiohttp.ClientSession() as session:
        here, there = await one.register("amy"), await two.register("ann")
        amy = Person(one.url, here.user_id, here.access_token, session)
        ann = Person(two.url, there.user_id, there.access_token, session)
        room = await amy.creates_room("Hall", alias="hall", preset="public_chat")
        await ann.joins(f"#hall:{one.server_name}")
        said = await ann.says(room, "hello from afar")
        assert (await amy.waits_for(room, body("hello from afar")))["event_id"] == said


async def test_what_is_said_is_pushed_to_the_towns_appservice(push_town: Town) -> None:
    appservice = push_town.appservice
    assert appservice is not None
    amy = await push_town.person("amy")
    async with receiver(appservice.port) as pushed:
        room = await push_town.room("Help", amy)
        invite = await asyncio.wait_for(pushed.get(), 60)
        assert (invite["room_id"], invite["state_key"]) == (room, push_town.bot_user_id)


def test_towns_are_marked_for_selection(request: pytest.FixtureRequest, synapse: SynapseWithRegistrations) -> None:
    assert request.node.get_closest_marker("synapse") is not None
    assert request.node.get_closest_marker("postgres") is None


# --- faults


async def test_faults_hit_what_matches_as_often_as_asked_and_no_more(town: Town, proxy: FaultProxy) -> None:
    amy = await town.person("amy")
    room = await town.room("Help", amy)
    amy.url = proxy.url
    proxy.limits(times=2, retry_after_ms=150, method="PUT", path="/send/")
    proxy.answers(502, path="/send/")

    await amy.messages(room)
    for _ in range(2):
        with pytest.raises(MatrixError) as limited:
            await amy.says(room, "hello")
        assert (limited.value.status, limited.value.body["retry_after_ms"]) == (429, 150)
    assert (await send(amy, room, "1")).status == 502
    assert (await send(amy, room, "1")).status == 200
    assert [r.status for r in proxy.seen(method="PUT", path="/send/")] == [429, 429, 502, 200]
    assert [r.forwarded for r in proxy.seen(method="PUT", path="/send/")] == [False, False, False, True]
    assert json.loads(proxy.seen(path="/send/")[-1].body) == {"msgtype": "m.text", "body": "1"}


@pytest.mark.parametrize(
    ("fault", "times", "arrived"),
    [("drops_requests", 2, 0), ("loses_answers", 2, 1), ("halves_answers", 1, 1), ("hangs", 1, 0)],
)
async def test_a_broken_send_arrived_or_not(
    town: Town, proxy: FaultProxy, fault: str, times: int, arrived: int
) -> None:
    amy = await town.person("amy")
    room = await town.room("Help", amy)
    getattr(proxy, fault)(path="/send/", times=times)
    direct, amy.url = amy.url, proxy.url

    with pytest.raises((aiohttp.ClientError, TimeoutError)):
        await send(amy, room, "once", timeout=0.5 if fault == "hangs" else 10)
    amy.url = direct
    assert len([event for event in await amy.messages(room) if body("once")(event)]) == arrived
    amy.url = proxy.url
    assert (await send(amy, room, "once")).status == 200
    assert len([event for event in await amy.messages(room) if body("once")(event)]) == 1
    assert proxy.count(path="/send/") == times + 1


async def test_a_proxy_that_goes_away_cuts_waiting_requests_and_comes_back(town: Town, proxy: FaultProxy) -> None:
    amy = await town.person("amy")
    room = await town.room("Help", amy)
    amy.url = proxy.url
    waiting = asyncio.create_task(amy.waits_for(room, body("never")))
    await asyncio.wait_for(proxy.sees(path="/sync", times=2), 10)

    await proxy.goes_away()
    with pytest.raises(aiohttp.ClientError):
        await waiting
    with pytest.raises(aiohttp.ClientConnectorError):
        await amy.says(room, "hello")
    await proxy.comes_back()
    assert await amy.says(room, "hello")


# --- askbridge as a process

_STAND_IN = """
import json, pathlib, signal, sys, time
config = pathlib.Path(sys.argv[-1])
signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))
print(json.dumps({"event": "starting", "config": config.name}), flush=True)
print(json.dumps({"event": "ready", "rooms": 1}), flush=True)
while True:
    time.sleep(60)
"""


StandIn = Callable[..., AskbridgeProcess]


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[StandIn]:
    """Makes a process that only looks like askbridge."""
    made: list[AskbridgeProcess] = []

    def make(program: str = _STAND_IN, **more: Any) -> AskbridgeProcess:
        config = tmp_path / "config.yaml"
        config.write_text("{}")
        made.append(AskbridgeProcess(config, command=[sys.executable, "-c", program], **more))
        return made[-1]

    yield make
    for process in made:
        if process.running:
            asyncio.run(process.kill())


async def test_a_process_is_started_until_ready_and_ended_both_ways(stand_in: StandIn) -> None:
    process = stand_in()
    await process.start()
    assert process.running
    assert '"config": "config.yaml"' in process.log()
    assert await process.terminate() == 3

    await process.start()
    assert process.log().count("ready") == 1
    assert process.log_file.read_text().count("ready") == 2
    assert await process.kill() == -signal.SIGKILL
    assert not process.running


async def test_a_process_that_ends_before_it_is_ready_shows_its_log(stand_in: StandIn) -> None:
    process = stand_in("print('no such room'); raise SystemExit(2)")
    with pytest.raises(AssertionError, match=r"ended with 2[^\n]*\nno such room"):
        await process.start()
    assert await process.exits() == 2


async def test_a_prefix_wraps_the_program(stand_in: StandIn) -> None:
    program = "import os; print(os.environ['WRAPPED'], os.environ['GIVEN'], flush=True)" + _STAND_IN
    process = stand_in(program, prefix=["env", "WRAPPED=yes"], environment={"GIVEN": "too"})
    await process.start()
    assert await process.says("^yes too$")


def test_a_child_does_not_outlive_its_parent(tmp_path: Path) -> None:
    """The child holds the writing end of a pipe: it is gone when reading ends."""
    reading, writing = os.pipe()
    child = "import os, time; os.write(int(os.environ['PIPE']), b'up'); time.sleep(600)"
    parent = (
        "import subprocess, sys\nfrom bridge.demo.homeserver import dying_with_parent\n"
        f"subprocess.Popen(dying_with_parent([sys.executable, '-c', {child!r}]), close_fds=False).wait()"
    )
    environment = os.environ | {"PIPE": str(writing)}
    with subprocess.Popen([sys.executable, "-c", parent], env=environment, pass_fds=[writing]) as process:
        os.close(writing)
        with os.fdopen(reading, "rb") as pipe:
            assert pipe.read(2) == b"up"
            process.kill()
            assert pipe.read() == b""


def test_a_child_whose_parent_is_gone_already_does_not_start() -> None:
    command = dying_with_parent([sys.executable, "-c", "print('started')"])
    command[3] = "1"
    orphan = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (orphan.stdout, orphan.stderr.strip()) == ("", "the parent is gone")


def test_each_test_gets_an_empty_database_of_its_own(postgres_database: str, postgres_url: str) -> None:
    assert re.fullmatch(r"postgresql://\w+@127\.0\.0\.1:\d+/test_\w+", postgres_database)
    with psycopg.connect(postgres_database) as connection:
        connection.execute("CREATE TABLE things (id int)")
        assert connection.execute("SELECT current_setting('server_encoding')").fetchone() == ("UTF8",)
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT to_regclass('things')").fetchone() == (None,)


# --- small things these tests share


def body(text: str) -> Any:
    return lambda event: event["content"].get("body") == text


def card_facts(state: str) -> dict[str, Any]:
    return {CARD_KEY: {"question": 42, "state": state, "accepted": []}}


def card_edit(card: str, state: str) -> dict[str, Any]:
    new = {"msgtype": "m.notice", "body": f"Q42 · {state}"} | card_facts(state)
    return new | {"m.new_content": new, "m.relates_to": {"rel_type": "m.replace", "event_id": card}}


async def send(person: Person, room: str, text: str, *, timeout: float = 10) -> aiohttp.ClientResponse:  # noqa: ASYNC109
    """A send whose transaction id is its text, so that a repetition is recognised."""
    url = f"{person.url}/_matrix/client/v3/rooms/{room}/send/m.room.message/{text}"
    headers = {"Authorization": f"Bearer {person.access_token}"}
    limit = aiohttp.ClientTimeout(total=timeout)
    content = {"msgtype": "m.text", "body": text}
    async with person.session.put(url, json=content, headers=headers, timeout=limit) as response:
        await response.read()
        return response


@asynccontextmanager
async def receiver(port: int) -> AsyncIterator["asyncio.Queue[dict[str, Any]]"]:
    """An appservice that takes every transaction."""
    pushed: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def take(request: web.Request) -> web.Response:
        for event in (await request.json())["events"]:
            await pushed.put(event)
        return web.json_response({})

    application = web.Application()
    application.router.add_put("/_matrix/app/v1/transactions/{id}", take)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield pushed
    finally:
        await runner.cleanup()
