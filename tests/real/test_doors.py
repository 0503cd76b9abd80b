"""Doors on a true homeserver: who is put out and who is not, what is told, and what survives a kill."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

from tests.real.client import JsonObject, Person
from tests.real.partners import keeper_room
from tests.real.synapse import AskbridgeProcess, Town
from tests.real.village import body

ROOMS = int(os.environ.get("REVOKED_ROOMS", "24"))
"""From how many rooms somebody is revoked; 200 in the figures of the README."""


def config(town: Town, amy: Person, *rooms: str, level: str = "extranet", **acme: Any) -> JsonObject:
    """A space `acme` with these rooms; staff are those whose name says so."""
    return {
        "people": {"staff": [f"@*staff-*:{town.server.server_name}"], "moderators": [amy.user_id]},
        "spaces": {"acme": {"level": level, "rooms": list(rooms), "enforce": "on"} | acme},
    }


async def member(witness: Person, room: str, person: Person, membership: str, within: float = 10) -> JsonObject:
    return await witness.waits_for(
        room,
        lambda e: e.get("state_key") == person.user_id and e["content"].get("membership") == membership,
        within,
    )


async def chat_with_bot(town: Town, person: Person) -> str:
    room = await person.waits_for_invite(town.bot_user_id)
    await person.joins(room)
    return room


async def told(person: Person, chat: str, *words: str, within: float = 10) -> str:
    """The bot's message in a direct chat that holds all these words."""
    event = await person.waits_for(
        chat, lambda e: e["sender"] == person.bot and all(w in body(e) for w in words), within
    )
    return body(event)


def rows(town: Town, statement: str) -> list[Any]:
    with closing(sqlite3.connect(town.directory / "askbridge.db", timeout=10)) as connection:
        return connection.execute(statement).fetchall()


async def until(what: Callable[[], bool], within: float = 30) -> None:
    """Look often until it is so."""
    async with asyncio.timeout(within):
        for _ in iter(what, True):
            await asyncio.sleep(0.005)


async def test_doors_of_a_closed_room(any_town: Town) -> None:
    """Invited, knocking, joining by themselves, by mail, under another's name: one story, told once each."""
    town = any_town
    amy = await town.person("amy_staff")
    eve, ivy, kay = [await town.person(name) for name in ("eve", "ivy", "kay")]
    room = await keeper_room(town, amy, "Works")
    await town.starts_bot(**config(town, amy, room, externals={"max_days": 90}))

    await amy.invites(room, eve.user_id)
    gone = await member(amy, room, eve, "leave")
    assert gone["sender"] == town.bot_user_id
    assert gone["content"]["reason"]
    chat = await chat_with_bot(town, amy)
    assert "!invite" in await told(amy, chat, eve.user_id)

    await amy.says(room, f"!invite {ivy.user_id} for 30d because of the works")
    await member(amy, room, ivy, "invite")
    await ivy.joins(room)
    await told(amy, chat, ivy.user_id, "acme")

    await ivy.asks_server("PUT", f"profile/{ivy.user_id}/displayname", {"displayname": "Аmy_Stаff-" + town._tag})
    assert amy.user_id in await told(amy, chat, ivy.user_id, "Works", amy.user_id)

    await amy.sets_state(room, "m.room.third_party_invite", {"display_name": "eve@mail", "key_validity_url": "x"}, "t1")
    await told(amy, chat, "eve@mail")
    deadline = time.monotonic() + 5
    while (await amy.state(room, "m.room.third_party_invite", "t1")) != {}:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)

    await amy.says(room, f"!revoke {ivy.user_id}")
    await member(amy, room, ivy, "leave")
    await told(amy, chat, ivy.user_id, "1")
    await amy.invites(room, ivy.user_id)
    await amy.waits_for(
        room, lambda e: e.get("state_key") == ivy.user_id and "unsigned" in e and e["sender"] == town.bot_user_id
    )
    about = [e for e in await amy.messages(chat) if eve.user_id in body(e)]
    assert len(about) == 1
    assert kay


async def test_a_bot_without_rights_says_what_to_do_and_does_it_once_it_may(town: Town) -> None:
    amy, eve = await town.person("amy_staff"), await town.person("eve")
    room = await town.room("Weak", amy, version="11")
    bot = await town.starts_bot(**config(town, amy, room))
    await amy.invites(room, eve.user_id)
    await eve.joins(room)
    chat = await chat_with_bot(town, amy)
    words = await told(amy, chat, eve.user_id, town.bot_user_id)
    assert "50" in words
    assert eve.user_id in await amy.members(room)

    levels = await amy.state(room, "m.room.power_levels")
    levels["users"][town.bot_user_id] = 50
    await amy.sets_state(room, "m.room.power_levels", levels)
    await member(amy, room, eve, "leave")
    assert bot.running


