"""Interactive verification of the bot by people with another client, and of people by an operator."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from tests.element.client import Element
from tests.element.process import ElementError
from tests.real.synapse import AskbridgeProcess, Town
from tests.real.test_identity import bot_of, device_of, published, verifies, write_config

ON = {"enabled": True}


@asynccontextmanager
async def clients(town: Town, *names: str) -> AsyncIterator[list[Element]]:
    async with AsyncExitStack() as stack:
        found = []
        for name in names:
            account = await town.server.register(f"{name}-{town.bot_user_id[4:10]}")
            found.append(
                await stack.enter_async_context(Element.signs_in(town.server.url, account.user_id, account.password))
            )
        yield found


async def shown_in_log(bot: AskbridgeProcess, person: Element, nth: int = 1) -> dict[str, str]:
    """What the operator's log says to compare with."""
    deadline = asyncio.get_running_loop().time() + 15
    while True:
        lines = [json.loads(line) for line in bot.log().splitlines() if '"verification_emoji"' in line]
        mine = [line for line in lines if line["user"] == person.user_id]
        if len(mine) >= nth:
            return dict(mine[nth - 1])
        assert asyncio.get_running_loop().time() < deadline, bot.log()[-3000:]
        await asyncio.sleep(0.05)


async def compares(bot: AskbridgeProcess, person: Element, txn: str, nth: int = 1) -> None:
    """The person looks at both, and confirms."""
    emoji = await person.emoji(txn)
    line = await shown_in_log(bot, person, nth)
    assert line["emoji"] == ", ".join(f"{symbol} {name}" for symbol, name in emoji)
    assert line["device"] == person.device_id
    assert re.fullmatch(r"\d{4} \d{4} \d{4}", line["decimals"])
    await person.confirms(txn)
    await person.until_verified(txn)


async def test_staff_verify_the_bot_and_others_do_not(town: Town) -> None:
    async with clients(town, "amy", "bea", "eve") as (amy, bea, eve):
        plain = await amy.creates_room("plain", invite=[town.bot_user_id], encrypted=False)
        sealed = await bea.creates_room("sealed", invite=[town.bot_user_id, amy.user_id, eve.user_id])
        for guest in (amy, eve):
            await guest.waits_for_invite(sealed)
            await guest.joins(sealed)
        people = {"staff": [amy.user_id, bea.user_id]}
        spaces = {"plaza": {"level": "community", "rooms": [plain, sealed]}}
        bot = await town.starts_bot(encryption=ON, people=people, spaces=spaces)
        device = await device_of(town)
        for person, room in ((amy, plain), (bea, sealed), (eve, sealed)):
            await person.members(room, town.bot_user_id)
            await person.trust(town.bot_user_id, device, until="signed_by_owner")

        to_device = await amy.verifies(town.bot_user_id, device)
        await amy.starts_sas(to_device)
        await compares(bot, amy, to_device)
        assert (await amy.trust(town.bot_user_id, device, until="user_verified"))["verified"]

        for person, room, nth in ((amy, plain, 2), (bea, sealed, 1)):
            in_room = await person.verifies_in_room(town.bot_user_id, room)
            await person.starts_sas(in_room)
            await compares(bot, person, in_room, nth)
        await bea.sees(sealed, kind="m.key.verification.done", sender=town.bot_user_id)
        said = [e for e in await bea.timeline(sealed) if e["sender"] == town.bot_user_id]
        wire = {e["type"]: e["wire_type"] for e in said if e["type"].startswith("m.key.verification.")}
        assert wire.keys() >= {f"m.key.verification.{step}" for step in ("ready", "accept", "key", "mac", "done")}
        assert set(wire.values()) == {"m.room.encrypted"}

        refused = await eve.verifies(town.bot_user_id, device)
        with pytest.raises(ElementError, match=r"m\.user"):
            await eve.until_verified(refused)
        assert eve.user_id not in "".join(line for line in bot.log().splitlines() if "verification_emoji" in line)

        asked = await amy.verifies(town.bot_user_id, device)
        await amy.starts_sas(asked)
        await amy.emoji(asked)
        await bot.kill()
        await bot.start()
        with pytest.raises(ElementError, match=r"m\.(user|unknown_transaction)"):
            await amy.until_verified(asked, within=20)


async def test_an_operator_verifies_somebody(town: Town) -> None:
    async with clients(town, "amy", "bob") as (amy, bob):
        room = await amy.creates_room("sealed", invite=[town.bot_user_id, bob.user_id])
        await bob.waits_for_invite(room)
        await bob.joins(room)
        await bot_of(town).joins(room)
        town.rooms.append(room)
        write_config(town)
        assert (await verifies(town)).code == 0
        shown = await published(town)

        nobody = await verifies(town, f"@nobody:{town.server.server_name}")
        assert nobody.code == 1
        assert "has no device with encryption" in nobody.err

        for person in (amy, bob):
            await person.trust(town.bot_user_id, await device_of(town), until="signed_by_owner")
        agreed = asyncio.create_task(says_to(town, amy, "y\n"))
        txn = await amy.waits_for_request(town.bot_user_id)
        emoji = await amy.emoji(txn)
        await amy.confirms(txn)
        code, out = await agreed
        assert code == 0, out
        assert f"Verified: the bot's identity has signed that of {amy.user_id}." in out
        for symbol, name in emoji:
            assert f"  {symbol}  {name}" in out
        assert await is_signed_by_the_bot(town, amy)

        differs = asyncio.create_task(says_to(town, bob, "n\n"))
        txn = await bob.waits_for_request(town.bot_user_id)
        with pytest.raises(ElementError, match=r"m\.mismatched_sas"):
            await bob.until_verified(txn)
        code, out = await differs
        assert code == 1
        assert "Not verified" in out
        assert not await is_signed_by_the_bot(town, bob)
        assert await published(town) == shown


async def says_to(town: Town, person: Element, typed: str) -> tuple[int, str]:
    """`askbridge verify USER`, with what the operator types."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-c", "import sys; from bridge.cli import main; main(sys.argv[1:])"),
        *("verify", person.user_id, "-c", "config.yaml"),
        cwd=town.directory,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await asyncio.wait_for(process.communicate(typed.encode()), 60)
    return process.returncode or 0, out.decode()


async def is_signed_by_the_bot(town: Town, person: Element) -> bool:
    answer = await bot_of(town).asks_server("POST", "keys/query", {"device_keys": {person.user_id: []}})
    return town.bot_user_id in answer["master_keys"][person.user_id].get("signatures", {})
