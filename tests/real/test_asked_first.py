"""The module in Synapse and the bot that it asks: what is forbidden never happens, and is explained."""

from pathlib import Path

import aiohttp
import pytest

from bridge.demo.homeserver import LocalHomeserver, free_port, synapse_python
from tests.real.client import MatrixError, Person
from tests.real.partners import keeper_room
from tests.real.postgres import needed_on_ci
from tests.real.synapse import Town

SECRET = "asks-before"
pytestmark = pytest.mark.synapse


async def refusal(person: Person, room: str, invited: str) -> str:
    with pytest.raises(MatrixError) as refused:
        await person.invites(room, invited)
    assert refused.value.status == 403
    return str(refused.value.body["error"])


async def test_what_is_forbidden_never_happens_and_is_explained(tmp_path: Path) -> None:
    if not synapse_python().exists():
        needed_on_ci("Synapse is not installed: scripts/test installs it")
    web = free_port()
    server = LocalHomeserver(tmp_path / "asking")
    bot_id = f"@qa:{server.server_name}"
    asks = {"url": f"http://127.0.0.1:{web}", "secret": SECRET, "bot_user_id": bot_id, "timeout_ms": 2000}
    server.modules.append({"module": "bridge.synapse_module.AskbridgeModule", "config": asks})
    async with server, aiohttp.ClientSession() as session:
        account = await server.register("qa")
        town = Town(server, "sync", tmp_path, bot_id, session, server.url, bot_token=account.access_token, web_port=web)
        amy, eve, ann, ivy = [await town.person(name) for name in ("amy_staff", "eve", "ann", "ivy")]
        inside = await keeper_room(town, amy, "Inside")
        acme = await keeper_room(town, amy, "Acme")
        bot = await town.starts_bot(
            people={"staff": [f"@*staff-*:{server.server_name}"], "moderators": [amy.user_id]},
            synapse_module={"secret": SECRET},
            spaces={
                "desk": {"level": "internal", "rooms": [inside], "enforce": "on", "language": "de"},
                "acme": {"level": "extranet", "rooms": [acme], "enforce": "on"},
            },
        )
        try:
            assert "Mitarbeitende" in await refusal(amy, inside, eve.user_id)
            assert f"!invite {eve.user_id}" in await refusal(amy, acme, eve.user_id)
            with pytest.raises(MatrixError, match="public"):
                await amy.sets_state(acme, "m.room.join_rules", {"join_rule": "public"})
            assert (await amy.state(acme, "m.room.join_rules"))["join_rule"] == "invite"
            with pytest.raises(MatrixError, match="!invite"):
                await amy.sets_state(acme, "m.room.third_party_invite", {"display_name": "x"}, "token")
            everybody = {e.get("state_key") for room in (inside, acme) for e in await amy.messages(room)}
            assert eve.user_id not in everybody

            await amy.says(acme, f"!invite {ann.user_id} for 10d")
            assert await ann.waits_for_invite(bot_id) == acme
            await ann.joins(acme)
            await amy.sets_state(acme, "m.room.topic", {"topic": "what no policy speaks of"})

            await bot.terminate()
            await amy.invites(inside, ivy.user_id)
            await bot.start()
            gone = await amy.waits_for(
                inside, lambda e: e.get("state_key") == ivy.user_id and e["content"]["membership"] == "leave"
            )
            assert gone["sender"] == bot_id
        finally:
            await town.ends()
