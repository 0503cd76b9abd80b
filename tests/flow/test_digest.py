"""Summaries on schedule: for a room and for a person, once, never empty, and of nothing that may not be seen."""

from dataclasses import replace
from pathlib import Path

from bridge.domain.spaces import Level, Space
from tests.flow.pocket import POLICY, ROOM, direct_chat, pocket

DAY = 86_400_000
ACME = "!acme:example.org"
TWO = replace(POLICY, spaces={"helpdesk": Space("helpdesk", Level.INTERNAL), "acme": Space("acme", Level.EXTRANET)})


def test_a_room_gets_its_digest_once_a_day(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", "lead") as town:
        assert "moderators" in town.hears("amy", "!digest daily 09:00")
        assert "There is no digest here yet" in town.hears("lead", "!digest")
        assert "each day at 09:00 (UTC)" in town.hears("lead", "!digest daily 9:00")
        town.passes(1)
        assert not [text for text in town.seen_in(ROOM) if text.startswith("Digest ·")]
        first = town.says("amy", "!ask how do I reach the printer? #printer")
        second = town.says("bob", "!ask where is the wiki?")
        answer = town.says("bob", "on the second floor", thread=first)
        town.reacts("amy", answer, "✅")
        before = len(town.seen_in(ROOM))
        town.passes(1)
        (digest,) = town.seen_in(ROOM)[before:]
        lines = digest.splitlines()
        assert [line.partition(" (")[0] for line in lines if not line.startswith("- ")] == [
            *("Digest · 1 day", "New: 2", "Answered: 1"),
            *("Unanswered, oldest first: 1", "All of them: !unanswered, !questions"),
        ]
        assert sum("printer" in line for line in lines) == 2
        town.passes(3)
        later = town.seen_in(ROOM)[before + 1 :]
        assert len(later) == 1, "one after three days away"
        assert later[0].startswith("Digest · 3 days\nUnanswered")
        town.says("lead", "!close 2 found it")
        assert second
        quiet = len(town.seen_in(ROOM))
        town.passes(1)
        closing = town.seen_in(ROOM)[quiet:]
        assert not closing, "nothing new, nothing answered, nothing that waits"
        assert "no more digests" in town.hears("lead", "!digest off")
        assert "no digest here" in town.hears("lead", "!digest off")
        town.says("amy", "!ask and now?")
        quiet = len(town.seen_in(ROOM))
        town.passes(2)
        assert len(town.seen_in(ROOM)) == quiet


def test_a_person_is_told_of_the_rooms_they_are_in(tmp_path: Path) -> None:
    rooms = {ROOM: "helpdesk", ACME: "acme"}
    with pocket(tmp_path, "amy", "bob", policy=TWO, rooms=rooms) as town:
        assert "each Friday at 17:30" in town.hears("amy", "!digest weekly vendredi 17h30 tag:vpn", private=True)
        assert "tag:vpn" in town.hears("amy", "!digest", private=True)
        town.says("bob", "!ask is the tunnel down? #vpn", room=ACME)
        town.says("bob", "!ask a secret of staff #vpn")
        town.says("bob", "!ask something else")
        town.member("amy", "leave")
        town.passes(7)
        (digest,) = [text for text in town.told("amy") if text.startswith("Digest ·")]
        assert "tunnel" in digest
        assert "secret" not in digest
        assert "something else" not in digest
        assert digest.splitlines()[:2] == ["Digest · 1 week", "New: 1"]
        assert not [text for text in town.seen_in(ROOM) if text.startswith("Digest ·")]


def test_what_was_wrong_with_it_is_said(tmp_path: Path) -> None:
    with pocket(tmp_path, "lead") as town:
        for words in ("hourly", "daily", "daily 25:00", "weekly 09:00", "weekly someday 09:00"):
            assert "!digest weekly mon 09:00" in town.hears("lead", f"!digest {words}")
        assert "colour:red" in town.hears("lead", "!digest daily 09:00 colour:red")
        assert "no digest" in town.hears("lead", "!digest")


def test_words_of_an_encrypted_room_stay_in_encrypted_rooms(tmp_path: Path) -> None:
    with pocket(tmp_path, "lead", "amy", rooms={ROOM: "helpdesk", ACME: "helpdesk"}, encrypted={ACME}) as town:
        town.says("lead", "!digest daily 09:00")
        town.says("lead", "!digest daily 09:00", room=ACME)
        town.says("amy", "!ask the sealed word", room=ACME)
        town.passes(1)
        (plain,) = [text for text in town.seen_in(ROOM) if text.startswith("Digest ·")]
        (sealed,) = [text for text in town.seen_in(ACME) if text.startswith("Digest ·")]
        assert "sealed word" in sealed
        assert "sealed word" not in plain
        assert "Q1" in plain


def test_without_words_kept_a_digest_goes_by_no_tag(tmp_path: Path) -> None:
    with pocket(tmp_path, "lead", encrypted={ROOM, direct_chat("lead")}, textless=True) as town:
        assert "no words of encrypted rooms" in town.hears("lead", "!digest daily 09:00 tag:vpn")
        assert "each day" in town.hears("lead", "!digest daily 09:00 is:open")
