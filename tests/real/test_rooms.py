"""Which rooms are ours: by id, alias and Matrix space, through upgrades, invitations and removal."""

import json

import aiohttp
import pytest

from tests.real.client import JsonObject, NothingCame, Person
from tests.real.synapse import Town
from tests.real.village import Village, body

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("version", ["6", "9", "10", "11", "12"])
async def test_the_main_story_in_every_room_version(village: Village, version: str) -> None:
    """Redactions changed their form in version 11, creators and room ids theirs in 12."""
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(bob, amy, version=version)
    event = await amy.says(room, "!ask How? #old")
    card = await amy.waits_for_card(room, event, state="open")
    answer = await bob.says(room, "So", thread=event)
    mark = await bob.reacts(room, answer, "✅")
    assert (await amy.waits_for_card(room, event, state="answered")).accepted == [answer]
    await bob.redacts(room, mark)
    await amy.waits_for_card(room, event, state="open")
    shown = await village.answer_to(amy, room, "!unanswered here")
    assert f"Q{card.number} How? #old (https://matrix.to/#/{room}/{event}?via=" in shown
    await amy.redacts(room, event)
    await amy.waits_for_card(room, event, state="closed")


async def test_children_come_and_go(village: Village) -> None:
    """A room that leaves its Matrix space is heard no more, and what was asked there is not shown any more."""
    amy, bob = await village.people("Amy", "Bob")
    stays, goes = await village.room(amy, bob), await village.room(amy, bob)
    card = await amy.waits_for_card(goes, await amy.says(goes, "!ask Am I here? #leaving"))
    assert f"Q{card.number}" in await village.answer_to(bob, stays, "!questions tag:leaving")
    await village.drops("helpdesk", goes)
    await _until_hidden(village, bob, stays, "tag:leaving")
    assert await village.answer_to(bob, stays, f"!show {card.number}") == f"There is no question Q{card.number} here."
    unheard = await amy.says(goes, "!ask Does anybody hear me?")
    await village.adopts("helpdesk", goes)
    heard = None
    while heard is None:
        heard = await _answered(amy, goes, "!questions here")
    assert f"Q{card.number}" in heard
    assert await amy.card(goes, unheard) is None


async def _until_hidden(village: Village, person: Person, room: str, words: str) -> None:
    """The Matrix space is another room, whose events are handled side by side with this one's."""
    shown = ""
    while shown != "No questions found.":
        shown = await village.answer_to(person, room, f"!questions {words}")


async def _answered(person: Person, room: str, text: str) -> str | None:
    """What the bot answers, if it listens yet."""
    try:
        return body(await person.waits_for_reply(room, await person.says(room, text), within=1))
    except NothingCame:
        return None


@pytest.mark.parametrize("version", ["9", "12"])
async def test_an_upgraded_room_is_followed(village: Village, version: str) -> None:
    amy, bob, newcomer = await village.people("Amy", "Bob", "Newcomer")
    old = await village.room(bob, amy, version=version)
    card = await amy.waits_for_card(old, await amy.says(old, "!ask Before the move?"))
    new = await bob.upgrades_room(old, "12")
    await bob.invites(new, village.town.bot_user_id)
    await bob.invites(new, amy.user_id)
    await amy.joins(new)
    await village.bot_in(new, bob)
    after = await amy.waits_for_card(new, await amy.says(new, "!ask After the move?"))
    shown = await village.answer_to(amy, new, "!questions here")
    assert shown.splitlines()[0] == "2 questions"
    assert f"Q{after.number} After the move?" in shown
    assert f"Q{card.number} Before the move?" in shown
    await bob.invites(new, newcomer.user_id)
    await newcomer.joins(new)
    await newcomer.says(new, f"!claim {card.number}")
    await village.calm(new, newcomer)
    assert village.question(card.number)["assignee"] == newcomer.user_id
    chat = await village.direct(newcomer)
    assert "Before the move?" in await village.answer_to(newcomer, chat, "!mine")


async def test_a_false_successor_is_not_let_in(village: Village) -> None:
    """A tombstone that names a room which does not name the old one as its predecessor changes nothing."""
    amy, bob, eve = await village.people("Amy", "Bob", "Eve")
    room = await village.room(bob, amy)
    foreign = await village.room(eve, bob, space=None, preset="public_chat")
    await bob.sets_state(room, "m.room.tombstone", {"body": "Moved", "replacement_room": foreign})
    await village.bot_in(foreign, eve)
    await eve.says(foreign, "!ask Am I in?")
    await eve.says(foreign, "!questions")
    other = await village.room(bob, amy)
    await village.calm(other, bob)
    bot = village.town.bot_user_id
    assert not [e for e in await eve.messages(foreign) if e["sender"] == bot and "state_key" not in e]
    await village.calm(room, bob)


async def test_invitations(village: Village) -> None:
    """Only rooms of our spaces and direct chats of people we know are joined; a later child is joined then."""
    amy = await village.person("Amy")
    stranger = await village.person("Stan", staff=False)
    later = await village.room(amy, space=None)
    chat = await stranger.creates_room("chat", invite=[village.town.bot_user_id], is_direct=True)
    ours = await village.room(amy)
    await village.calm(ours, amy)
    bot = village.town.bot_user_id
    assert bot not in await amy.members(later)
    assert bot not in await stranger.members(chat)
    await village.adopts("helpdesk", later)
    await village.bot_in(later, amy)
    await village.calm(later, amy)


async def test_kicked_and_invited_again(village: Village) -> None:
    amy = await village.person("Amy")
    room = await village.room(amy)
    bot = village.town.bot_user_id
    card = await amy.waits_for_card(room, await amy.says(room, "!ask Will you come back?"))
    await amy.kicks(room, bot, "Out!")
    missed = await amy.says(room, "!ask While you are away?")
    earlier = {event["event_id"] for event in await amy.messages(room)}
    await amy.invites(room, bot)
    await amy.waits_for(room, lambda e: e["event_id"] not in earlier and _is_join(e, bot))
    shown = await village.answer_to(amy, room, "!questions here")
    assert f"Q{card.number} Will you come back?" in shown
    await village.calm(room, amy)
    assert await amy.card(room, missed) is None


def _is_join(event: JsonObject, user_id: str) -> bool:
    content = event["content"]
    return event.get("state_key") == user_id and isinstance(content, dict) and content.get("membership") == "join"


@pytest.mark.asyncio(loop_scope="function")
async def test_rooms_by_id_and_alias(any_town: Town) -> None:
    """And one that does not exist stops no other: it is named where operators look."""
    amy = await any_town.person("amy")
    by_id = await any_town.room("one", amy)
    by_alias = await any_town.room("two", amy, mapped=False, alias=f"two-{any_town.mode}-{by_id[1:7].lower()}")
    server = any_town.server.server_name
    alias = (await amy.state(by_alias, "m.room.canonical_alias"))["alias"]
    missing = f"#nowhere:{server}"
    rooms = {"level": "internal", "rooms": [by_id, alias, missing]}
    bot = await any_town.starts_bot(spaces={"helpdesk": rooms})
    for room in (by_id, by_alias):
        await amy.waits_for_card(room, await amy.says(room, "!ask Is this mapped?"))
    problem = json.loads(await bot.says("room_problem"))
    assert problem["room"] == missing
    url = f"http://127.0.0.1:{any_town.web_port}/health/ready"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert missing in await answer.text()
