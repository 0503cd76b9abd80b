"""A triage room on a true homeserver, and an assignee who stays silent, with SIGKILL in between."""

import pytest

from tests.real.client import JsonObject
from tests.real.synapse import Town

pytestmark = pytest.mark.asyncio


async def test_a_question_is_triaged_claimed_and_given_back(town: Town) -> None:
    amy, bob = await town.person("amy"), await town.person("bob")
    room = await town.room("help", amy, bob)
    triage = await town.room("triage", amy, bob, mapped=False)
    # Between the two, a restart has to fit in, on a busy machine: who is back too late need not remind.
    patience = {"remind_after": "3s", "return_after": "25s"}
    space = {"level": "internal", "rooms": [room], "triage_room": triage, "assignment": patience}
    bot = await town.starts_bot(spaces={"helpdesk": space})

    asked = await amy.says(room, "!ask How do I reach the printer?")
    await bot.kill()
    await bot.start()
    card = await bob.waits_for(triage, _is_card)
    assert "How do I reach the printer?" in card["content"]["body"]

    await bob.reacts(triage, card["event_id"], "🙋")
    await bob.waits_for(triage, lambda e: _shows(e, card, "claimed"))
    await bot.kill()
    await bot.start()
    chat = await bob.waits_for_invite(town.bot_user_id, within=20)
    await bob.joins(chat)
    await bot.kill()
    await bot.start()
    await bob.waits_for(triage, lambda e: _shows(e, card, "open"), within=45)
    assert (await amy.waits_for_card(room, asked, state="open")).facts["assignee"] is None
    await bob.waits_for(chat, _reminds)

    assert len([e for e in await bob.messages(triage) if _is_card(e)]) == 1
    assert len([e for e in await bob.messages(chat) if _reminds(e)]) == 1
    assert len([e for e in await bob.messages(triage) if _shows(e, card, "open")]) == 1

    await amy.reacts(triage, card["event_id"], "❌")
    await amy.waits_for_card(room, asked, state="closed")
    asking = await amy.says(triage, "!ask Here?")
    refused = await amy.waits_for_reply(triage, asking)
    assert refused["content"]["body"].startswith("Questions are not asked in a triage room.")


def _is_card(event: JsonObject) -> bool:
    return "org.askbridge.triage" in event["content"] and "m.relates_to" not in event["content"]


def _shows(event: JsonObject, card: JsonObject, state: str) -> bool:
    """Whether it edits the card so that it shows a state."""
    content = event["content"]
    edits = content.get("m.relates_to", {}).get("event_id") == card["event_id"] and "m.new_content" in content
    return edits and content["m.new_content"]["org.askbridge.triage"]["state"] == state


def _reminds(event: JsonObject) -> bool:
    return "still waits for your answer" in str(event["content"].get("body"))
