"""Somebody fills a room with what nobody can open."""

from pathlib import Path

import pytest

from bridge.workflow.encryption import unread
from tests.flow.keytown import key_town
from tests.flow.pocket import ROOM
from tests.flow.test_sharing_keys import EVE


async def test_it_keeps_nobody_from_being_asked_for_the_key_of_what_they_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread, "A_ROUND", 10)
    async with key_town(tmp_path) as town:
        ann, eve = town.comes("ann"), town.comes(EVE)
        for number in range(40):
            eve.begins_anew(ROOM)
            town.says(eve, f"junk {number}", key=False)
        await town.passes(2)
        town.says(ann, "!ask How do I print?", key=False)
        await town.passes(2)
        assert len(ann.heard("m.room_key_request")) == 1
        assert len(eve.heard("m.room_key_request")) < 40, "not all of it was asked for"
        town.server.to_bot.append(ann.tells("m.room_key", ann.first_key[ROOM]))
        await town.settle()
        assert town.questions() == ["How do I print?"]
        for _ in range(6):
            await town.passes(121)
        told = [text for text in town.seen_by(eve) if text and text.startswith("I cannot read")]
        assert len(told) == 1, "once, however much there is"
