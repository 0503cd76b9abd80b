"""Following, telling and experts, on a true homeserver."""

import pytest

from tests.real.village import Village, body, question, root

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_follows_a_tag_is_told_and_becomes_known_for_it(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    chat = await village.direct(bob)
    assert await village.answer_to(bob, chat, "!notify") == (
        "I write to you about everything that you follow. Change it with !notify all, !notify mentions or !notify off"
    )
    await bob.says(chat, "!follow tag:tunnel")
    listed = await village.answer_to(bob, chat, "!follow")
    assert listed.startswith("• tag:tunnel\nTags, spaces and people that you follow: 1. Questions: 0.")
    card = await question(amy, room, "!ask Is the #tunnel dug?")
    told = await bob.waits_for(chat, lambda e: body(e).startswith("New question"))
    assert body(told).startswith(f"New question Q{card.number}: Is the #tunnel dug? (https://matrix.to/#/!")
    answer = await bob.says(room, "Nearly.", thread=root(card))
    await amy.reacts(room, answer, "✅")
    await amy.waits_for_card(room, root(card), state="answered")
    assert (await village.answer_to(bob, chat, "!experts tunnel")).splitlines() == [
        "Who knows about #tunnel:",
        "- Bob: accepted answers: 1",
    ]
    await village.answer_to(bob, chat, "!notify off")
    other = await question(amy, room, "!ask Is the other #tunnel dug?")
    assert (await village.answer_to(amy, room, "!experts tunnel")).endswith("- Bob: accepted answers: 1")
    said = [body(event) for event in await village.said(chat, bob)]
    assert not any(f"Q{other.number}" in text for text in said)
