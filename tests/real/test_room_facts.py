"""Rooms against the policy of their space, on a true homeserver: put back, unlisted, marked, told, accepted."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest_asyncio

from tests.real.client import JsonObject, MatrixError, Person
from tests.real.conftest import TownBuilder
from tests.real.synapse import Town
from tests.real.test_operators import asks, health

MARK = " · open to people from outside"
CLOSED = {"join_rule": "invite", "history_visibility": "shared", "server_acl": "partners", "integrations": False}


class Company:
    """A running bot with two spaces: `acme`, kept as its policy says, and `dry`, where it only reports."""

    def __init__(self, town: Town, lead: Person, bob: Person, ann: Person) -> None:
        self.town, self.lead, self.bob, self.ann = town, lead, bob, ann
        self.kept = self.open = self.mute = self.dry = ""

    async def makes_rooms(self) -> None:
        """One as it is made, one wide open and listed, one where the bot may do nothing, one of the other space."""
        self.kept = await self._room("Kept")
        self.open = await self._room("Open", preset="public_chat", visibility="public")
        self.mute = await self._room("Mute", bot=0)
        self.dry = await self._room("Dry")

    async def _room(self, name: str, bot: int = 100, **extra: Any) -> str:
        users = {self.bob.user_id: 50, self.town.bot_user_id: bot}
        levels: JsonObject = {"users": users, "events": {"m.room.power_levels": 50, "m.room.server_acl": 50}}
        extra |= {"power_level_content_override": levels, "version": "12"}
        return await self.town.room(name, self.lead, self.bob, mapped=False, **extra)

    async def starts(self) -> None:
        acme: JsonObject = {
            "level": "extranet",
            "rooms": [self.kept, self.open, self.mute],
            "enforce": "on",
            "mark": "name",
        }
        acme |= {"room": CLOSED, "externals": {"servers": ["acme.com"]}}
        dry: JsonObject = {"level": "internal", "rooms": [self.dry], "enforce": "report"}
        people: JsonObject = {
            "staff": [f"@*_staff-*:{self.town.server.server_name}"],
            "moderators": [self.lead.user_id],
        }
        await self.town.starts_bot(spaces={"acme": acme, "dry": dry}, people=people)

    async def becomes(self, room: str, kind: str, fits: Callable[[JsonObject], object], key: str = "") -> JsonObject:
        """State of a room, once it fits."""
        deadline = time.monotonic() + 10
        while True:
            try:
                content = await self.lead.state(room, kind, key)
            except MatrixError:
                content = {}
            if fits(content):
                return content
            assert time.monotonic() < deadline, (kind, content, self.town.processes[0].log()[-3000:])
            await asyncio.sleep(0.02)

    async def metrics(self) -> str:
        async with self.town.session.get(f"http://127.0.0.1:{self.town.web_port}/metrics") as response:
            return await response.text()

    async def told(self, person: Person, chat: str, *words: str) -> str:
        bot = self.town.bot_user_id
        said = await person.waits_for(
            chat, lambda e: e["sender"] == bot and all(word in str(e["content"].get("body")) for word in words)
        )
        return str(said["content"]["body"])

    async def answer(self, person: Person, chat: str, text: str) -> str:
        return str((await person.waits_for_reply(chat, await person.says(chat, text)))["content"]["body"])


@pytest_asyncio.fixture
async def company(build: TownBuilder) -> Company:
    town = await build("push")
    lead, bob, ann = [await town.person(name) for name in ("lead_staff", "bob_staff", "ann")]
    company = Company(town, lead, bob, ann)
    await company.makes_rooms()
    await company.starts()
    return company


async def test_rooms_are_kept_as_their_space_wants_them(company: Company) -> None:
    chat = await company.lead.joins(await company.lead.waits_for_invite(company.town.bot_user_id))
    await what_was_so_before_is_put_right_and_told_together(company, chat)
    his, number = await a_careless_moderator_is_told_how_to_insist(company, chat)
    await power_name_and_widget_are_put_back(company, his)
    await only_a_moderator_may_insist(company, chat, number)
    await bob_changes_the_room_where_the_bot_only_reports(company, his)
    await operators_see_it(company)


async def what_was_so_before_is_put_right_and_told_together(company: Company, chat: str) -> None:
    assert "Open" in await company.told(company.lead, chat, "I have compared the rooms of acme")
    await company.becomes(company.open, "m.room.join_rules", lambda c: c.get("join_rule") == "invite")
    listing = await company.lead.asks_server("GET", f"directory/list/room/{company.open}")
    assert listing == {"visibility": "private"}
    await company.becomes(company.kept, "m.room.name", lambda c: c.get("name") == f"Kept{MARK}")
    label = await company.becomes(company.kept, "org.askbridge.space", lambda c: c)
    assert label["level"] == "extranet"
    acl = await company.becomes(company.kept, "m.room.server_acl", lambda c: c)
    assert acl["allow"] == sorted(["acme.com", "localhost", company.town.server.server_name])


async def a_careless_moderator_is_told_how_to_insist(company: Company, chat: str) -> tuple[str, str]:
    """Bob's direct chat, and the number of what he changed."""
    bob, bot = company.bob, company.town.bot_user_id
    changed = await bob.sets_state(company.kept, "m.room.join_rules", {"join_rule": "public"})
    await company.becomes(company.kept, "m.room.join_rules", lambda c: c.get("join_rule") == "invite")
    rules = [e for e in await bob.messages(company.kept) if e["type"] == "m.room.join_rules"][-2:]
    assert [(e["event_id"] == changed, e["sender"]) for e in rules] == [(True, bob.user_id), (False, bot)]
    assert rules[1]["origin_server_ts"] - rules[0]["origin_server_ts"] < 3000
    his = await bob.joins(await bob.waits_for_invite(bot))
    said = await company.told(bob, his, "who may join was public")
    assert said == await company.told(company.lead, chat, "who may join was public")
    assert "!audit accept" in said
    return his, said.rsplit(maxsplit=1)[1]


