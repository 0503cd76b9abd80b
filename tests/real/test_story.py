"""The main job, told in rooms of a true homeserver, by both ways in."""

from tests.real.synapse import Town


async def test_ask_answer_accept(any_town: Town) -> None:
    amy, bob = await any_town.person("amy"), await any_town.person("bob")
    room = await any_town.room("help", amy, bob)
    await any_town.starts_bot()
    asked = await amy.says(room, "!ask How do I reach the VPN? #vpn")
    card = await amy.waits_for_card(room, asked, state="open")
    assert "Q1" in card.body
    answer = await bob.says(room, "Use the new client.", thread=asked)
    await amy.says(room, "!answered", thread=asked)
    card = await amy.waits_for_card(room, asked, state="answered")
    assert card.accepted == [answer]
    assert card.number == 1


async def test_the_same_story_on_postgresql(town: Town, postgres_database: str) -> None:
    """Killed in between: what PostgreSQL holds is enough to go on."""
    town.database = postgres_database
    amy, bob = await town.person("amy"), await town.person("bob")
    room = await town.room("help", amy, bob)
    bot = await town.starts_bot()
    asked = await amy.says(room, "!ask Wo ist der Schlüssel? #büro")
    await amy.waits_for_card(room, asked, state="open")
    await bob.says(room, "Am Empfang.", thread=asked)
    await bot.kill()
    await amy.says(room, "!answered", thread=asked)
    await bot.restart()
    card = await amy.waits_for_card(room, asked, state="answered")
    assert card.facts["tags"] == ["büro"]
    listed = await bob.says(room, "!questions tag:büro is:answered")
    assert "Wo ist der Schlüssel?" in (await bob.waits_for_reply(room, listed))["content"]["body"]
    cards = [
        e
        for e in await amy.messages(room)
        if "org.askbridge.card" in e["content"] and "m.new_content" not in e["content"]
    ]
    assert len(cards) == 1
