"""`encryption.tracking: metadata`: nothing that was said in an encrypted room is to be found on the disk."""

import os
import subprocess
from pathlib import Path
from uuid import uuid4

import pytest

from tests.element.client import Element
from tests.real.client import JsonObject, Person
from tests.real.conftest import TownBuilder
from tests.real.synapse import ASKBRIDGE, Mode, Town

MARKER = "Zanzibar"


def spelled(marker: str) -> tuple[bytes, ...]:
    """As text may lie in a file: as it is, and as UTF-16."""
    return marker.encode(), marker.lower().encode(), marker.encode("utf-16-le")


def found_in(folder: Path) -> list[str]:
    """Which files of a folder hold the marker, lock files and write-ahead logs included."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path.name for path in files if any(text in path.read_bytes() for text in spelled(MARKER))]


def run(town: Town, *arguments: str) -> str:
    command = [*ASKBRIDGE, *arguments, "-c", str(town.directory / "config.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    return done.stdout


def encryption(town: Town, tracking: str) -> JsonObject:
    return {"enabled": True, "store": str(town.directory / "crypto"), "tracking": tracking}


@pytest.mark.parametrize("mode", ["sync", "push"])
async def test_no_word_of_an_encrypted_room_reaches_the_disk(mode: Mode, build: TownBuilder, tmp_path: Path) -> None:
    town = await build(mode)
    people = [await town.server.register(f"{name}-{uuid4().hex[:6]}") for name in ("ann", "bob")]
    async with (
        Element.signs_in(town.server.url, people[0].user_id, people[0].password) as ann,
        Element.signs_in(town.server.url, people[1].user_id, people[1].password) as bob,
    ):
        room = await ann.creates_room("room", invite=[bob.user_id, town.bot_user_id])
        await bob.waits_for_invite(room)
        await bob.joins(room)
        town.rooms.append(room)
        bot = await town.starts_bot(encryption=encryption(town, "metadata"), log={"format": "json", "level": "debug"})
        for person in (ann, bob):
            await person.members(room, town.bot_user_id)

        asked = await ann.says(room, f"!ask Who goes to {MARKER}? #{MARKER}\nMore of {MARKER}")
        card = await ann.waits_for_card(room, asked, sender=town.bot_user_id)
        assert card.shield is None
        answer = await bob.answers_in_thread(room, asked, f"I go to {MARKER}")
        await ann.edits(room, asked, f"!ask Who flies to {MARKER}?")
        await bob.sees(room, body="flies")
        await ann.reacts(room, answer, "✅")
        await bob.waits_for_card(room, asked, state="answered", sender=town.bot_user_id)
        for said in (
            f"!close {card.number} {MARKER} is over",
            f"!questions tag:{MARKER}",
            f"!unanswered {MARKER}",
            f"!clos {MARKER}",
            f"!invite @{MARKER}:nowhere.example because {MARKER}",
            "!questions here",
        ):
            event = await ann.says(room, said)
            await ann.sees(room, relates=event, sender=town.bot_user_id)
        await bob.says(room, f"!answer {card.number} {MARKER}")
        clear = Person(town.server.url, bob.user_id, bob.access_token, town.session, bot=town.bot_user_id)
        await ann.sees(room, relates=await clear.says(room, f"!clos {MARKER}"), sender=town.bot_user_id)
        voice = await ann.sends_file(room, f"{MARKER}.pdf", b"%PDF", body=f"!ask Is {MARKER} right?")
        await ann.waits_for_card(room, voice, sender=town.bot_user_id)
        listed = await bob.says(room, "!unanswered")
        shown = await bob.sees(room, relates=listed, sender=town.bot_user_id)
        assert "Q2" in shown["content"]["body"]
        assert MARKER not in shown["content"]["body"]

        assert found_in(town.directory) == []
        await bot.kill()
        assert found_in(town.directory) == []
        assert MARKER not in run(town, "export")
        backup = tmp_path / "copy.db"
        run(town, "backup", str(backup))
        assert not any(text in backup.read_bytes() for text in spelled(MARKER))
        kept = [line for line in run(town, "export").splitlines() if '"type":"question"' in line]
        assert len(kept) == 2


async def test_from_full_to_metadata_the_words_go(town: Town) -> None:
    made = await town.server.register(f"ann-{uuid4().hex[:6]}")
    async with Element.signs_in(town.server.url, made.user_id, made.password) as ann:
        room = await ann.creates_room("room", invite=[town.bot_user_id])
        town.rooms.append(room)
        bot = await town.starts_bot(encryption=encryption(town, "full"))
        await ann.members(room, town.bot_user_id)
        asked = await ann.says(room, f"!ask Who goes to {MARKER}? #{MARKER}")
        await ann.waits_for_card(room, asked, sender=town.bot_user_id)
        await bot.terminate()
        assert MARKER in run(town, "export")
        bot = await town.starts_bot(encryption=encryption(town, "metadata"))
        assert found_in(town.directory) == []
        assert MARKER not in run(town, "export")
        shown = await ann.says(room, "!unanswered")
        assert "Q1" in (await ann.sees(room, relates=shown, sender=town.bot_user_id))["content"]["body"]