async def power_name_and_widget_are_put_back(company: Company, his: str) -> None:
    bob, room = company.bob, company.kept
    levels = await bob.state(room, "m.room.power_levels")
    raised = levels | {"users": levels["users"] | {company.ann.user_id: 50}}
    await bob.sets_state(room, "m.room.power_levels", raised)
    await company.becomes(room, "m.room.power_levels", lambda c: c.get("users") == levels["users"])
    await bob.sets_state(room, "m.room.name", {"name": "Renamed"})
    await company.becomes(room, "m.room.name", lambda c: c.get("name") == f"Renamed{MARK}")
    await bob.sets_state(room, "im.vector.modular.widgets", {"url": "https://pad.example"}, "pad")
    await company.becomes(room, "im.vector.modular.widgets", lambda c: not c, "pad")
    await company.told(bob, his, "widget or bridge was im.vector.modular.widgets https://pad.example")


async def only_a_moderator_may_insist(company: Company, chat: str, number: str) -> None:
    lead, bot = company.lead, company.town.bot_user_id
    eve = await company.town.person("eve_staff")
    hers = await eve.creates_room("chat", preset="trusted_private_chat", invite=[bot], is_direct=True)
    await eve.waits_for(hers, lambda e: e.get("state_key") == bot and e["content"].get("membership") == "join")
    await company.answer(eve, hers, f"!audit accept {number}")
    assert (await lead.state(company.kept, "m.room.join_rules"))["join_rule"] == "invite"
    assert (await company.answer(lead, chat, f"!audit accept {number}")).startswith("Accepted.")
    await company.becomes(company.kept, "m.room.join_rules", lambda c: c.get("join_rule") == "public")
    listed = await company.answer(lead, chat, "!audit acme")
    assert "A moderator has accepted it." in listed
    assert "Mute: I may not change kick (50), m.room.join_rules (50)" in listed


async def bob_changes_the_room_where_the_bot_only_reports(company: Company, his: str) -> None:
    await company.bob.sets_state(company.dry, "m.room.join_rules", {"join_rule": "public"})
    await company.told(company.bob, his, "Dry", "is public and ought to be invite. I only report this.")
    assert (await company.bob.state(company.dry, "m.room.join_rules"))["join_rule"] == "public"


async def operators_see_it(company: Company) -> None:
    town, mute, deadline = company.town, f"rights in {company.mute}", time.monotonic() + 15
    while mute not in (warnings := (await health(town))[1]["warnings"]):
        assert time.monotonic() < deadline, warnings
        await asyncio.sleep(0.1)
    assert f"Give {town.bot_user_id} power level 50." in warnings[mute]
    while 'askbridge_drift{kind="join_rule",space="dry"} 1.0' not in (metrics := await company.metrics()):
        assert time.monotonic() < deadline, metrics
        await asyncio.sleep(0.1)
    assert 'askbridge_drift_mended_total{result="mended"}' in metrics
    found = (await asks(town, "doctor")).out
    assert "Dry: who may join is public, ought to be invite" in found
    assert f"-> give {town.bot_user_id} power level 50" in found
