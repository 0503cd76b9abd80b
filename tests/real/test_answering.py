"""Answers, who may accept them and how, and how acceptance is taken back."""

import asyncio

import pytest

from tests.real.client import Card, JsonObject, Person
from tests.real.synapse import Town
from tests.real.village import Village, body, question, root, shows, signs

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_every_way_to_answer(village: Village) -> None:
    """In the thread, as a reply to question, card or answer, and by command; the asker's own words are comments."""
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    card = await question(amy, room, "!ask How many ways are there?")
    in_thread = await bob.says(room, "One way", thread=root(card))
    to_question = await bob.says(room, "> <@amy:x> How?\n\nTwo ways", reply_to=root(card))
    to_card = await bob.says(room, "Three ways", reply_to=card.event_id)
    to_answer = await bob.says(room, "Four ways", reply_to=in_thread)
    in_thread_to_answer = await bob.says(room, "Five ways", thread=root(card), reply_to=to_answer)
    by_command = await bob.says(room, f"!answer Q{card.number}\nSix ways")
    picture = {"msgtype": "m.image", "url": "mxc://x.org/a", "body": "seven.png"}
    as_picture = await bob.sends(room, "m.room.message", picture | thread(root(card)))
    await amy.says(room, "That is more than I thought", thread=root(card))
    await bob.says(room, "Lunch?")
    await village.calm(room, amy)
    answers = village.exported("answer", card.number)
    events = [in_thread, to_question, to_card, to_answer, in_thread_to_answer, by_command, as_picture]
    assert [a["event_id"] for a in answers] == events
    texts = ["One way", "Two ways", "Three ways", "Four ways", "Five ways", "Six ways", "seven.png"]
    assert [a["text"] for a in answers] == texts
    sent = await village.said(room, amy)
    assert [event["type"] for event in sent] == ["m.room.message", "m.reaction"], "a card and one silent sign"
    assert signs(sent) == [by_command]
    own = await village.answer_to(amy, room, f"!answer {card.number} myself")
    assert own.startswith(f"Q{card.number} is your own question.")
    assert await village.answer_to(bob, room, f"!answer {card.number}") == "Write: !answer [42] text…"


def thread(event: str) -> dict[str, object]:
    return {"m.relates_to": {"rel_type": "m.thread", "event_id": event, "is_falling_back": True}}


async def test_every_way_to_accept(village: Village) -> None:
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    room = await village.room(bob, amy, cleo)

    async def answered() -> tuple[Card, str, str]:
        card = await question(amy, room)
        first = await bob.says(room, "So.", thread=root(card))
        return card, first, await cleo.says(room, "Or so.", thread=root(card))

    card, first, newest = await answered()
    await amy.says(room, "!answered", thread=root(card))
    done = await shows(amy, card, "answered")
    assert done.accepted == [newest]
    assert "Accepted answer by Cleo" in done.body
    assert f"Q{card.number} · answered · asked by Amy" in done.body

    card, first, newest = await answered()
    await amy.says(room, "!answered", reply_to=first)
    assert (await shows(amy, card, "answered")).accepted == [first]

    card, first, newest = await answered()
    await amy.says(room, "!Answered", thread=root(card), reply_to=first)
    assert (await shows(amy, card, "answered")).accepted == [first]

    card, first, newest = await answered()
    await amy.says(room, f"!answered {card.number}")
    assert (await shows(amy, card, "answered")).accepted == [newest]

    card, first, newest = await answered()
    own = await amy.says(room, f"!answered #{card.number} I found it: under the mat")
    done = await shows(amy, card, "answered")
    assert done.accepted == [own]
    assert "Accepted answer by Amy" in done.body
    assert village.exported("answer", card.number)[-1]["text"] == "I found it: under the mat"

    card, first, newest = await answered()
    reaction = await amy.reacts(room, first, "✅")
    assert (await shows(amy, card, "answered")).accepted == [first]
    await amy.redacts(room, reaction)
    opened = await shows(amy, card, "open")
    assert opened.accepted == []
    assert village.question(card.number)["answered_at"] is None
    await amy.reacts(room, newest, "✔️")
    assert (await shows(amy, card, "answered")).accepted == [newest]
    await amy.says(room, "!reopen", thread=root(card))
    assert (await shows(amy, card, "open")).accepted == []
    await amy.says(room, f"!solved {card.number}")
    await shows(amy, card, "answered")
    await amy.says(room, f"!reopen {card.number}")
    await shows(amy, card, "open")


