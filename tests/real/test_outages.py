"""The homeserver away, in trouble, or asking for patience: cards come late, none is lost, nobody spins."""

import asyncio
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest_asyncio

from bridge.demo.homeserver import LocalHomeserver
from tests.real import ledger
from tests.real.client import Person
from tests.real.faults import FaultProxy, Recorded
from tests.real.synapse import AskbridgeProcess, Town

SENDS = "/send/m.room.message"


@pytest_asyncio.fixture
async def behind(any_town: Town, proxy: FaultProxy) -> tuple[Person, str, AskbridgeProcess]:
    """A bot that reaches the homeserver through the proxy only; it has answered once."""
    any_town.homeserver_url = proxy.url
    amy = await any_town.person("amy")
    room = await any_town.room("help", amy)
    bot = await any_town.starts_bot()
    await amy.waits_for_card(room, await amy.says(room, "!ask Before?"))
    return amy, room, bot


async def comes_once(town: Town, amy: Person, room: str, asked: list[str], *, within: float = 20) -> None:
    for question in asked:
        await amy.waits_for_card(room, question, within=within)
    await ledger.settled(town.directory / "askbridge.db", within=within)
    assert ledger.balance(town.directory / "askbridge.db", asked) == {"lost": 0, "doubled": 0}
    events = await ledger.sent_by_bot(amy, room)
    assert [len(ledger.cards(events, question)) for question in asked] == [1] * len(asked)
    assert await ledger.doubled_effects(amy, room) == []


async def test_away_for_a_while(
    any_town: Town, behind: tuple[Person, str, AskbridgeProcess], proxy: FaultProxy
) -> None:
    """What was asked meanwhile is answered when it is back; a start without it waits for it."""
    amy, room, bot = behind
    await proxy.goes_away()
    asked = [await amy.says(room, f"!ask Meanwhile {n}?") for n in range(3)]
    await bot.says("effect_waits|sync waits")
    await bot.restart(ready_within=None)
    await bot.says("homeserver_away")
    await proxy.comes_back()
    await comes_once(any_town, amy, room, asked)


async def test_in_trouble_in_every_way(
    any_town: Town, behind: tuple[Person, str, AskbridgeProcess], proxy: FaultProxy
) -> None:
    """502 from a proxy, answers cut in half or lost, and requests that never arrive, for sends and for /sync."""
    amy, room, bot = behind
    asked = []
    for set_fault in (proxy.halves_answers, proxy.loses_answers, proxy.drops_requests):
        set_fault(times=2, method="PUT", path=SENDS)
        set_fault(times=1, path="/sync$")
        asked.append(await amy.says(room, f"!ask During {set_fault.__name__}?"))
        await amy.waits_for_card(room, asked[-1])
    proxy.answers(502, times=2, method="PUT", path=SENDS)
    proxy.answers(502, times=1, path="/sync$")
    asked.append(await amy.says(room, "!ask During 502?"))
    await comes_once(any_town, amy, room, asked)
    assert "task_died" not in bot.log()


async def test_a_request_that_hangs_holds_up_its_room_only(
    any_town: Town, behind: tuple[Person, str, AskbridgeProcess], proxy: FaultProxy
) -> None:
    amy, room, bot = behind
    other = await any_town.room("other", amy)
    any_town.write_config()
    await bot.restart()
    proxy.hangs(method="PUT", path=f"{re.escape(room)}{SENDS}")
    hanging = await amy.says(room, "!ask Hanging?")
    await asyncio.wait_for(proxy.sees(path=SENDS, times=2), 10)
    await amy.waits_for_card(other, await amy.says(other, "!ask Elsewhere?"), within=5)
    assert await amy.card(room, hanging) is None

    await proxy.goes_away()
    await proxy.comes_back()
    await comes_once(any_town, amy, room, [hanging])


async def test_patience_is_kept_as_asked(
    any_town: Town, behind: tuple[Person, str, AskbridgeProcess], proxy: FaultProxy
) -> None:
    """429 with `retry_after_ms`: not a request before the time, and not much later either."""
    amy, room, _bot = behind
    already = proxy.count(method="PUT", path=SENDS)
    proxy.limits(times=3, retry_after_ms=700, method="PUT", path=SENDS)
    began = time.monotonic()
    asked = [await amy.says(room, f"!ask Patient {n}?") for n in range(3)]
    await comes_once(any_town, amy, room, asked)
    assert 2.1 <= time.monotonic() - began < 8
    sent: list[Recorded] = proxy.seen(method="PUT", path=SENDS)[already:]
    assert [r.status for r in sent] == [429, 429, 429, 200, 200, 200]


@pytest_asyncio.fixture
async def limited(tmp_path: Path) -> AsyncIterator[tuple[LocalHomeserver, Town, FaultProxy]]:
    """A Synapse of its own with the limits that it has by default, and a town on it behind a proxy."""
    settings = {"rc_message": {"per_second": 0.2, "burst_count": 10}}
    server = LocalHomeserver(tmp_path / "synapse", settings=settings)
    async with server, aiohttp.ClientSession() as session, FaultProxy(server.url) as proxy:
        account = await server.register("qa")
        town = Town(server, "sync", tmp_path, account.user_id, session, proxy.url, bot_token=account.access_token)
        try:
            yield server, town, proxy
        finally:
            await town.ends()


async def test_a_limited_bot_and_a_homeserver_that_restarts(
    limited: tuple[LocalHomeserver, Town, FaultProxy],
) -> None:
    """Synapse's default limit allows ten events at once, joins included, and then one in five seconds."""
    server, town, proxy = limited
    crowd = [await town.person(name) for name in ("amy", "bob", "carl")]
    rooms = [await town.room(f"help {person.user_id}", person) for person in crowd]
    bot = await town.starts_bot()
    began, already = time.monotonic(), proxy.count(path=SENDS)
    asked = [
        [await person.says(room, f"!ask {n}?") for n in range(3)] for person, room in zip(crowd, rooms, strict=True)
    ]
    for person, room, questions in zip(crowd, rooms, asked, strict=True):
        await comes_once(town, person, room, questions, within=30)
    tries, seconds = proxy.count(path=SENDS) - already, time.monotonic() - began
    assert 9 < tries < 9 + 3 * (seconds / 2 + 1), f"{tries} tries for nine cards in {seconds:.0f} s"

    await server.restart()
    for person, room in zip(crowd, rooms, strict=True):
        await comes_once(town, person, room, [await person.says(room, "!ask After the restart?")], within=30)
    assert "task_died" not in bot.log()
