"""The bot's cross-signing identity on a true homeserver: made once, never replaced, restored by its recovery key."""

import asyncio
import json
import re
import signal
from dataclasses import replace
from typing import Any

from bridge.crypto.recovery import encode_recovery_key
from bridge.crypto.signing import is_signed
from tests.cli.conftest import Result, in_process, program
from tests.element.client import Element
from tests.real import dying_identity
from tests.real.client import MatrixError, Person
from tests.real.synapse import Town

PASSWORD = "secret"
KEY = re.compile(r"^Recovery key: (.+)$", re.MULTILINE)
JsonObject = dict[str, Any]


def bot_of(town: Town) -> Person:
    """The bot's own account, to ask the homeserver as it does."""
    assert town.bot_token is not None
    return Person(town.server.url, town.bot_user_id, town.bot_token, town.session)


async def published(town: Town) -> JsonObject:
    answer = await bot_of(town).asks_server("POST", "keys/query", {"device_keys": {town.bot_user_id: []}})
    keys = {name: answer[f"{name}_keys"].get(town.bot_user_id) for name in ("master", "self_signing", "user_signing")}
    return keys | {"devices": answer["device_keys"].get(town.bot_user_id, {})}


def is_signed_by_identity(shown: JsonObject, device_id: str) -> bool:
    device = shown["devices"].get(device_id)
    [public] = shown["self_signing"]["keys"].values()
    return device is not None and is_signed(device, device["user_id"], public, public)


async def another_machine(town: Town) -> Town:
    """The same bot with nothing of ours but its password."""
    login = {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": town.bot_user_id},
        "password": PASSWORD,
    }
    signed_in = await bot_of(town).asks_server("POST", "login", login)
    directory = town.directory.with_name(f"{town.directory.name}-{signed_in['device_id']}")
    directory.mkdir()
    return replace(town, directory=directory, bot_token=signed_in["access_token"], processes=town.processes)


async def device_of(town: Town) -> str:
    return str((await bot_of(town).asks_server("GET", "account/whoami"))["device_id"])


async def verifies(town: Town, *arguments: str, stdin: str = "") -> Result:
    config = town.directory / "config.yaml"
    if stdin:
        result = await asyncio.to_thread(program, "verify", *arguments, "-c", config, cwd=town.directory, stdin=stdin)
    else:
        result = await asyncio.to_thread(in_process, "verify", *arguments, "-c", config)
    assert "has a bug" not in result.all, result.all
    assert town.bot_token and town.bot_token not in result.all
    return result


def write_config(town: Town, **encryption: Any) -> None:
    town.write_config(encryption={"enabled": True} | encryption)


def recovery_file(town: Town, text: str) -> str:
    path = town.directory / "recovery"
    path.write_text(f"{text}\n")
    return str(path)


async def test_it_is_made_once_and_comes_to_a_new_machine_by_its_recovery_key(town: Town) -> None:
    amy = await town.server.register(f"amy-{town.bot_user_id[4:10]}")
    async with Element.signs_in(town.server.url, amy.user_id, amy.password) as amy_client:
        room = await amy_client.creates_room("sealed", invite=[town.bot_user_id])
        town.rooms.append(room)
        write_config(town)

        first = await verifies(town)
        found = KEY.search(first.out)
        assert first.code == 0, first.all
        assert found is not None, first.out
        device = await device_of(town)
        for line in (
            "ok     identity: the bot's own",
            f"ok     device {device}: signed by the bot's identity",
            "ok     secret storage: holds the identity under askbridge's recovery key",
            "ok     key backup: askbridge's own",
        ):
            assert line in first.out
        shown = await published(town)
        assert is_signed_by_identity(shown, device)

        second = await verifies(town)
        assert second.code == 0
        assert "Recovery key" not in second.out
        bot = await town.starts_bot(encryption={"enabled": True})
        assert await published(town) == shown
        await amy_client.members(room, town.bot_user_id)
        await amy_client.trust(town.bot_user_id, device, until="signed_by_owner")
        asked = await amy_client.says(room, "!ask Who signs the bot?")
        await amy_client.waits_for_card(room, asked)
        doctor = await asyncio.to_thread(in_process, "doctor", "-c", town.directory / "config.yaml")
        assert f"ok     device {device}: signed by the bot's identity" in doctor.out
        assert re.search(r"^ok     room keys: \d+ held, \d+ of them not backed up$", doctor.out, re.MULTILINE)
        in_use = await verifies(town)
        assert in_use.code == 1
        assert "is in use by process" in in_use.err
        await until_backed_up(town)
        await bot.terminate()

        await comes_to_a_new_machine(town, found[1], shown)


