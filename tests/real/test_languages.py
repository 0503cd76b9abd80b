"""Whose language is spoken where."""

import pytest

from bridge.chat.words import LANGUAGES
from tests.real.client import Person
from tests.real.village import Village, body

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOTHING_FOUND = {
    "en": "No unanswered questions.",
    "fr": "Aucune question en attente de réponse.",
    "nl": "Geen onbeantwoorde vragen.",
    "ru": "Вопросов без ответа нет.",
    "de": "Keine unbeantworteten Fragen.",
}


async def test_each_reader_has_their_own(village: Village) -> None:
    """What concerns somebody alone comes in their language; cards and everybody else's answers do not change."""
    amy, bob = await village.people("Amy", "Bob")
    room = await village.room(amy, bob)
    for language in LANGUAGES:
        await village.answer_to(amy, room, f"!language {language.upper()}")
        assert await village.answer_to(amy, room, "!unanswered here") == NOTHING_FOUND[language]
        assert await village.answer_to(bob, room, "!unanswered here") == NOTHING_FOUND["en"]
    card = await amy.waits_for_card(room, await amy.says(room, "!ask Wie geht das?"))
    assert f"Q{card.number} · open · asked by Amy" in card.body
    await amy.says(room, "!language default")
    await village.calm(room, amy)
    assert "1 unanswered question" in await village.answer_to(amy, room, "!unanswered here")


async def test_choosing(village: Village) -> None:
    amy = await village.person("Amy")
    room = await village.room(amy)
    now = await village.answer_to(amy, room, "!language")
    assert all(language in now for language in LANGUAGES)
    assert await village.answer_to(amy, room, "!language fr") == "Désormais, je vous réponds en français."
    chosen = await village.answer_to(amy, room, "!language")
    assert chosen.startswith("Je vous réponds en")
    refused = await village.answer_to(amy, room, "!language tlh")
    assert "« tlh »" in refused or "«\u202ftlh\u202f»" in refused or "«\xa0tlh\xa0»" in refused
    assert "en, fr, nl, ru, de" in refused


async def test_a_space_has_its_own(village: Village) -> None:
    """The French office: cards in French, and followers told in the language of the question's room or their own."""
    amy, bob = await village.people("Amelie", "Bob")
    room = await village.room(amy, bob, space="bureau")
    card = await amy.waits_for_card(room, await amy.says(room, "!ask Où est la clé ?"))
    assert card.body.splitlines()[0].startswith(f"Q{card.number} · ouverte · ")
    root = card.content["m.relates_to"]["event_id"]
    await village.answer_to(bob, room, "!language nl")
    for follower in (amy, bob):
        await follower.says(room, "!follow", thread=root)
    answer = await bob.says(room, "Ici", thread=root)
    lead = village.lead
    await amy.invites(room, lead.user_id)
    await lead.joins(room)
    await lead.reacts(room, answer, "✅")
    await amy.waits_for_card(room, root, state="answered")
    assert "beantwoord" in await told(bob, village)
    assert "répon" in await told(amy, village)


async def told(person: Person, village: Village) -> str:
    chat = await person.waits_for_invite(village.town.bot_user_id)
    await person.joins(chat)
    return body(await person.waits_for(chat, lambda e: body(e).startswith("Q")))
