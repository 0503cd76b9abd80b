"""`!forget me` against a true homeserver: what somebody wrote leaves the card, the lists and the disk."""

import pytest

from tests.real.village import Village, body, question, root, shows

pytestmark = pytest.mark.asyncio(loop_scope="session")
MARK = "Xanadu"


async def test_somebody_is_forgotten(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(bob, amy)
    card = await question(amy, room, f"!ask Where is {MARK}? #{MARK}")
    await bob.says(room, "In a poem.", thread=root(card))
    await amy.says(room, "!answered", thread=root(card))
    await shows(amy, card, "answered")
    held = await question(amy, room, "!ask What is kept?")
    await bob.says(room, f"!hold {held.number}")
    await village.calm(room, bob)

    chat = await village.direct(amy)
    await amy.says(chat, "!forget me")
    asked = await amy.waits_for(chat, lambda e: "cannot be undone" in body(e))
    assert village.question(card.number)["asker"] == amy.user_id, "nothing is done before the ✅"
    await amy.reacts(chat, asked["event_id"], "✅")
    done = await amy.waits_for(chat, lambda e: body(e).startswith("It is done"), within=30)
    assert "except in 1 question that moderators keep for good" in body(done)

    edited = await amy.waits_for(room, lambda e: "its text was deleted" in body(e))
    assert MARK not in str(edited["content"])
    assert "asked by somebody who was forgotten" in body(edited)
    gone, kept = village.question(card.number), village.question(held.number)
    assert (gone["title"], gone["tags"], gone["state"]) == ("", [], "answered")
    assert gone["asker"].endswith(":invalid")
    assert (kept["title"], kept["asker"], kept["held"]) == ("What is kept?", amy.user_id, True)
    assert [a["text"] for a in village.exported("answer", card.number)] == ["In a poem."]
    assert MARK.encode() not in village.database_bytes()
    assert MARK.lower().encode() not in village.database_bytes(), "nor in the full text"
    facts = [fact["kind"] for fact in village.exported("fact", card.number)]
    assert (facts[0], facts[-1]) == ("QuestionAsked", "QuestionForgotten")
