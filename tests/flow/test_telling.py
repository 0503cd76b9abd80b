"""What people are told in their direct chats: bundled, at a fit time, and of nothing that they may not see."""

from dataclasses import replace
from pathlib import Path

import pytest

from bridge.domain.spaces import Level, Space
from tests.flow.pocket import POLICY, SERVER, pocket

ACME, DESK, OPEN = "!acme:example.org", "!helpdesk:example.org", "!open:example.org"
SPACES = {
    "helpdesk": Space("helpdesk", Level.INTERNAL),
    "acme": Space("acme", Level.EXTRANET),
    "open": Space("open", Level.COMMUNITY),
}
TOWN = replace(POLICY, spaces=SPACES)
ROOMS = {DESK: "helpdesk", ACME: "acme", OPEN: "open"}
MINUTE = 1 / 1440
ANN = "@ann:acme.com"


def test_who_follows_a_tag_a_space_or_a_person_is_told_once(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", "cleo", "dan") as room:
        room.says("bob", "!follow tag:vpn", private=True)
        room.says("cleo", "!follow space:helpdesk tag:vpn priority:normal", private=True)
        room.says("dan", "!follow @amy", private=True)
        asked = room.says("amy", "!ask How do I reach the #vpn?")
        for who in ("bob", "cleo", "dan"):
            [told] = room.told(who)
            assert told.startswith("New question Q1: How do I reach the #vpn? (https://matrix.to/#/!helpdesk")
        room.says("amy", "!ask Where is the key?")
        room.says("bob", "!ask Is the #vpn down?")
        room.says("amy", "By this address.", thread=asked)
        room.says("amy", "!ask Has the printer paper?")
        room.says("amy", "!tag 4 +vpn")
        assert len(room.told("bob")) == 2
        assert [line.partition(":")[0] for line in room.told("cleo")] == [
            "New question Q1",
            "New question Q3",
            "New question Q4",
        ]
        assert len(room.told("dan")) == 3
        third = next(e["event_id"] for e in room.said if e["content"].get("body") == "!ask Is the #vpn down?")
        room.says("amy", "No.", thread=third)
        room.says("amy", "Not here.", thread=third)
        assert [line.partition(":")[0] for line in room.told("dan")[3:]] == ["Amy answered Q3"]


def test_what_is_followed_can_be_seen_and_dropped(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", policy=TOWN, rooms=ROOMS) as room:
        room.says("amy", "!ask Where is the key?", room=DESK)
        room.says("bob", "!follow 1", room=DESK)
        assert room.answers("bob", "!follow #vpn space:acme", private=True) == [""]
        assert room.hears("bob", "!follow space:acme tag:vpn", private=True) == "You follow that already."
        assert (
            room.hears("bob", "!follow space:nowhere", private=True) == "There is no space “nowhere” that you can see."
        )
        assert "tag:vpn" in room.hears("bob", "!follow is:open", private=True)
        shown = room.answers("bob", "!follow", private=True)
        assert shown[0].split("\n") == [
            "• space:acme tag:vpn",
            "Tags, spaces and people that you follow: 1. Questions: 1. More by !follow tag:vpn or "
            "!follow @alice:example.org, fewer by !unfollow",
        ]
        assert shown[1].startswith("Questions you follow: 1\n")
        room.says("bob", "!unfollow space:acme tag:vpn", private=True)
        assert room.hears("bob", "!unfollow space:acme tag:vpn", private=True).startswith("You do not follow that.")
        room.says("amy", "!ask Is the #vpn down?", room=ACME)
        assert not room.told("bob")[-1].startswith("New question")


def test_somebody_from_outside_is_told_of_nothing_that_they_cannot_see(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", ANN, policy=TOWN, rooms=ROOMS) as room:
        room.member(ANN, "leave", room=DESK)
        room.says(ANN, "!follow tag:vpn", private=True)
        assert "no space" in room.hears(ANN, "!follow space:helpdesk", private=True)
        told = len(room.told(ANN))
        room.says("amy", "!ask Is the #vpn down?", room=DESK)
        assert len(room.told(ANN)) == told
        room.says("amy", "!ask Is the #vpn of Acme down?", room=OPEN)
        assert "of Acme" in room.told(ANN)[-1]
        room.says("amy", "!tag 1 +lan", room=DESK)
        assert len(room.told(ANN)) == told + 1


def test_there_is_one_message_a_minute_with_a_line_for_each_question(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        room.says("bob", "!follow space:helpdesk", private=True)
        room.says("amy", "!ask First?")
        room.now -= 60_000
        room.says("amy", "!ask Second?")
        room.now -= 59_000
        room.says("amy", "!ask Third?")
        room.now -= 59_000
        room.says("amy", "!close 2")
        assert [told.partition(":")[0] for told in room.told("bob")] == ["New question Q1"]
        room.passes(MINUTE)
        assert len(room.told("bob")) == 2
        assert [line.partition(":")[0] for line in room.told("bob")[1].split("\n")] == [
            "New question Q2",
            "New question Q3",
        ]
        room.passes(1)
        assert len(room.told("bob")) == 2


def test_quiet_hours_and_wishes_are_kept(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", "cleo") as room:
        # 2027-01-15 08:00 in UTC; nine o'clock in Paris
        for who in ("bob", "cleo"):
            room.says(who, "!follow space:helpdesk", private=True)
        room.says("bob", "!profile zone paris", private=True)
        room.says("bob", "!profile quiet 9-9:30", private=True)
        room.says("cleo", "!notify mentions", private=True)
        room.says("amy", "!ask Is it night?")
        room.says("amy", "!assign 1 @cleo")
        assert not room.told("bob")
        assert [told.partition(":")[0] for told in room.told("cleo")[-1:]] == ["Amy asks you to answer Q1"]
        room.passes(15 * MINUTE)
        assert not room.told("bob")
        room.passes(15 * MINUTE)
        assert [told.partition(":")[0] for told in room.told("bob")] == ["New question Q1"]
        assert "[off|mentions|all]" in room.hears("bob", "!notify sometimes", private=True)
        room.says("bob", "!notify off", private=True)
        told = len(room.told("bob"))
        room.says("amy", "!ask Is it day?")
        room.says("bob", "!notify all", private=True)
        room.passes(1)
        assert not any("Q2" in line for line in room.told("bob")[told:])


def test_what_is_no_longer_so_after_the_night_is_not_told(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", "cleo", "dan") as room:
        for who in ("bob", "cleo"):
            room.says(who, "!profile quiet 07:00-20:00", private=True)
        for text in ("!ask Is it night?", "!ask Is it late?", "!ask Is it dark?"):
            room.says("amy", text)
        room.says("bob", "!follow 2")
        for number in (1, 2, 3):
            room.says("amy", f"!assign {number} @cleo")
        room.says("amy", "!assign 1 @dan")
        room.says("amy", "!close 2")
        room.says("amy", "!reopen 2")
        room.says("amy", "!assign 2 @dan")
        assert not room.told("bob") and not room.told("cleo")
        room.passes(1 / 2)
        assert [told.partition(":")[0] for told in room.told("bob")] == ["Q2 is open again"]
        [told] = room.told("cleo")
        assert told.startswith("Amy asks you to answer Q3") and "\n" not in told


def test_what_ended_while_it_waited_takes_nobodys_minute(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        room.says("bob", "!profile quiet 07:00-20:00", private=True)
        room.says("amy", "!ask Is it night?")
        room.says("amy", "!assign 1 @bob")
        room.says("amy", "!noanswer 1")
        room.passes(1 / 2)
        room.now -= 59_000
        room.says("amy", "!ask Is it dark?")
        room.now -= 59_000
        room.says("amy", "!assign 2 @bob")
        assert [told.partition(":")[0] for told in room.told("bob")] == ["Amy asks you to answer Q2"]


def test_while_a_message_cannot_be_sent_no_other_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        room.says("bob", "!follow space:helpdesk", private=True)
        with monkeypatch.context() as away:
            away.setattr(room, "_deliver", lambda: None)
            for text in ("!ask First?", "!ask Second?", "!ask Third?"):
                room.says("amy", text)
                room.passes(5 * MINUTE)
        room.passes()
        assert [told.partition(":")[0] for told in room.told("bob")] == ["New question Q1"]
        room.passes(MINUTE)
        assert [line.partition(":")[0] for line in room.told("bob")[-1].split("\n")] == [
            "New question Q2",
            "New question Q3",
        ]
        assert len(room.told("bob")) == 2


def test_the_end_of_quiet_hours_by_ones_own_word(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as room:
        room.says("bob", "!follow space:helpdesk", private=True)
        room.says("bob", "!profile quiet 07:00-20:00", private=True)
        room.says("amy", "!ask Is it night?")
        assert not room.told("bob")
        room.says("bob", "!profile quiet none", private=True)
        assert [told.partition(":")[0] for told in room.told("bob")] == ["New question Q1"]


def test_words_of_encrypted_rooms_do_not_come_into_a_plain_chat(tmp_path: Path) -> None:
    chat = f"!direct-bob:{SERVER}"
    with pocket(
        tmp_path, "amy", "bob", "cleo", policy=TOWN, rooms=ROOMS, encrypted={DESK, "!direct-cleo:example.org"}
    ) as room:
        for who in ("bob", "cleo"):
            room.says(who, "!follow space:helpdesk", private=True)
            room.says(who, "!follow tag:vpn", private=True)
        room.says("amy", "!ask Where is the secret #vpn?", room=DESK)
        assert not [text for text in room.seen_in(chat) if "secret" in text]
        assert room.told("bob")[-1].startswith("New question Q1")
        assert "secret" in room.told("cleo")[-1]
