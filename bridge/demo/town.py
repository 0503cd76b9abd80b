"""The town as it stands: a homeserver that runs, people who are signed in, rooms, and askbridge in them.

All of it can be done again: what a start finds from an earlier one, it keeps.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bridge.config.load import LoadedConfig
from bridge.demo.homeserver import LocalHomeserver
from bridge.demo.person import Person, has_account, signs_in
from bridge.demo.plan import BOT, MODERATOR, PEOPLE, ROOMS, SERVER_NAME, Room, homeserver_port
from bridge.domain.filters import Filter
from bridge.domain.questions import UNANSWERED
from bridge.matrix.client import HomeserverClient
from bridge.wiring import App, clock
from bridge.workflow.ports import GiveUp


def homeserver(found: LoadedConfig, registrations: Sequence[Path]) -> LocalHomeserver:
    """The town's Synapse, not started yet."""
    return LocalHomeserver(
        found.path.with_name("synapse"),
        server_name=SERVER_NAME,
        port=homeserver_port(found),
        appservices=registrations,
    )


async def people(server: LocalHomeserver, stack: AsyncExitStack) -> dict[str, Person]:
    """Everybody, signed in until the stack closes."""
    found: dict[str, Person] = {}
    for name in PEOPLE:
        found[name] = await signs_in(server, name)
        await stack.enter_async_context(found[name].client)
    return found


async def bot_account(server: LocalHomeserver, found: LoadedConfig) -> None:
    """An ordinary account for the bot; as an application service it makes its own."""
    if not found.config.appservice:
        await has_account(server, localpart(BOT))


async def rooms(town: dict[str, Person]) -> dict[str, str]:
    """Name -> room id, with everybody in who belongs there."""
    ids = await asyncio.gather(*(_room(room, town) for room in ROOMS))
    return {room.name: room_id for room, room_id in zip(ROOMS, ids, strict=True)}


async def _room(room: Room, town: dict[str, Person]) -> str:
    moderator = town[MODERATOR]
    try:
        room_id, _ = await moderator.client.resolve(room.alias)
    except GiveUp:
        others = [town[name].user_id for name in room.people if name != MODERATOR]
        room_id = await moderator.creates_room(
            room.name, room.title, room.topic, public=room.public, invite=[*others, BOT]
        )
    await asyncio.gather(*(town[name].joins(room_id) for name in room.people if name != MODERATOR))
    return room_id


async def names(client: HomeserverClient, room_id: str) -> dict[str, str]:
    """User id -> name of those who are in a room; the bot is called the same whoever made its account."""
    found: dict[str, str] = {}
    for event in await client.room_state(room_id):
        if event["type"] == "m.room.member" and event["content"].get("membership") == "join":
            user_id = event["state_key"]
            found[user_id] = event["content"].get("displayname") or localpart(user_id)
    return dict(sorted(found.items())) | {BOT: localpart(BOT)}


def localpart(user_id: str) -> str:
    return user_id[1:].partition(":")[0]


@asynccontextmanager
async def living(app: App) -> AsyncIterator[None]:
    """askbridge runs until the block ends; should it end by itself, the block is cancelled and the reason raised."""
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(app.run())
            try:
                yield
            finally:
                app.supervisor.end()
    except ExceptionGroup as several:
        raise several.exceptions[0] from None


async def is_ready(app: App) -> None:
    """Until askbridge is in its rooms and reads events."""
    await app.keeper.settled.wait()
    await app.health.well()


async def counts(app: App) -> tuple[int, int]:
    """How many questions there are, and how many of them wait for an answer."""
    people = app.current.policy.people

    def count(wanted: Filter) -> int:
        return app.database.read_now(lambda tx: tx.questions.find(wanted, tx.rooms.all(), people, clock()).total)

    return await asyncio.to_thread(count, Filter()), await asyncio.to_thread(count, Filter(states=UNANSWERED))
