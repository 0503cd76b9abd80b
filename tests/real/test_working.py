"""Claiming, closing, voting and following."""

import pytest

from tests.real.village import Village, edited, question, root, shows, signs

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_claim_and_release(village: Village) -> None:
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    room = await village.room(bob, amy, cleo)
    card = await question(amy, room)
    await cleo.says(room, "!claim", thread=root(card))
    claimed = await shows(amy, card, "claimed")
    assert claimed.facts["assignee"] == cleo.user_id
    assert f"Q{card.number} · claimed by Cleo · asked by Amy" in claimed.body
    taken = await village.answer_to(bob, room, f"!claim {card.number}")
    assert taken == f"Q{card.number} is claimed by Cleo. Talk to them, or wait for !unclaim."
    mine = await village.answer_to(amy, room, f"!unclaim {card.number}")
    assert mine == f"Q{card.number} is claimed by Cleo. Only they and moderators can give it back."
    await bob.says(room, "!unclaim", reply_to=card.event_id)
    assert (await shows(amy, card, "open")).facts["assignee"] is None
    hand = await cleo.reacts(room, root(card), "🙋‍♀️")
    await shows(amy, card, "claimed")
    await cleo.redacts(room, hand)
    await shows(amy, card, "open")
    await bob.reacts(room, card.event_id, "🙋")
    await shows(amy, card, "claimed")
    await bob.says(room, f"!unclaim {card.number}")
    await shows(amy, card, "open")
    assert await village.answer_to(bob, room, f"!unclaim {card.number}") == f"Nobody has claimed Q{card.number}."


async def test_close_and_reopen(village: Village) -> None:
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    room = await village.room(bob, amy, cleo)
    card = await question(amy, room)
    number = card.number
    refused = await village.answer_to(cleo, room, f"!close {number}")
    assert refused == f"Only its asker, its assignee and moderators can close Q{number}."
    await amy.says(room, "!close solved\nby phone", thread=root(card))
    closed = await shows(amy, card, "closed")
    assert closed.body == f"Q{number} · closed (solved by phone) · asked by Amy"
    assert village.question(number)["reason"] == "solved by phone"
    assert await village.answer_to(amy, room, f"!close {number}") == f"Q{number} is closed already."
    late = await village.answer_to(amy, room, f"!answered {number} too late")
    assert late == f"Q{number} is closed. !reopen {number} opens it again."
    refused = await village.answer_to(cleo, room, f"!reopen {number}")
    assert refused == f"Only its asker, its assignee and moderators can open Q{number} again."
    await bob.says(room, f"!reopen {number}")
    opened = await shows(amy, card, "open")
    assert "closed" not in opened.body
    assert await village.answer_to(bob, room, f"!reopen {number}") == f"Q{number} is open already."


async def test_votes_are_silent(village: Village) -> None:
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    room = await village.room(bob, amy, cleo)
    card = await question(amy, room)
    answer = await bob.says(room, "So", thread=root(card))
    for voter, key in ((amy, "👍"), (cleo, "👎🏽"), (bob, "👍")):
        await voter.reacts(room, answer, key)
    await cleo.reacts(room, card.event_id, "👍")
    sent = await village.said(room, amy)
    assert [edited(e) for e in sent] == [False]


async def test_follow_and_unfollow(village: Village) -> None:
    amy, bob, cleo = await village.people("Amy", "Bob", "Cleo")
    room = await village.room(bob, amy, cleo)
    card = await question(amy, room)
    eyes = await cleo.reacts(room, card.event_id, "👀")
    again = await village.answer_to(cleo, room, f"!follow {card.number}")
    assert again == f"You follow Q{card.number} already."
    await cleo.redacts(room, eyes)
    not_following = await village.answer_to(cleo, room, f"!unfollow {card.number}")
    assert not_following == f"You do not follow Q{card.number}."
    sign = await cleo.says(room, f"!follow {card.number}")
    await cleo.says(room, "!unfollow", thread=root(card))
    assert signs(await village.said(room, amy)) == [sign]
    assert village.exported("follow", card.number) == []
