"""A question that was answered before, in another language: found, shown on the card, and taken."""

import pytest

from tests.real.synapse import Town

pytestmark = pytest.mark.asyncio


async def test_a_question_in_another_language_finds_the_answer_and_the_asker_takes_it(town: Town) -> None:
    amy, bob, cleo = [await town.person(name) for name in ("amy", "bob", "cleo")]
    room = await town.room("helpdesk", bob, amy, cleo)
    await town.starts_bot(search={"semantic": True})
    asked = await amy.says(room, "!ask How do I reset my VPN password?")
    await amy.waits_for_card(room, asked)
    answer = await bob.says(room, "At id.example.org, with your badge.", thread=asked)
    await amy.reacts(room, answer, "✅")
    await amy.waits_for_card(room, asked, state="answered")

    again = await cleo.says(room, "!ask Comment réinitialiser mon mot de passe VPN ?")
    await cleo.waits_for(room, lambda e: "Perhaps answered already" in str(e["content"].get("body")), within=30)
    card = await cleo.waits_for_card(room, again)
    assert "1️⃣ Q1 How do I reset my VPN password? (https://matrix.to/#/" in card.body
    assert answer.replace("$", "%24") in card.content["formatted_body"] or answer in card.content["formatted_body"]
    taken = await cleo.reacts(room, card.event_id, "✅")
    closed = await cleo.waits_for_card(room, again, state="closed")
    assert "closed (asked before: Q1)" in closed.body
    await amy.waits_for(room, lambda e: "asked 2 times" in str(e["content"].get("body")))
    await cleo.redacts(room, taken)
    assert (await cleo.waits_for_card(room, again, state="open")).facts["state"] == "open"