async def test_others_propose_and_the_asker_is_nudged_once(village: Village) -> None:
    amy, bob, cleo, dan = await village.people("Amy", "Bob", "Cleo", "Dan")
    room = await village.room(bob, amy, cleo, dan)
    card = await question(amy, room)
    mine = await cleo.says(room, "Like this", thread=root(card))
    await cleo.reacts(room, mine, "✅")
    nudge = await amy.waits_for(room, lambda e: "is the answer by" in body(e))
    assert body(nudge) == "Amy: is the answer by Cleo what you needed? Accept it with ✅ or !answered."
    assert nudge["content"]["m.mentions"] == {"user_ids": [amy.user_id]}
    await dan.says(room, "!answered", reply_to=mine)
    second = await dan.says(room, "Or like that", thread=root(card))
    await cleo.says(room, f"!answered {card.number}")
    shown = await village.answer_to(dan, room, f"!show {card.number}")
    assert "Cleo" in shown
    assert shown.count("(proposed)") == 2
    proposed = await amy.waits_for_card(room, root(card), state="open")
    assert "Proposed answer by Cleo" in proposed.body
    assert "Proposed answer by Dan" in proposed.body
    assert sum("is the answer by" in body(e) for e in await village.said(room, amy)) == 1
    await amy.reacts(room, second, "✅")
    assert (await shows(amy, card, "answered")).accepted == [second]


async def test_the_nudge_takes_the_answer(village: Village) -> None:
    """Askers react or reply to the nudge itself; and who alone answered proposes that by `!answered`."""
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    room = await village.room(bob, amy, cleo)

    async def nudged() -> tuple[Card, str, str]:
        card = await question(amy, room)
        answer = await cleo.says(room, "Like this", thread=root(card))
        said = await cleo.says(room, "!answered", thread=root(card))
        nudge = await amy.waits_for(room, lambda e: _replies_to(e, answer) and "what you needed" in body(e))
        assert said != nudge["event_id"]
        return card, answer, str(nudge["event_id"])

    card, answer, nudge = await nudged()
    mark = await amy.reacts(room, nudge, "✅")
    assert (await shows(amy, card, "answered")).accepted == [answer]
    await amy.redacts(room, mark)
    await shows(amy, card, "open")

    card, answer, nudge = await nudged()
    await amy.says(room, "!answered", reply_to=nudge)
    assert (await shows(amy, card, "answered")).accepted == [answer]

    card = await question(amy, room)
    own = await bob.says(room, "I know", thread=root(card))
    await bob.says(room, "!answered", thread=root(card))
    assert (await shows(amy, card, "answered")).accepted == [own], "a moderator may accept their own"


def _replies_to(event: JsonObject, target: str) -> bool:
    relation = event["content"].get("m.relates_to") or {}
    return bool((relation.get("m.in_reply_to") or {}).get("event_id") == target)


async def test_an_answer_given_in_another_room(village: Village) -> None:
    """It is accepted, edited and taken back where it was written, and nowhere else."""
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    room, lab = await village.room(bob, amy, cleo), await village.room(cleo, amy, space="lab")
    card = await question(amy, room)
    answer = await cleo.says(lab, f"!answer {card.number} Ask the xyzzyplugh")
    await amy.reacts(lab, answer, "✅")
    assert (await shows(amy, card, "answered")).accepted == [answer]
    await cleo.edits(lab, answer, f"!answer {card.number} Ask the plughxyzzy")
    await village.calm(lab, amy)
    assert [a["text"] for a in village.exported("answer", card.number)] == ["Ask the plughxyzzy"]
    await cleo.redacts(lab, answer)
    await shows(amy, card, "open")
    assert [a["text"] for a in village.exported("answer", card.number)] == [""]


