"""What operators do and see: check --online, doctor, export, backup beside a running bot; how `run` begins and ends."""

import asyncio
import json
import re
import socket
import time
from pathlib import Path
from typing import Any

import aiohttp

from bridge.demo.homeserver import free_port
from tests.cli.conftest import Result, in_process
from tests.real.faults import FaultProxy
from tests.real.synapse import Town


async def asks(town: Town, *arguments: str) -> Result:
    """A verb, run beside everything else, and never telling a secret."""
    result = await asyncio.to_thread(in_process, *arguments, "-c", town.directory / "config.yaml")
    for secret in (
        town.bot_token,
        town.appservice and town.appservice.as_token,
        town.appservice and town.appservice.hs_token,
    ):
        assert not secret or secret not in result.all
    assert "Traceback" not in result.all
    assert "has a bug" not in result.all
    return result


async def health(town: Town) -> tuple[int, dict[str, Any]]:
    async with town.session.get(f"http://127.0.0.1:{town.web_port}/health/ready") as response:
        return response.status, await response.json()


async def becomes(town: Town, status: int, within: float = 15) -> dict[str, Any]:
    """The health page, once it answers with this status."""
    deadline = time.monotonic() + within
    while True:
        try:
            found, told = await health(town)
        except aiohttp.ClientError as error:
            found, told = 0, {"error": str(error)}
        if found == status:
            return told
        assert time.monotonic() < deadline, f"{found}: {told}"
        await asyncio.sleep(0.05)


