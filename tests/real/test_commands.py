"""Help, commands that nobody knows, and how commands may be typed."""

import pytest

from tests.real.village import Village, signs

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_help(village: Village) -> None:
    amy = await village.person("Amy")
    room, chat = await village.room(amy), await village.direct(amy)
    overview = await village.answer_to(amy, room, "!help")
    assert "!ask" in overview
    assert "- !answered [42] [text…] – Settle a question." in overview.splitlines()
    private = await village.answer_to(amy, chat, "!help")
    assert "!ask" not in private, "what cannot be done here is not offered here"
    assert "!unanswered [filters…]" in private
    topic = await village.answer_to(amy, room, "!help !ANSWERED")
    assert topic.splitlines()[0] == "!answered [42] [text…]"
    assert topic == await village.answer_to(amy, room, "!help solved")
    assert await village.answer_to(amy, room, "!help anser") == "There is no command anser. Did you mean !answer?"


async def test_unknown_commands(village: Village) -> None:
    """The nearest is suggested; what is nothing like ours belongs to another bot and gets no word."""
    amy = await village.person("Amy")
    room, chat = await village.room(amy), await village.direct(amy)
    assert await village.answer_to(amy, room, "!anwsered 3") == "I do not know !anwsered. Did you mean !answered?"
    assert await village.answer_to(amy, room, "!Unansered") == "I do not know !unansered. Did you mean !unanswered?"
    for foreign in ("!roll 2d6", "!!", "! ask", "!42", "!"):
        await amy.says(room, foreign)
    assert len(await village.said(room, amy)) == 2
    assert await village.answer_to(amy, chat, "!roll 2d6") == "I do not know !roll. Did you mean !help?"


@pytest.mark.parametrize(
    "typed",
    ["!claim {0}", "!CLAIM Q{0}", "！claim #{0}", "  !claim   0{0}  ", "!claim\n{0}", "!claim: {0}.", "* !claim {0}"],
)
async def test_how_people_type(village: Village, typed: str) -> None:
    """Capitals, blanks, full-width marks and punctuation do not matter; `* !claim` is no command."""
    amy = await village.person("Amy")
    room = await village.room(amy)
    card = await amy.waits_for_card(room, await amy.says(room, "!ask\nHow?"))
    command = await amy.says(room, typed.format(card.number), html=f"<p>{typed.format(card.number)}</p>")
    expected = [] if typed.startswith("*") else [command]
    assert signs(await village.said(room, amy)) == expected


async def test_commands_behind_our_name(village: Village) -> None:
    """Who calls the bot by name may still mean a command; `@qa help` asks nobody in the room."""
    amy = await village.person("Amy")
    room = await village.room(amy)
    me = village.town.bot_user_id
    pill = f'<a href="https://matrix.to/#/{me}">Helper</a>'
    for text in ("help", "Help?", "!help"):
        said = await village.answer_to(amy, room, f"Helper: {text}", html=f"{pill}: {text}", mentions=[me])
        assert said.startswith("I keep track of questions in this room")
    assert await village.answer_to(amy, room, f"{me} !unanswered here") == "No unanswered questions."
    near = await village.answer_to(amy, room, "Helper !unansered", html=f"{pill} !unansered", mentions=[me])
    assert near == "I do not know !unansered. Did you mean !unanswered?"
    asked = await amy.says(room, "Helper: !important or not?", html=f"{pill}: !important or not?", mentions=[me])
    card = await amy.waits_for_card(room, asked)
    assert village.question(card.number)["title"] == "!important or not?"


async def test_quoted_filters_and_words_too_many(village: Village) -> None:
    amy = await village.person("Amy")
    room = await village.room(amy)
    card = await amy.waits_for_card(room, await amy.says(room, "!ask How? #vpn"))
    assert f"Q{card.number}" in await village.answer_to(amy, room, "!questions “here” «tag:vpn»")
    told = await village.answer_to(amy, room, f"!claim {card.number} now please")
    assert told == "I cannot use “now please” here. Write: !claim [42]"


async def test_an_edited_command_is_not_carried_out_again(village: Village) -> None:
    amy = await village.person("Amy")
    room = await village.room(amy)
    card = await amy.waits_for_card(room, await amy.says(room, "!ask How?"))
    command = await amy.says(room, f"!close {card.number} done")
    await amy.waits_for_card(room, card.number, state="closed")
    await amy.says(room, f"!reopen {card.number}")
    await amy.waits_for_card(room, card.number, state="open")
    await amy.edits(room, command, f"!close {card.number} really done")
    await village.calm(room, amy)
    assert (await amy.waits_for_card(room, card.number)).state == "open"


async def test_other_bots_and_quotes_are_left_alone(village: Village) -> None:
    """Notices of others, quoted commands, and empty or strange messages get no answer."""
    amy, robot = await village.people("Amy", "Robot")
    room = await village.room(amy, robot)
    me = village.town.bot_user_id
    notice = {"msgtype": "m.notice", "body": f"!ask {me} are you a bot?", "m.mentions": {"user_ids": [me]}}
    said = await robot.sends(room, "m.room.message", notice)
    await robot.sends(room, "m.room.message", notice | {"body": "!unanswered"})
    await amy.says(room, "> !ask is that how?\n\nNo", reply_to=said)
    await amy.says(room, "> !ask is that how?")
    await amy.sends(room, "m.room.message", {"msgtype": "m.location", "body": "!ask where", "geo_uri": "geo:0,0"})
    await amy.sends(room, "m.sticker", {"body": "!ask", "url": "mxc://x.org/a"})
    assert await village.said(room, amy) == []


async def test_quiet(village: Village) -> None:
    """A long story: one card, edits of it, and nothing that pings anybody who was not meant."""
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    room = await village.room(bob, amy, cleo)
    event = await amy.says(room, "!ask How do we ship? #ship")
    card = await amy.waits_for_card(room, event)
    await cleo.says(room, "!claim", thread=event)
    answer = await cleo.says(room, "By boat", thread=event)
    await amy.says(room, "Why not by train?", thread=event)
    await amy.edits(room, event, "!ask How do we ship it? #ship")
    await cleo.edits(room, answer, "By ship")
    await bob.reacts(room, answer, "👍")
    await bob.says(room, "!answered", reply_to=answer)
    await amy.reacts(room, answer, "✅")
    await amy.says(room, "!reopen", thread=event)
    await bob.says(room, "lunch?")
    await amy.says(room, "!answered", thread=event)
    await bob.says(room, f"!close {card.number} shipped")
    await amy.waits_for_card(room, event, state="closed")
    sent = await village.said(room, amy)
    messages = [e for e in sent if e["type"] == "m.room.message"]
    new = [e for e in messages if e["content"].get("m.relates_to", {}).get("rel_type") != "m.replace"]
    assert [e["event_id"] for e in new] == [card.event_id]
    assert all(e["content"]["msgtype"] == "m.notice" for e in messages)
    assert all(e["content"]["m.mentions"] == {} for e in messages)
    assert all(e["content"]["m.new_content"]["m.mentions"] == {} for e in messages if e not in new)
    assert len(signs(sent)) == 2, "a silent sign for each command given outside the thread"
    effects = [e["content"]["org.askbridge.effect"] for e in sent]
    assert len(set(effects)) == len(sent)
    facts = (await amy.waits_for_card(room, event)).facts
    assert set(facts) == {"question", "state", "space", "assignee", "accepted", "tags"}
    assert facts == {
        "question": card.number,
        "state": "closed",
        "space": "helpdesk",
        "assignee": cleo.user_id,
        "accepted": [answer],
        "tags": ["ship"],
    }