async def test_who_may_accept(village: Village) -> None:
    """The asker, moderators of the room however they came to be, and staff where the space says so."""
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    lead = village.lead
    room = await village.room(bob, amy, cleo, lead, version="12")
    card = await question(amy, room)
    answer = await cleo.says(room, "So", thread=root(card))
    await bob.reacts(room, answer, "✅")
    assert (await shows(amy, card, "answered")).accepted == [answer], "the creator of a version 12 room"
    await bob.says(room, "!reopen", thread=root(card))
    await shows(amy, card, "open")
    await lead.reacts(room, answer, "✅")
    assert (await shows(amy, card, "answered")).accepted == [answer], "a moderator by the config"

    ours = await village.room(cleo, amy, bob, version="11")
    card = await question(amy, ours)
    answer = await cleo.says(ours, "So", thread=root(card))
    await bob.reacts(ours, answer, "✅")
    await amy.waits_for(ours, lambda e: "is the answer by" in body(e))
    powers = await cleo.state(ours, "m.room.power_levels")
    powers["users"] = powers["users"] | {bob.user_id: 50}
    await cleo.sets_state(ours, "m.room.power_levels", powers)
    await bob.says(ours, "!answered", reply_to=answer)
    await shows(amy, card, "answered")

    lab = await village.room(cleo, amy, bob, space="lab")
    card = await question(amy, lab)
    answer = await bob.says(lab, "So", thread=root(card))
    await bob.reacts(lab, answer, "✅")
    await amy.waits_for(lab, lambda e: "is the answer by" in body(e))
    other = await amy.waits_for_card(lab, root(card), state="open")
    assert "Proposed answer by Bob" in other.body, "staff may not accept their own answer"
    dan = await village.person("Dan")
    await cleo.invites(lab, dan.user_id)
    await dan.joins(lab)
    await dan.reacts(lab, answer, "✅")
    await shows(amy, card, "answered")


async def test_several_accepted_answers(village: Village) -> None:
    """One is primary, the asker's choice; what asker and moderator both accept is endorsed."""
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    room = await village.room(bob, amy, cleo)
    card = await question(amy, room)
    first = await cleo.says(room, "So", thread=root(card))
    second = await cleo.says(room, "Or so", thread=root(card))
    await bob.reacts(room, first, "✅")
    await shows(amy, card, "answered")
    choice = await amy.reacts(room, second, "✅")
    await village.calm(room, amy)
    assert (await shows(amy, card, "answered")).accepted == [second, first]
    await amy.says(room, "!answered", reply_to=first)
    await village.calm(room, amy)
    assert (await shows(amy, card, "answered")).accepted == [first, second]
    shown = await village.answer_to(bob, room, "!show", thread=root(card))
    assert "(accepted and endorsed) – So" in shown
    assert "(accepted) – Or so" in shown
    await amy.redacts(room, choice)
    await village.calm(room, amy)
    assert (await shows(amy, card, "answered")).accepted == [first]


async def test_two_accept_at_once(village: Village) -> None:
    """One settles it, both count, and the card says it once."""
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    room = await village.room(bob, amy, cleo)
    card = await question(amy, room)
    answer = await cleo.says(room, "So", thread=root(card))
    await asyncio.gather(amy.reacts(room, answer, "✅"), bob.says(room, "!answered", thread=root(card)))
    await shows(amy, card, "answered")
    await village.calm(room, amy)
    assert (await shows(amy, card, "answered")).accepted == [answer]
    facts = [f for f in village.exported("fact", card.number) if f["kind"] == "AnswerAccepted"]
    assert [f["settles"] for f in facts] == [True, False]
    third = await village.answer_to(cleo, room, "!answered", reply_to=answer)
    assert third.startswith(f"That answer to Q{card.number} was accepted by ")


