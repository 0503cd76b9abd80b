"""A restored copy of the database: the bot is back as another device of the same identity, and lacks nothing."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.element.client import Element
from tests.real.client import JsonObject
from tests.real.synapse import Mode, SynapseWithRegistrations, Town, build_town
from tests.real.test_encrypted import is_sealed_well, is_signed, said_by, sealed_room, signs_in, with_keys_in
from tests.real.test_operators import asks


@pytest_asyncio.fixture
async def ann(synapse: SynapseWithRegistrations) -> AsyncIterator[Element]:
    async with AsyncExitStack() as stack:
        yield await signs_in(stack, synapse.server, "ann")


@pytest_asyncio.fixture(params=["sync", "push"])
async def town(
    synapse: SynapseWithRegistrations, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Town]:
    mode: Mode = request.param
    async with aiohttp.ClientSession() as session:
        town = await build_town(synapse, tmp_path, session, mode)
        try:
            yield town
        finally:
            await town.ends()


def sections(town: Town) -> JsonObject:
    """By sync the bot logs in by its password, so that it gets another device for the asking."""
    found: JsonObject = {"encryption": with_keys_in(town)}
    return found if town.appservice else found | {"bot": {"user_id": town.bot_user_id, "password": "secret"}}


async def backed_up(town: Town, session_id: str, within: float = 20) -> None:
    """Once the homeserver's backup has this room key."""
    asked = "SELECT backed_up FROM room_keys WHERE session_id = ?"
    async with asyncio.timeout(within):
        while True:
            with closing(sqlite3.connect(f"file:{town.directory}/askbridge.db?mode=ro", uri=True)) as database:
                if database.execute(asked, (session_id,)).fetchone() == (1,):
                    return
            await asyncio.sleep(0.1)


def puts_back(town: Town, copy: str) -> None:
    for ending in ("-wal", "-shm"):
        (town.directory / f"askbridge.db{ending}").unlink(missing_ok=True)
    shutil.copy(town.directory / copy, town.directory / "askbridge.db")


async def sessions_of(bot: str, witness: Element, room: str) -> set[tuple[str, str]]:
    """The devices that the bot spoke by, each with its sessions."""
    sealed = [event["wire_content"] for event in await said_by(bot, witness, room) if event["wire_content"]]
    return {(one["device_id"], one["session_id"]) for one in sealed if "session_id" in one}


async def test_a_restored_copy_comes_up_as_another_signed_device_and_reads_on(town: Town, ann: Element) -> None:
    me = town.bot_user_id
    room = await sealed_room(ann, me)
    town.rooms.append(room)
    bot = await town.starts_bot(**sections(town))
    await ann.members(room, me)
    await is_signed(ann, me)
    first = await ann.says(room, "!ask Where is the shed?")
    await ann.waits_for_card(room, first, sender=me)
    coffee = await ann.says(room, "Is there coffee?")

    done = await asks(town, "backup", str(town.directory / "copy.db"))
    assert done.code == 0, done.err
    assert f"{town.directory / 'crypto' / 'pickle.key'}\n" in done.out
    await ann.discards_session(room)
    tea = await ann.says(room, "Is there tea?")
    said = await ann.sees(room, body="Is there tea?")
    second = await ann.says(room, "!ask Where is its key?")
    await ann.waits_for_card(room, second, sender=me)
    await backed_up(town, said["wire_content"]["session_id"])
    before = await sessions_of(me, ann, room)
    [former] = {device for device, _ in before}

    assert await bot.terminate() == 0
    puts_back(town, "copy.db")
    await bot.start()
    assert '"device": "new"' in await bot.says("restored_copy")
    await bot.says("keys_fetched")
    devices = (await ann.trust(me, "-", until="has_identity"))["devices"]
    async with asyncio.timeout(20):
        while not (new := {*devices} - {former}):
            devices = (await ann.trust(me, "-"))["devices"]
            await asyncio.sleep(0.1)
    await is_signed(ann, me)

    for earlier, text in ((coffee, "Is there coffee?"), (tea, "Is there tea?")):
        await ann.reacts(room, earlier, "❓")
        card = await ann.waits_for_card(room, earlier, sender=me)
        assert is_sealed_well(card)
        shown = await ann.says(room, f"!show {card.number}")
        assert text in (await ann.sees(room, relates=shown, sender=me))["content"]["body"]
    third = await ann.says(room, "!ask And who has it?")
    assert is_sealed_well(await ann.waits_for_card(room, third, sender=me))
    after = await sessions_of(me, ann, room) - before
    assert {device for device, _ in after} == new
    assert not {session for _, session in after} & {session for _, session in before}
    assert all(event["failure"] is None for event in await ann.timeline(room))

    await bot.restart()
    fourth = await ann.says(room, "!ask Since when?")
    await ann.waits_for_card(room, fourth, sender=me)
    assert "restored_copy" not in bot.log()
    assert {device for device, _ in await sessions_of(me, ann, room) - before} == new