async def comes_to_a_new_machine(town: Town, typed: str, shown: JsonObject) -> None:
    new = await another_machine(town)
    write_config(new)
    lost = await verifies(new)
    assert lost.code == 1
    assert "wrong  identity: the bot's account has a cross-signing identity that askbridge does not hold" in lost.out
    assert "Recovery key" not in lost.out
    doctor = await asyncio.to_thread(in_process, "doctor", "-c", new.directory / "config.yaml")
    assert "wrong  identity: the bot's account has a cross-signing identity that askbridge does not" in doctor.out
    assert (await published(town))["master"] == shown["master"]
    new_device = await device_of(new)
    assert not is_signed_by_identity(await published(town), new_device)

    for wrong, why in (
        (typed[:-1], "instead of 48"),
        (typed.replace(typed[7], "7" if typed[7] != "7" else "8"), "has a typing error"),
        (encode_recovery_key(bytes(32)), "this is not the recovery key of the bot's account"),
        ("", "the recovery key is empty"),
    ):
        refused = await verifies(new, "--recovery-key-file", recovery_file(new, wrong))
        assert refused.code == 1
        assert why in refused.err

    restored = await verifies(new, "--recovery-key-file", "-", stdin=typed)
    assert restored.code == 0, restored.all
    assert typed not in restored.all
    assert re.search(r"room keys: (\d+) held, 0 of them not backed up, \1 restored", restored.out)
    after = await published(town)
    assert {k: after[k] for k in ("master", "self_signing", "user_signing")} == {
        k: shown[k] for k in ("master", "self_signing", "user_signing")
    }
    assert is_signed_by_identity(after, new_device)


async def until_backed_up(town: Town, within: float = 20) -> int:
    """Once every room key that the running bot holds is in the homeserver's backup; how many those are."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        async with town.session.get(f"http://127.0.0.1:{town.web_port}/metrics") as response:
            page = await response.text()
        held, missing = (
            float(re.search(rf"^{name} (\S+)$", page, re.MULTILINE)[1])  # type: ignore[index]
            for name in ("askbridge_room_keys", "askbridge_room_keys_not_backed_up")
        )
        if held and not missing:
            return int(held)
        assert asyncio.get_running_loop().time() < deadline, (held, missing)
        await asyncio.sleep(0.1)


async def test_somebody_elses_is_never_replaced(town: Town) -> None:
    """The owner set the account up in Element first."""
    await town.room("plain", await town.person("amy"))
    async with Element.signs_in(town.server.url, town.bot_user_id, PASSWORD) as owner:
        recovery = await owner.makes_storage()
        await owner.until_backed_up()
        shown = await published(town)
        device = await device_of(town)

        bot = await town.starts_bot(encryption={"enabled": True})
        warning = await town_warns(town, "identity")
        assert "cross-signing identity that askbridge does not hold; it is not replaced" in warning
        logged = [line for line in bot.log().splitlines() if '"identity_problem"' in line]
        assert len(logged) == 1
        assert "askbridge verify --recovery-key-file FILE" in logged[0]
        await bot.terminate()
        seen = await published(town)
        assert seen["master"] == shown["master"]
        assert not is_signed_by_identity(seen, device)

        taken = await verifies(town, "--recovery-key-file", recovery_file(town, recovery))
        assert taken.code == 0, taken.all
        assert "ok     key backup: askbridge's own" in taken.out
        assert "Recovery key" not in taken.out
        seen = await published(town)
        assert seen["master"] == shown["master"]
        assert is_signed_by_identity(seen, device)
        await owner.trust(town.bot_user_id, device, until="verified")


async def town_warns(town: Town, about: str, within: float = 15) -> str:
    """What the health page warns of, once it does."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        async with town.session.get(f"http://127.0.0.1:{town.web_port}/health/ready") as response:
            warnings = (await response.json())["warnings"]
        if about in warnings:
            return str(warnings[about])
        assert asyncio.get_running_loop().time() < deadline, warnings
        await asyncio.sleep(0.1)


