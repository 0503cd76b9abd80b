"""Two homeservers that federate: ours, where the bot lives, and a partner's, whose people come from outside."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import aiohttp

from bridge.demo.homeserver import LocalHomeserver
from tests.real.client import JsonObject, MatrixError, Person
from tests.real.synapse import AskbridgeProcess, SynapseWithRegistrations, Town


@dataclass(slots=True)
class Partners:
    """`ours` and `theirs` are homeservers; each story makes a town of its own on ours."""

    ours: SynapseWithRegistrations
    theirs: LocalHomeserver
    session: aiohttp.ClientSession

    async def outsider(self, name: str) -> Person:
        """Somebody on the partner's server, with a display name."""
        account = await self.theirs.register(f"{name}-{uuid4().hex[:6]}")
        person = Person(self.theirs.url, account.user_id, account.access_token, self.session)
        await person.asks_server("PUT", f"profile/{person.user_id}/displayname", {"displayname": name.capitalize()})
        return person


@dataclass(slots=True)
class Extranet:
    """A town with an extranet space `acme`, whose rooms the bot moderates, an internal one, and a bot that runs."""

    partners: Partners
    town: Town
    amy: Person
    lead: Person
    rooms: list[str]
    inside: str
    bot: AskbridgeProcess
    config: JsonObject = field(default_factory=dict)

    @classmethod
    async def build(cls, partners: Partners, town: Town, rooms: int = 2, **acme: Any) -> "Extranet":
        amy, lead = await town.person("amy"), await town.person("lead")
        made = [await keeper_room(town, amy, f"Acme {number}", lead) for number in range(rooms)]
        inside = await keeper_room(town, amy, "Inside", lead)
        config: dict[str, Any] = {
            "people": {"staff": [f"@*:{town.server.server_name}"], "moderators": [lead.user_id]},
            "spaces": {
                "acme": {"level": "extranet", "rooms": made, "enforce": "on"} | acme,
                "helpdesk": {"level": "internal", "rooms": [inside], "enforce": "on"},
            },
        }
        bot = await town.starts_bot(**config)
        return cls(partners, town, amy, lead, made, inside, bot, config)

    async def chat_of(self, person: Person) -> str:
        """The direct chat that the bot opened with somebody, joined."""
        room = await person.waits_for_invite(self.town.bot_user_id)
        await person.joins(room)
        return room


async def keeper_room(town: Town, creator: Person, name: str, *members: Person, **extra: Any) -> str:
    """A private room in which the bot may remove people and change the rules; where power is a number (version 11)."""
    return await town.room(
        name,
        creator,
        *members,
        version="11",
        power_level_content_override={"users": {creator.user_id: 100, town.bot_user_id: 100}},
        **extra,
    )


async def accepts_invites(person: Person, count: int) -> list[str]:
    """Join as many rooms as one is invited to. An invite may be seen abroad before our homeserver has it itself."""
    joined: list[str] = []
    while len(joined) < count:
        room = await person.waits_for_invite()
        try:
            await person.joins(room)
        except MatrixError:
            await asyncio.sleep(0.05)
            continue
        if room not in joined:
            joined.append(room)
    return joined