async def test_rooms_and_rights_as_an_operator_sees_them(town: Town) -> None:
    amy = await town.person("amy")
    good = await town.room("Help [red]desk\u001b[31m", amy)
    mute = await town.room("mute", amy, power_level_content_override={"events_default": 50})
    secret = await town.room("secret", amy, version="11")
    open_door = await town.room("open", amy, preset="public_chat")
    await amy.sets_state(secret, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    private = await amy.creates_room("private")
    nowhere = f"#nowhere:{town.server.server_name}"
    town.rooms += [private, nowhere]
    town.write_config()

    before = await asks(town, "check", "--online")
    assert before.code == 1
    assert re.search(r"^ok +homeserver: .* speaks Matrix up to v1\.\d+$", before.out, re.MULTILINE)
    assert f"ok     account: signed in as {town.bot_user_id}" in before.out
    assert f"ok     room {good}: not joined yet, but invited: `askbridge run` joins it" in before.out
    assert re.search(rf"^wrong  room {re.escape(nowhere)}: no such alias: M_NOT_FOUND", before.out, re.MULTILINE)
    assert re.search(
        rf"^wrong  room {re.escape(private)}: .*\n +-> invite {town.bot_user_id}", before.out, re.MULTILINE
    )
    assert "note   rate limit: " in before.out
    assert (await asks(town, "doctor")).code == 1

    await town.starts_bot()
    asked = await amy.says(good, "!ask What does an operator see?")
    await amy.waits_for_card(good, asked, state="open")
    ready, told = await health(town)
    assert ready == 200
    assert {private, nowhere} <= set(told["warnings"])
    assert "Invite" in told["warnings"][private]
    assert all(part["ok"] for part in told["parts"].values())

    assert f"ok     room {good}: joined" in (await asks(town, "check", "--online")).out
    doctor = await asks(town, "doctor")
    assert doctor.code == 1
    rows = {line.split()[-1]: line for line in doctor.out.splitlines() if line.startswith("helpdesk ")}
    assert "\u001b" not in doctor.out
    assert "Help [red]desk" in rows[good]
    assert re.search(r" yes +0 +0 +50 +invite +shared +2 +12 ", rows[good])
    assert re.search(r" yes +0 +50 ", rows[mute])
    assert " no " in rows[private]
    assert f"{town.bot_user_id} has power level 0 and may not send messages (needs 50), react (needs 50)" in doctor.out
    assert "room secret: encrypted, and encryption.enabled is off: no question is seen here" in doctor.out
    assert "note   room open: who may join is public, ought to be invite" in doctor.out
    assert re.search(r"ok +database: .*askbridge.db: 1 questions, .* no damage found", doctor.out)
    assert "ok     inbox: empty" in doctor.out
    assert open_door in rows

    exported = await asks(town, "export", "--space", "helpdesk")
    (question,) = (one for one in map(json.loads, exported.out.splitlines()) if one["type"] == "question")
    assert (question["event_id"], question["state"]) == (asked, "open")
    assert (await asks(town, "backup", str(town.directory / "copy.db"))).code == 0

    (second := town.process()).log_file = town.directory / "second.log"
    await second.start(ready_within=None)
    assert await second.exits() == 1
    assert f"askbridge.db is in use by process {town.processes[0].pid}; stop it first" in second.log()


async def test_doctor_finds_nothing_wrong_and_follows_a_matrix_space(town: Town) -> None:
    amy = await town.person("amy")
    parent = await town.room("all of it", amy, mapped=False, space=True)
    child = await town.room("child", amy, mapped=False)
    via = {"via": [town.server.server_name]}
    await amy.sets_state(parent, "m.space.child", via, child)
    spaces = {"helpdesk": {"level": "internal", "matrix_space": parent}}
    bot = await town.starts_bot(spaces=spaces)
    await asyncio.gather(*(amy.waits_for(room, joined(town.bot_user_id)) for room in (parent, child)))
    told = await asks(town, "doctor")
    assert told.code == 0, told.out
    assert child in told.out
    assert "ok     all: nothing wrong was found" in told.out
    await amy.upgrades_room(child, "11")
    told = await asks(town, "doctor")
    assert "replaced by !" in told.out
    await bot.terminate()
    remembered = town.write_config(spaces=spaces, homeserver={"url": f"http://127.0.0.1:{free_port()}"})
    assert remembered.exists()
    told = await asks(town, "doctor")
    assert told.code == 1
    assert "wrong  homeserver: cannot connect" in told.out
    assert re.search(rf"^helpdesk +child +yes .* {re.escape(child)}$", told.out, re.MULTILINE)


def joined(user_id: str) -> Any:
    def is_join(event: dict[str, Any]) -> bool:
        return event.get("state_key") == user_id and event["content"].get("membership") == "join"

    return is_join


async def test_a_homeserver_that_reaches_us_or_does_not(push_town: Town) -> None:
    town = push_town
    amy = await town.person("amy")
    room = await town.room("help", amy)
    service = town.config()["appservice"]
    town.write_config()
    early = await asks(town, "check", "--online")
    assert f"ok     appservice: the homeserver reaches us at {service['url']}" in early.out
    assert "ok     rate limit: the registration exempts the bot" in early.out

    for changed, says in (
        ({"hs_token": "another-token"}, "wrong  appservice: .*its hs_token is not ours"),
        ({"listen": f"127.0.0.1:{free_port()}"}, "wrong  appservice: the homeserver does not reach"),
        ({"id": "another"}, "wrong  appservice: the homeserver knows another id"),
        ({"as_token": "another-token"}, "wrong  account: .*does not know our as_token, so install the registration"),
    ):
        town.write_config(appservice=service | changed)
        told = await asks(town, "check", "--online")
        assert told.code == 1
        assert re.search(says, told.out), told.out
        assert "\n       -> " in told.out

    await town.starts_bot()
    asked = await amy.says(room, "!ask Is nothing lost by a check?")
    await amy.waits_for_card(room, asked, state="open")
    late = await asks(town, "check", "--online")
    assert (late.code, late.err) == (0, "")
    assert "the homeserver reaches the askbridge that listens there" in late.out
    registered = await asks(town, "registration", "-o", str(town.directory / "registration.yaml"))
    assert registered.code == 0


async def test_a_token_that_belongs_to_no_device_is_said_to_be_of_no_use_for_encrypted_rooms(town: Town) -> None:
    admin = await town.person("admin", admin=True)
    login = f"{town.server.url}/_synapse/admin/v1/users/{town.bot_user_id}/login"
    headers = {"Authorization": f"Bearer {admin.access_token}"}
    async with town.session.post(login, json={}, headers=headers) as answer:
        town.bot_token = (await answer.json())["access_token"]
    room = await town.room("sealed", admin)
    bot = await town.starts_bot(encryption={"enabled": True})
    looked = await asks(town, "check", "--online")
    assert "note   account: " in looked.out
    assert "for plain rooms only\n       -> the account has no device of its own" in looked.out
    doctor = await asks(town, "doctor")
    assert "note   device: the bot has none for encrypted rooms, and `askbridge run` makes none\n" in doctor.out
    await admin.sets_state(room, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
    await bot.restart()
    doctor = await asks(town, "doctor")
    assert (doctor.code, "wrong  device: the bot has none for encrypted rooms" in doctor.out) == (1, True)
    assert "log the bot in by bot.password" in doctor.out


async def test_a_look_by_password_leaves_no_device_behind(town: Town) -> None:
    await town.room("help", await town.person("amy"))
    account = await town.server.register("qa-by-password", password="s3same-pass")
    bot = {"user_id": account.user_id, "password": "s3same-pass"}
    town.write_config(bot=bot)

    async def devices() -> int:
        headers = {"Authorization": f"Bearer {account.access_token}"}
        async with town.session.get(f"{town.server.url}/_matrix/client/v3/devices", headers=headers) as answer:
            return len((await answer.json())["devices"])

    told = await asks(town, "check", "--online")
    assert f"signed in as {account.user_id}" in told.out
    assert "s3same" not in told.all
    assert await devices() == 1
    town.write_config(bot=bot | {"password": "s3same-wrong"})
    told = await asks(town, "check", "--online")
    assert "refuses the password" in told.out
    assert "change bot.user_id or the secret in the section bot" in told.out
    assert "s3same" not in told.all


async def test_told_to_end_with_work_at_hand(any_town: Town, proxy: FaultProxy) -> None:
    """SIGTERM while questions come in and a homeserver hangs: within 10 s, exit code 0, and nothing lost or doubled."""
    any_town.homeserver_url = proxy.url
    amy = await any_town.person("amy")
    room = await any_town.room("help", amy)
    bot = await any_town.starts_bot()
    if any_town.mode == "sync":
        proxy.hangs(path="/send/", times=1)
    asked = [await amy.says(room, f"!ask Number {n}?") for n in range(12)]
    await proxy.sees(path="/send/")
    began = time.monotonic()
    assert await bot.terminate() == 0
    assert time.monotonic() - began < 10
    assert '"event": "stopped"' in bot.log()
    await bot.start()
    for event_id in asked:
        await amy.waits_for_card(room, event_id)
    began = time.monotonic()
    assert await bot.terminate() == 0
    assert time.monotonic() - began < 3, "with nothing at hand there is nothing to wait for"
    cards = [e for e in await amy.messages(room) if "org.askbridge.card" in e["content"]]
    shown = [e["content"]["org.askbridge.card"]["question"] for e in cards if "m.new_content" not in e["content"]]
    assert sorted(shown) == list(range(1, 13))


async def test_starting_without_a_homeserver(any_town: Town, proxy: FaultProxy) -> None:
    any_town.homeserver_url = proxy.url
    amy = await any_town.person("amy")
    room = await any_town.room("help", amy)
    await proxy.goes_away()
    bot = await any_town.starts_bot(ready_within=None)
    assert "cannot connect" in await bot.says('"event": "homeserver_away"')
    told = await becomes(any_town, 503)
    assert "the homeserver cannot be reached: cannot connect" in told["parts"]["account"]["problem"]
    assert told["ready"] is False
    await proxy.comes_back()
    await bot.says('"event": "ready"', within=30)
    await becomes(any_town, 200)
    asked = await amy.says(room, "!ask Are you there now?")
    await amy.waits_for_card(room, asked)
    await proxy.goes_away()
    told = await becomes(any_town, 503)
    part = "sync" if any_town.mode == "sync" else "homeserver"
    assert "cannot connect" in told["parts"][part]["problem"]
    await proxy.comes_back()
    await becomes(any_town, 200)
    await proxy.goes_away()
    assert await bot.terminate() == 0


async def test_what_cannot_run_says_why(town: Town) -> None:
    await town.room("help", await town.person("amy"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        await ends(
            town, f"cannot listen on 127.0.0.1:{port}: Address already in use", web={"listen": f"127.0.0.1:{port}"}
        )
    await ends(
        town,
        f"does not know the access token of {town.bot_user_id}: get a new one",
        bot={"user_id": town.bot_user_id, "access_token": "syt_wrong"},
    )
    other = f"@somebody:{town.server.server_name}"
    says = f"the access token belongs to {town.bot_user_id}, but bot.user_id is {other}"
    await ends(town, says, bot={"user_id": other, "access_token": town.bot_token})
    (Path(town.directory) / "askbridge.db").unlink()
    await ends(
        town,
        r"config.yaml:\d+:\d+: database: its folder does not exist; .*make the folder",
        database="sqlite:///nowhere/askbridge.db",
    )


async def ends(town: Town, says: str, **config: Any) -> None:
    """By itself, with exit code 1 and one line that names the reason, and no stack."""
    bot = await town.starts_bot(ready_within=None, **config)
    assert await bot.exits() == 1
    assert re.search(says, bot.log()), bot.log()
    assert "Traceback" not in bot.log()
    assert "syt_wrong" not in bot.log()


async def test_whatever_the_homeserver_answers(town: Town, proxy: FaultProxy) -> None:
    """Each answer becomes a finding with a remedy."""
    town.homeserver_url = proxy.url
    room = await (await town.person("amy")).creates_room("help")
    alias = f"#help:{town.server.server_name}"
    town.rooms += [room, alias]
    town.write_config()
    summary = "room_summary/"
    for path, status, body, says in (
        ("/versions", 404, None, "wrong  homeserver: .*HTTP 404.*\n.*homeserver.url is the base address"),
        ("/whoami", 500, {}, "wrong  account: cannot be asked for: .*\n.*try again"),
        ("/joined_rooms", 500, {}, "wrong  rooms: cannot be asked for"),
        ("/directory/room", 500, {}, "wrong  room #help.*: cannot be resolved"),
        (summary, 200, {"membership": "ban"}, "is banned\n.*unban it, then invite it"),
        (summary, 200, {"join_rule": "knock"}, "not joined, and its join rule is knock\n.*invite @qa"),
        (summary, 200, {"join_rule": "public"}, "ok +room !.*: not joined yet, but open to everybody"),
        (summary, 500, {}, "wrong  room !.*: cannot be asked for"),
    ):
        proxy.answers(status, body, path=path)
        told = await asks(town, "check", "--online")
        assert told.code == 1
        assert re.search(says, told.out), told.out
        proxy.heals()
    proxy.answers(500, {}, path="/joined_rooms")
    assert "wrong  homeserver: HTTP 500" in (await asks(town, "doctor")).out
    proxy.answers(500, {}, path="/directory/room")
    assert "wrong  room #help" in (await asks(town, "doctor")).out
