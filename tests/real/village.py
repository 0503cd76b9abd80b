"""One askbridge for many stories: it runs while rooms are made, named by Matrix spaces, and so mapped live.

Stories keep apart by room and by people. What a story counts is what the bot said in the story's own rooms.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bridge.store.database import Database
from bridge.store.export import export
from tests.real.client import Card, JsonObject, Person
from tests.real.synapse import AskbridgeProcess, Town

SPACES: dict[str, JsonObject] = {
    "helpdesk": {"level": "internal"},
    "lab": {"level": "internal", "staff_may_accept": True},
    "bureau": {"level": "internal", "language": "fr"},
    "acme": {"level": "extranet"},
    "plaza": {"level": "community"},
}


@dataclass(slots=True)
class Village:
    """A town with a running bot and five collaboration spaces, each the children of a Matrix space.

    `lead` is a moderator by the config.
    """

    town: Town
    owner: Person
    lead: Person
    spaces: dict[str, str]
    bot: AskbridgeProcess
    _numbers: Any = field(default_factory=count)

    @classmethod
    async def build(cls, town: Town) -> "Village":
        owner, lead = await town.person("owner"), await town.person("lead_staff")
        spaces = {name: await owner.creates_room(name, space=True, invite=[town.bot_user_id]) for name in SPACES}
        config = {name: settings | {"matrix_space": spaces[name]} for name, settings in SPACES.items()}
        people = {"staff": [f"@*_staff-*:{town.server.server_name}"], "moderators": [lead.user_id]}
        bot = await town.starts_bot(spaces=config, people=people)
        return cls(town, owner, lead, spaces, bot)

    async def person(self, name: str, *, staff: bool = True) -> Person:
        """Somebody new, with their name as display name."""
        role = "_staff" if staff else ""
        person = await self.town.person(f"{name.split()[0].lower()}{next(self._numbers)}{role}")
        await person.asks_server("PUT", f"profile/{person.user_id}/displayname", {"displayname": name})
        return person

    async def people(self, *names: str) -> list[Person]:
        """Members of staff."""
        return [await self.person(name) for name in names]

    async def room(self, *people: Person, space: str | None = "helpdesk", **extra: Any) -> str:
        """A room of a space, made by the first of the people; the others and the bot are in it."""
        creator, *others = people
        room = await self.town.room("room", creator, *others, mapped=False, **extra)
        if space is not None:
            await self.adopts(space, room)
            await self.bot_in(room, creator)
        return room

    async def adopts(self, space: str, room: str) -> None:
        via = {"via": [self.town.server.server_name]}
        await self.owner.sets_state(self.spaces[space], "m.space.child", via, room)

    async def drops(self, space: str, room: str) -> None:
        await self.owner.sets_state(self.spaces[space], "m.space.child", {}, room)

    async def bot_in(self, room: str, witness: Person) -> None:
        """Once the bot has joined and handled what was there."""
        bot = self.town.bot_user_id
        await witness.waits_for(room, lambda e: e.get("state_key") == bot and e["content"].get("membership") == "join")

    async def direct(self, person: Person) -> str:
        """A direct chat that the person opens with the bot."""
        bot = self.town.bot_user_id
        room = await person.creates_room("chat", preset="trusted_private_chat", invite=[bot], is_direct=True)
        await self.bot_in(room, person)
        return room

    async def said(self, room: str, witness: Person) -> list[JsonObject]:
        """What the bot sent to a room, oldest first, once all that was said before is handled."""
        await self.calm(room, witness)
        bot = self.town.bot_user_id
        sent = [e for e in await witness.messages(room) if e["sender"] == bot and "state_key" not in e]
        return [event for event in sent if not _is_sentinel(event)]

    async def calm(self, room: str, witness: Person) -> None:
        """Returns once the bot has handled and delivered all that stands in the room by now.

        A question to the bot is its own proof: a room's events are handled in order, and so are its messages sent.
        """
        asked = await witness.says(room, SENTINEL)
        await witness.waits_for_reply(room, asked)

    async def answer_to(self, person: Person, room: str, text: str, **where: Any) -> str:
        """What the bot replies to a message."""
        said = await person.says(room, text, **where)
        return body(await person.waits_for_reply(room, said))

    def exported(self, kind: str, number: int) -> list[JsonObject]:
        """What `askbridge export` says of one kind about one question."""
        database = Database.open(f"sqlite:///{self.town.directory / 'askbridge.db'}", read_only=True)
        with closing(database):
            return [line for line in export(database) if line["type"] == kind and line.get("number") == number]

    def question(self, number: int) -> JsonObject:
        return self.exported("question", number)[0]

    def database_bytes(self) -> bytes:
        """The database as it lies on the disk, once its log is written into it."""
        path = self.town.directory / "askbridge.db"
        with closing(sqlite3.connect(path, timeout=10)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        wal = path.with_name(path.name + "-wal")
        return path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")


SENTINEL = "!help unfollow"


def _is_sentinel(event: JsonObject) -> bool:
    return "!unfollow [42]" in str(event["content"].get("body"))


def body(event: JsonObject) -> str:
    return str(event["content"].get("body", ""))


def edited(event: JsonObject) -> bool:
    relation = event["content"].get("m.relates_to")
    return isinstance(relation, dict) and relation.get("rel_type") == "m.replace"


def signs(sent: list[JsonObject]) -> list[str]:
    """The commands that the bot acknowledged by a silent reaction."""
    return [e["content"]["m.relates_to"]["event_id"] for e in sent if e["type"] == "m.reaction"]


async def question(person: Person, room: str, text: str = "!ask How?") -> Card:
    event = await person.says(room, text)
    return await person.waits_for_card(room, event)


def root(card: Card) -> str:
    return str(card.content["m.relates_to"]["event_id"])


async def shows(person: Person, card: Card, state: str) -> Card:
    return await person.waits_for_card(card.room_id, root(card), state=state)
