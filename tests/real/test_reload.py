"""SIGHUP: a changed config takes effect in a running bot, and a broken one takes nothing away."""

import asyncio
import json
import os
import signal
import time
from collections.abc import Awaitable, Callable
from typing import Any

from tests.real.client import Person
from tests.real.faults import FaultProxy
from tests.real.synapse import AskbridgeProcess, Town
from tests.real.village import body

Told = list[dict[str, Any]]


def told(bot: AskbridgeProcess, event: str) -> Told:
    """What the log of this life says under one name."""
    lines = (json.loads(line) for line in bot.log().splitlines() if line.startswith("{") and line.endswith("}"))
    return [line for line in lines if line["event"] == event]


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    deadline = time.monotonic() + 15
    while not await holds():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def hangs_up(bot: AskbridgeProcess, expected: str, *, times: int = 1) -> Told:
    """Signals, and what the bot says to them."""
    assert bot.pid is not None
    before = len(told(bot, expected))
    for _ in range(times):
        os.kill(bot.pid, signal.SIGHUP)

    async def heard() -> bool:
        return len(told(bot, expected)) > before

    await until(heard)
    return told(bot, expected)[before:]


async def answer(person: Person, room: str, text: str) -> str:
    return body(await person.waits_for_reply(room, await person.says(room, text)))


async def asks(person: Person, room: str, text: str) -> int:
    return (await person.waits_for_card(room, await person.says(room, f"!ask {text}"))).number


async def warnings(town: Town) -> dict[str, str]:
    async with town.session.get(f"http://127.0.0.1:{town.web_port}/health/ready") as response:
        assert response.status == 200
        return dict((await response.json())["warnings"])


def helpdesk(*rooms: str) -> dict[str, Any]:
    return {"level": "internal", "rooms": list(rooms)}


async def test_a_config_that_changes_while_the_bot_runs(town: Town, proxy: FaultProxy) -> None:
    amy = await town.person("amy")
    first, second, third = [await town.room(name, amy, mapped=False) for name in ("first", "second", "third")]
    nowhere = f"#nowhere:{town.server.server_name}"
    town.homeserver_url = proxy.url

    await proxy.goes_away()
    bot = await town.starts_bot(spaces={"helpdesk": helpdesk(first, nowhere)}, ready_within=None)
    await bot.says("homeserver_away")
    town.write_config(spaces={"helpdesk": helpdesk(first, second, nowhere)})
    (reloaded,) = await hangs_up(bot, "reloaded")
    assert reloaded["changed"] == ["spaces.helpdesk.rooms"]
    await proxy.comes_back()
    await bot.says('"event": "ready"', within=40)
    number = await asks(amy, second, "Read before it was ready?")
    assert f"Q{number}" in await answer(amy, first, "!questions")

    lab = {"level": "internal", "language": "fr", "rooms": [third]}
    town.write_config(
        spaces={"helpdesk": helpdesk(first, nowhere), "lab": lab}, commands={"prefix": "?"}, log={"level": "debug"}
    )
    reloaded = (await hangs_up(bot, "reloaded", times=3))[0]
    assert reloaded["changed"] == ["commands.prefix", "spaces.helpdesk.rooms", "spaces.lab"]
    assert told(bot, "restart_needed")[0]["keys"] == ["log.level"]
    await until(lambda: in_room(town, amy, third))
    assert "Aucune question trouvée" in await answer(amy, third, "?questions tag:none")
    hidden = f"There is no question Q{number} here."
    await until(lambda: shows(amy, first, f"?show {number}", hidden))
    assert nowhere in await warnings(town)

    town.write_config(spaces={"helpdesk": helpdesk(first) | {"levle": "public"}, "lab": {"rooms": []}})
    (failed,) = await hangs_up(bot, "reload_failed")
    assert failed["problems"] == len(told(bot, "config_problem")) > 1
    assert told(bot, "config_problem")[0]["problem"] in (await warnings(town))["config"]
    assert 'did you mean "level"?' in (await warnings(town))["config"]
    await asks_with(amy, third, "?ask Do the old rules go on?")

    town.write_config(spaces={"helpdesk": helpdesk(first)})
    (repaired,) = await hangs_up(bot, "reloaded")
    assert repaired["changed"] == ["commands.prefix", "spaces.helpdesk.rooms", "spaces.lab"]
    assert "config" not in await warnings(town)
    await until(lambda: without(town, nowhere))
    assert await asks(amy, first, "Is all well again?") > number

    assert bot.pid is not None
    for number_of in (signal.SIGHUP, signal.SIGTERM, signal.SIGHUP):
        os.kill(bot.pid, number_of)
    while bot.running:
        os.kill(bot.pid, signal.SIGHUP)
        await asyncio.sleep(0.01)
    assert await bot.exits() == 0
    assert not told(bot, "task_died")
    assert "Traceback" not in bot.log()


async def in_room(town: Town, person: Person, room: str) -> bool:
    return town.bot_user_id in await person.members(room)


async def shows(person: Person, room: str, command: str, expected: str) -> bool:
    return await answer(person, room, command) == expected


async def asks_with(person: Person, room: str, text: str) -> None:
    await person.waits_for_card(room, await person.says(room, text))


async def without(town: Town, about: str) -> bool:
    return about not in await warnings(town)