async def test_who_was_there_before_is_listed_first_and_removed_on_a_moderators_word(town: Town) -> None:
    amy = await town.person("amy_staff")
    boss = await town.person("boss")
    strangers = [await town.person(f"stranger{number}") for number in range(6)]
    room = await keeper_room(town, amy, "Full", boss, *strangers)
    levels = await amy.state(room, "m.room.power_levels")
    levels["users"][boss.user_id] = 100
    await amy.sets_state(room, "m.room.power_levels", levels)
    bot = await town.starts_bot(**config(town, amy, room, level="internal"))

    chat = await chat_with_bot(town, amy)
    await told(amy, chat, "!enforce confirm", "6")
    await told(amy, chat, boss.user_id)
    assert {s.user_id for s in strangers} <= await amy.members(room)
    await bot.restart()
    assert {s.user_id for s in strangers} <= await amy.members(room)
    halted = [e for e in await amy.messages(chat) if "!enforce confirm" in body(e)]
    assert len(halted) == 1

    await amy.says(chat, "!enforce confirm")
    for stranger in strangers:
        await member(amy, room, stranger, "leave")
    assert await amy.members(room) == {amy.user_id, boss.user_id, town.bot_user_id}


async def test_report_says_what_it_would_do_and_does_nothing(town: Town) -> None:
    amy, eve = await town.person("amy_staff"), await town.person("eve")
    room = await keeper_room(town, amy, "Dry")
    await town.starts_bot(**config(town, amy, room, enforce="report"))
    await amy.invites(room, eve.user_id)
    await eve.joins(room)
    chat = await chat_with_bot(town, amy)
    await told(amy, chat, eve.user_id)
    assert eve.user_id in await amy.members(room)
    assert rows(town, "select kind from outbox where kind = 'remove'") == []


async def test_an_end_that_came_while_the_bot_was_down_is_kept_at_once(town: Town) -> None:
    amy, ann = await town.person("amy_staff"), await town.person("ann")
    room = await keeper_room(town, amy, "Shift")
    bot = await town.starts_bot(**config(town, amy, room))
    await amy.says(room, f"!invite {ann.user_id} for 1d")
    await member(amy, room, ann, "invite")
    await ann.joins(room)
    await member(amy, room, ann, "join")
    await until(lambda: rows(town, f"select membership from members where user_id = '{ann.user_id}'") == [("join",)])
    await bot.kill()
    with closing(sqlite3.connect(town.directory / "askbridge.db", timeout=10)) as connection, connection:
        connection.execute("update grants set ends_at = ?", [int(time.time() * 1000)])
    await bot.start(ready_within=None)
    gone = await member(amy, room, ann, "leave", within=30)
    assert gone["sender"] == town.bot_user_id


async def test_a_revocation_over_many_rooms_is_carried_through_whatever_is_killed(town: Town) -> None:
    """Complete, once, and reported: also of what could not be done."""
    amy, ann = await town.person("amy_staff"), await town.person("ann")
    rooms = [await keeper_room(town, amy, f"R{number}", ann) for number in range(ROOMS)]
    stuck = rooms[0]
    bot = await town.starts_bot(ready_within=60 + ROOMS, **config(town, amy, *rooms, enforce="off"))
    await amy.says(rooms[1], f"!invite {ann.user_id} because of everything")
    await until(lambda: bool(rows(town, "select number from grants where approved_by is not null")))
    await bot.terminate()
    levels = await amy.state(stuck, "m.room.power_levels")
    levels["users"][ann.user_id] = 100
    await amy.sets_state(stuck, "m.room.power_levels", levels)
    bot = await town.starts_bot(ready_within=60 + ROOMS, **config(town, amy, *rooms))
    chat = await chat_with_bot(town, amy)

    await amy.says(rooms[1], f"!revoke {ann.user_id}")
    await killed_in_the_middle(bot, town)
    assert await told(amy, chat, ann.user_id, str(ROOMS - 1), "R0", within=30 + ROOMS)
    for room in rooms[1:]:
        assert ann.user_id not in await amy.members(room)
    assert ann.user_id in await amy.members(stuck)
    kicks = [await times_out(amy, room, ann) for room in rooms[1:]]
    assert kicks == [1] * (ROOMS - 1)
    words = (ann.user_id, str(ROOMS - 1), "R0")
    reports = [e for e in await amy.messages(chat) if all(word in body(e) for word in words)]
    assert len(reports) == 1


async def killed_in_the_middle(bot: AskbridgeProcess, town: Town) -> None:
    """SIGKILL after each few removals, three times, and a start after each."""
    for share in (0.2, 0.5, 0.8):
        await until(lambda enough=ROOMS * share: removed(town) >= enough, 60 + ROOMS)  # type: ignore[misc]
        await bot.kill()
        await bot.start(ready_within=None)


def removed(town: Town) -> int:
    """How many are gone; of some the homeserver's answer was lost with the process that asked."""
    return len(rows(town, "select 1 from violations where ended_at is not null"))


async def times_out(witness: Person, room: str, person: Person) -> int:
    events = await witness.messages(room)
    return sum(e.get("state_key") == person.user_id and e["content"].get("membership") == "leave" for e in events)
