"""Rules on a true homeserver: who gets a question, what time brings after SIGKILL, a new rule by SIGHUP."""

from typing import Any

from tests.real.client import JsonObject
from tests.real.synapse import Town
from tests.real.test_reload import hangs_up


async def test_rules_give_questions_away_and_time_is_kept_through_kills(town: Town) -> None:
    amy, bob, cem = [await town.person(name) for name in ("amy", "bob", "cem")]
    room = await town.room("help", amy, bob, cem)
    vpn = {
        "name": "vpn",
        "when": {"text": "vpn"},
        "then": {"tag": "network", "assign": {"team": "desk"}, "say": "{number} is for the desk, {asker}."},
    }
    late = {"name": "late", "when": {"unanswered_for": "4s"}, "then": {"priority": "urgent", "say": "Still waiting."}}
    config: dict[str, Any] = {"teams": {"desk": [bob.user_id, cem.user_id]}, "rules": [vpn, late]}
    bot = await town.starts_bot(**config)

    first = await amy.says(room, "!ask My VPN is down")
    card = await amy.waits_for_card(room, first)
    assert (card.facts["tags"], card.facts["assignee"]) == (["network"], bob.user_id)
    await amy.waits_for(room, lambda e: _says(e, first, f"Q{card.number} is for the desk"))
    await bot.kill()
    await bot.start()
    second = await amy.says(room, "!ask Our vpn, too")
    assert (await amy.waits_for_card(room, second)).facts["assignee"] == cem.user_id

    town.write_config(**{**config, "rules": [vpn | {"then": {"priority": "low"}}, late]})
    await hangs_up(bot, "reloaded")
    third = await amy.says(room, "!ask And a vpn for me?")
    assert (await amy.waits_for_card(room, third)).facts["assignee"] is None
    for asked in (first, second, third):
        await amy.waits_for(room, lambda e, asked=asked: _says(e, asked, "Still waiting."), within=20)  # type: ignore[misc]
    said = [e for e in await amy.messages(room) if str(e["content"].get("body")) == "Still waiting."]
    assert len(said) == 3
    why = await bob.waits_for_reply(room, await bob.says(room, "!why", thread=first))
    assert "“vpn”" in why["content"]["body"] and "“late”" in why["content"]["body"]


def _says(event: JsonObject, thread: str, words: str) -> bool:
    content = event["content"]
    return content.get("m.relates_to", {}).get("event_id") == thread and words in str(content.get("body"))