async def test_killed_between_any_two_steps_it_goes_on(town: Town) -> None:
    """What was made before a kill is what is there at the end, and the recovery key opens all of it."""
    await town.room("plain", await town.person("amy"))
    write_config(town)
    masters: set[str] = set()
    for stage in dying_identity.STAGES:
        died = await asyncio.to_thread(dying_identity.run, town.directory, stage)
        assert died == -signal.SIGKILL, stage
        master = (await published(town))["master"]
        if master is not None:
            masters.add(json.dumps(master["keys"]))
    result = await verifies(town)
    found = KEY.search(result.out)
    assert result.code == 0, result.all
    assert found is not None
    assert len(masters) == 1
    shown = await published(town)
    assert json.dumps(shown["master"]["keys"]) in masters
    assert is_signed_by_identity(shown, await device_of(town))
    new = await another_machine(town)
    write_config(new)
    assert (await verifies(new, "--recovery-key-file", recovery_file(new, found[1]))).code == 0
    async with Element.signs_in(town.server.url, town.bot_user_id, PASSWORD, bootstrap=False) as owner:
        await owner.trust(town.bot_user_id, await device_of(town), until="has_identity")
        await owner.takes_identity(found[1])
        await owner.trust(town.bot_user_id, await device_of(town), until="verified")
        assert (await owner.restores_backup())["matchesDecryptionKey"]


async def test_a_backup_that_somebody_deletes_is_not_made_again_behind_their_back(town: Town) -> None:
    bot = bot_of(town)
    await town.room("plain", await town.person("amy"))
    process = await town.starts_bot(encryption={"enabled": True})
    version = await until_backup(town)
    await bot.asks_server("DELETE", f"room_keys/version/{version}")
    await process.restart()
    warning = await town_warns(town, "key backup")
    assert "the key backup was replaced or deleted" in warning
    assert await backup_of(town) is None
    await process.terminate()
    result = await verifies(town)
    assert "ok     key backup: askbridge's own" in result.out
    assert await backup_of(town) is not None


async def backup_of(town: Town) -> JsonObject | None:
    try:
        return await bot_of(town).asks_server("GET", "room_keys/version")
    except MatrixError as error:
        assert error.status == 404
        return None


async def until_backup(town: Town, within: float = 15) -> str:
    deadline = asyncio.get_running_loop().time() + within
    while (found := await backup_of(town)) is None:
        assert asyncio.get_running_loop().time() < deadline
        await asyncio.sleep(0.1)
    return str(found["version"])


async def test_where_the_secret_is_lost_the_bot_begins_anew_as_another_device(town: Town) -> None:
    await town.room("plain", await town.person("amy"))
    write_config(town)
    recovery = KEY.search((await verifies(town)).out)
    assert recovery is not None
    shown, device = await published(town), await device_of(town)
    (town.directory / "crypto/pickle.key").unlink()

    doctor = await asyncio.to_thread(in_process, "doctor", "-c", town.directory / "config.yaml")
    assert "wrong  crypto store: " in doctor.out
    assert "askbridge verify --forget-keys" in doctor.out
    bot = await town.starts_bot(ready_within=None, encryption={"enabled": True})
    assert await bot.exits() == 1
    assert "cannot_run" in bot.log()
    assert "pickle.key" in bot.log()
    assert (await verifies(town)).code == 1
    same_device = await verifies(town, "--forget-keys", stdin="y\n")
    assert same_device.code == 1
    assert f"bot.access_token belongs to the device {device}, whose keys are lost" in same_device.err

    town.bot_token = (await another_machine(town)).bot_token
    write_config(town)
    file = recovery_file(town, recovery[1])
    unsure = await verifies(town, "--forget-keys", "--recovery-key-file", file, stdin="n\n")
    assert (unsure.code, "nothing was changed" in unsure.err) == (1, True)
    sure = await verifies(town, "--forget-keys", "--recovery-key-file", file, stdin="y\n")
    assert sure.code == 0, sure.all
    after = await published(town)
    assert after["master"] == shown["master"]
    assert is_signed_by_identity(after, await device_of(town))
    await town.starts_bot(encryption={"enabled": True})
