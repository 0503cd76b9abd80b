"""All forms of asking, what belongs to a question, and what becomes of it when its message changes."""

import asyncio

import pytest

from bridge.domain.questions import TEXT_LIMIT
from tests.real.client import Card, JsonObject, Person
from tests.real.village import Village, body, edited

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def asked(person: Person, room: str, text: str, **where: object) -> tuple[str, Card]:
    """The event that asked, and its card."""
    event = await person.says(room, text, **where)  # type: ignore[arg-type]
    return event, await person.waits_for_card(room, event)


async def test_ask_with_title_body_and_tags(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    event, card = await asked(amy, room, "!Ask\nWhere is the #Key of #room-12?\nNot on the hook.\n\nSee #help:x.org #1")
    assert card.state == "open"
    assert card.facts["tags"] == ["key", "room-12"]
    assert card.content["m.relates_to"]["event_id"] == event
    assert card.body.splitlines() == [
        f"Q{card.number} · open · asked by Amy · #key #room-12",
        "Answer in this thread. !answered or ✅ on the best answer settles it.",
    ]
    question = village.question(card.number)
    assert question["title"] == "Where is the #Key of #room-12?"
    assert question["body"] == "Not on the hook.\n\nSee #help:x.org #1"
    assert question["asker"] == amy.user_id
    assert question["space"] == "helpdesk"


async def test_mentions_ask(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    me = village.town.bot_user_id
    name = me[1:].partition(":")[0]
    pill = f'<a href="https://matrix.to/#/{me}">{name}</a>'
    for number, said in enumerate(
        (
            {"text": f"{name}: how do I print 0?", "html": f"{pill}: how do I print 0?", "mentions": [me]},
            {"text": f"{name} how do I print 1?", "html": f"{pill} how do I print 1?"},
            {"text": f"{me} how do I print 2?"},
            {"text": f"how do I print 3? {name}", "html": f"how do I print 3? {pill}", "mentions": [me]},
        )
    ):
        _, card = await asked(amy, room, **said)  # type: ignore[arg-type]
        assert village.question(card.number)["title"] == f"how do I print {number}?"
        assert card.content["m.mentions"] == {}


async def test_what_others_said_is_asked_for_them(village: Village) -> None:
    """`!ask` as a reply and ❓ by staff make the author the asker; ❓ by others does nothing."""
    amy, bob = await village.people("Amy", "Bob")
    guest = await village.person("Gus", staff=False)
    room = await village.room(bob, amy, guest)
    wonder = await amy.says(room, "Who has the beamer? #beamer")
    await bob.says(room, "!ask", reply_to=wonder)
    card = await bob.waits_for_card(room, wonder)
    assert village.question(card.number)["asker"] == amy.user_id
    assert card.facts["tags"] == ["beamer"]
    assert "asked by Amy" in card.body

    other = await guest.says(room, "Is there coffee?")
    await guest.reacts(room, other, "❓")
    await village.calm(room, guest)
    assert await guest.card(room, other) is None
    await bob.reacts(room, other, "❓\ufe0f")
    card = await bob.waits_for_card(room, other)
    assert "asked by Gus" in card.body
    again = await village.answer_to(bob, room, "!ask", reply_to=other)
    assert again == f"That message is a question already: Q{card.number}."


async def test_files_belong_to_the_question(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    picture = {"msgtype": "m.image", "url": "mxc://x.org/a", "filename": "error.png", "body": "!ask What is this?"}
    event = await amy.sends(room, "m.room.message", picture)
    card = await amy.waits_for_card(room, event)
    shown = await village.answer_to(bob, room, f"!show {card.number}")
    assert "What is this?" in shown
    assert "- error.png" in shown.splitlines()

    voice = {"msgtype": "m.audio", "url": "mxc://x.org/b", "body": "Voice message.ogg", "org.matrix.msc3245.voice": {}}
    event = await amy.sends(room, "m.room.message", voice)
    await bob.says(room, "!ask", reply_to=event)
    card = await amy.waits_for_card(room, event)
    assert village.question(card.number)["title"] == "Voice message.ogg"
    assert village.question(card.number)["asker"] == amy.user_id

    document = {"msgtype": "m.file", "url": "mxc://x.org/c", "body": "contract.pdf"}
    event = await amy.sends(room, "m.room.message", document)
    reply = await bob.says(room, "!ask Who signs this?", reply_to=event)
    card = await amy.waits_for_card(room, reply)
    shown = await village.answer_to(bob, room, f"!show {card.number}")
    assert "- contract.pdf" in shown.splitlines()
    assert "asked by Bob" in shown


async def test_asking_in_a_thread(village: Village) -> None:
    """The thread is the question's; what others write there from now on are answers."""
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    root = await amy.says(room, "The new office is ready.")
    event = await amy.says(room, "!ask When do we move?", thread=root)
    card = await amy.waits_for_card(room, root)
    assert card.content["m.relates_to"]["event_id"] == root
    await bob.says(room, "On Monday.", thread=root)
    await amy.says(room, "!answered", thread=root)
    card = await amy.waits_for_card(room, root, state="answered")
    assert village.question(card.number)["event_id"] == event
    second = await village.answer_to(bob, room, "!ask And who helps?", thread=root)
    assert second == f"This thread belongs to Q{card.number}. Ask in the room itself."


async def test_directed_questions(village: Village) -> None:
    """Those named at the start are assigned and notified; nobody else, absent people and the room are not."""
    amy, alice, bob = await village.people("Amy", "Alice Ann", "Bob")
    stranger = await village.person("Stranger")
    room = await village.room(amy, alice, bob)
    _, card = await asked(amy, room, f"!ask {alice.user_id} Who knows {bob.user_id}?", mentions=[alice.user_id])
    assert card.content["m.mentions"] == {"user_ids": [alice.user_id]}
    assert card.facts["assignee"] == alice.user_id
    assert f"Q{card.number} · open, for Alice Ann · asked by Amy" in card.body
    assert village.question(card.number)["title"] == f"Who knows {bob.user_id}?"

    pill = f'!ask <a href="https://matrix.to/#/{bob.user_id}">Bob</a>: where?'
    _, card = await asked(amy, room, "!ask Bob: where?", html=pill, mentions=[bob.user_id])
    assert card.facts["assignee"] == bob.user_id
    assert village.question(card.number)["title"] == "where?"

    both = f"!ask {alice.user_id} {bob.user_id} who of you?"
    _, card = await asked(amy, room, both)
    assert card.content["m.mentions"] == {"user_ids": [alice.user_id, bob.user_id]}

    _, card = await asked(amy, room, f"!ask {stranger.user_id} are you there? @room")
    assert card.content["m.mentions"] == {}
    assert card.facts["assignee"] is None


async def test_empty_and_endless_questions(village: Village) -> None:
    amy = await village.person("Amy")
    room = await village.room(amy)
    for empty in ("!ask", "!ask  \n "):
        assert (await village.answer_to(amy, room, empty)).startswith("A question needs words. Write: !ask ")
    too_long = await village.answer_to(amy, room, "!ask " + "x" * (TEXT_LIMIT + 1))
    assert "20,001" in too_long
    assert "20,000" in too_long
    assert await village.answer_to(amy, room, "!questions here") == "No questions found."
    _, card = await asked(amy, room, "!ask " + "ж" * TEXT_LIMIT)
    assert village.question(card.number)["title"] == "ж" * TEXT_LIMIT


async def test_edits_change_the_question(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    event, card = await asked(amy, room, "!ask How do I prnt?")
    await amy.edits(room, event, "!ask How do I print? #printer\nIn colour.")
    await village.calm(room, amy)
    changed = await amy.waits_for_card(room, event)
    assert changed.number == card.number
    assert changed.facts["tags"] == ["printer"]
    question = village.question(card.number)
    assert (question["title"], question["body"]) == ("How do I print? #printer", "In colour.")
    await bob.edits(room, event, "!ask Hacked")
    await village.calm(room, amy)
    assert village.question(card.number)["title"] == "How do I print? #printer"

    chat = await amy.says(room, "aks how do I scan?")
    await amy.edits(room, chat, "!ask How do I scan?")
    card = await amy.waits_for_card(room, chat)
    assert village.question(card.number)["title"] == "How do I scan?"
    assert village.question(card.number)["event_id"] == chat


async def test_a_redaction_takes_the_text_away(village: Village) -> None:
    """From card, lists and the database file; the number stays and says what happened."""
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    event, card = await asked(amy, room, "!ask My secret is plughxyzzy #secrettag")
    await amy.edits(room, event, "!ask My secret is plughxyzzy! #secrettag")
    answer = await bob.says(room, "I know about plughxyzzy", thread=event)
    await amy.redacts(room, event)
    closed = await amy.waits_for_card(room, event, state="closed")
    assert closed.body == f"Q{card.number} · closed (withdrawn) · asked by Amy"
    assert closed.facts["tags"] == []
    await bob.redacts(room, answer)
    await village.calm(room, amy)
    assert await village.answer_to(bob, room, "!questions here") == "No questions found."
    for text in (f"!show {card.number}", f"!answered {card.number} yes", f"!claim {card.number}"):
        assert await village.answer_to(bob, room, text) == f"Q{card.number} was withdrawn."
    await _gone(village, b"plughxyzzy", b"secrettag")
    _, following = await asked(amy, room, "!ask Next?")
    assert following.number > card.number


async def _gone(village: Village, *secrets: bytes) -> None:
    """The file itself is looked at; a reader may hold up the checkpoint for a moment."""
    for _ in range(50):
        content = village.database_bytes()
        if not any(secret in content for secret in secrets):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{[s for s in secrets if s in content]} is still in the database file")


async def test_a_question_goes_with_what_it_was_made_of(village: Village) -> None:
    """A message that somebody else made a question is withdrawn by its author, too."""
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    event = await amy.says(room, "Where is the ladder?")
    await bob.reacts(room, event, "❓")
    await bob.waits_for_card(room, event)
    await amy.edits(room, event, "Where is the long ladder?")
    await village.calm(room, amy)
    card = await amy.waits_for_card(room, event)
    assert village.question(card.number)["title"] == "Where is the long ladder?"
    await amy.redacts(room, event)
    await amy.waits_for_card(room, event, state="closed")
    sent = await village.said(room, bob)
    assert [edited(e) for e in sent] == [False, True]
    assert all("ladder" not in body(e) for e in sent)


def _marked(event: JsonObject) -> bool:
    return isinstance(event["content"].get("org.askbridge.effect"), str)
