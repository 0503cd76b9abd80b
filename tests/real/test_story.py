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