async def test_nothing_to_accept(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(bob, amy)
    card = await question(amy, room)
    refused = await village.answer_to(amy, room, "!answered", thread=root(card))
    assert refused.startswith(f"Q{card.number} has no answer yet that could be accepted.")
    assert f"!answered {card.number} and the answer" in refused
    lost = await village.answer_to(amy, room, "!answered")
    assert lost == "Which question? Give its number, like !show 42, or write in its thread."


async def test_an_accepted_answer_is_redacted(village: Village) -> None:
    """The question is open again, and its followers are told in a direct chat, once.

    Nobody is told twice in a minute: each of them began to follow when the one before had been told.
    """
    amy, bob, cleo, dora, emil = await village.people("Amy", "Bob", "Cleo", "Dora", "Emil")
    room = await village.room(bob, amy, cleo, dora, emil)
    card = await question(amy, room, "!ask Who has the password?")
    answer = await bob.says(room, "It is hunter2", thread=root(card))
    await cleo.says(room, "!follow", thread=root(card))
    await amy.reacts(room, answer, "✅")
    told = await _is_told(cleo, village)
    assert told.startswith(f"Q{card.number} is answered: Who has the password? (https://matrix.to/#/!")
    await dora.says(room, "!follow", thread=root(card))
    await village.calm(room, dora)
    await bob.redacts(room, answer)
    opened = await shows(amy, card, "open")
    assert opened.accepted == []
    told = await _is_told(dora, village)
    assert told.startswith(f"Q{card.number} is open again, its accepted answer was withdrawn: ")
    await bob.says(room, "Ask the lead", thread=root(card))
    await emil.says(room, "!follow", thread=root(card))
    await village.calm(room, emil)
    await amy.says(room, "!close the door", thread=root(card))
    assert (await _is_told(emil, village)).startswith(f"Q{card.number} was closed: ")
    assert b"hunter2" not in village.database_bytes()


async def _is_told(person: Person, village: Village) -> str:
    """The first message in the direct chat that the bot opens."""
    chat = await person.waits_for_invite(village.town.bot_user_id)
    await person.joins(chat)
    return body(await person.waits_for(chat, lambda e: body(e).startswith("Q")))


async def test_edits_of_answers(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(bob, amy)
    card = await question(amy, room)
    answer = await bob.says(room, "Use teh client", thread=root(card))
    await bob.edits(room, answer, "Use the client")
    command = await bob.says(room, f"!answer {card.number} Or cal us")
    await bob.edits(room, command, f"!answer {card.number} Or call us")
    await village.calm(room, amy)
    assert [a["text"] for a in village.exported("answer", card.number)] == ["Use the client", "Or call us"]


@pytest.mark.asyncio(loop_scope="function")
async def test_an_application_service_tells_in_direct_chats_too(push_town: Town) -> None:
    """Their names are part of its registration; a second message comes in the same chat."""
    amy, bob = await push_town.person("amy"), await push_town.person("bob")
    room = await push_town.room("help", amy, bob)
    await push_town.starts_bot()
    card = await question(amy, room)
    await bob.says(room, "!follow", thread=root(card))
    await amy.says(room, "!close", thread=root(card))
    chat = await bob.waits_for_invite(push_town.bot_user_id)
    await bob.joins(chat)
    await bob.waits_for(chat, lambda e: "was closed" in body(e))
    await amy.sets_state(room, "m.room.history_visibility", {"history_visibility": "world_readable"})
    await bob.says(room, "!profile")
    await bob.waits_for(chat, lambda e: body(e).startswith("What you told me of yourself"))
    alias = (await bob.state(chat, "m.room.canonical_alias"))["alias"]
    assert alias.startswith("#askbridge-direct-")
