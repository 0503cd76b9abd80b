"""!stats at the public door: its words, and a picture that the homeserver hands out."""

import pytest

from tests.real.village import Village, body

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_statistics_come_as_words_and_as_a_picture(village: Village) -> None:
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    asked = await amy.says(room, "!ask How does this work? #manual")
    await amy.waits_for_card(room, asked)
    answer = await bob.says(room, "Like this.", thread=asked)
    await amy.reacts(room, answer, "✅")
    await amy.waits_for_card(room, asked, state="answered")
    said = await bob.says(room, "!stats here 7d")
    text = await bob.waits_for_reply(room, said)
    assert body(text).splitlines()[:3] == [
        "Statistics · 7 days (in brackets: the same time before)",
        "- New: 1 (0)",
        "- Answered: 1 (0)",
    ]
    assert "- Tags: #manual 100%" in body(text)
    assert "- Most accepted answers: Bob 1" in body(text)
    picture = await bob.waits_for(room, lambda event: event["content"].get("msgtype") == "m.image", within=40)
    content = picture["content"]
    assert content["body"].startswith("Chart from ")
    assert "new questions 1, answered 1. Waiting: 0 at the beginning" in content["body"]
    assert (content["info"]["mimetype"], content["info"]["w"], content["info"]["h"]) == ("image/png", 1600, 1000)
    assert content["m.relates_to"]["m.in_reply_to"]["event_id"] == said
    png = await bob.downloads(content["url"])
    assert png.startswith(b"\x89PNG")
    assert len(png) == content["info"]["size"]
