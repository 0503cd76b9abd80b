"""People who try to learn what they may not: by what is said, by how long it takes, and by what others are told."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bridge.domain.questions import TEXT_LIMIT
from bridge.domain.spaces import Level, Space
from bridge.store.transaction import StoreTransaction
from bridge.workflow.delivery import Outgoing
from bridge.workflow.records import Room
from tests.flow import triage
from tests.flow.pocket import BOT, POLICY, SERVER, direct_chat, pocket

DESK, ACME, OPEN = f"!helpdesk:{SERVER}", f"!acme:{SERVER}", f"!open:{SERVER}"
SPACES = {
    "helpdesk": Space("helpdesk", Level.INTERNAL, zone="Pacific/Auckland"),
    "acme": Space("acme", Level.EXTRANET),
    "open": Space("open", Level.COMMUNITY),
}
TOWN = replace(POLICY, spaces=SPACES)
ROOMS = {DESK: "helpdesk", ACME: "acme", OPEN: "open"}
ANN = "@ann:acme.com"
ZONED = datetime(2027, 6, 1, 9, 20, tzinfo=UTC)
"""21:20 in Auckland."""


def test_how_long_one_waits_to_be_told_says_nothing_of_what_one_may_not_see(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", ANN, policy=TOWN, rooms=ROOMS) as town:
        town.member(ANN, "leave", room=DESK)
        town.says(ANN, "!follow tag:vpn", private=True)
        before = len(town.told(ANN))
        town.says("amy", "!ask Is the secret #vpn down?", room=DESK)
        town.now -= 59_000
        town.says("amy", "!ask Is the #vpn of everybody down?", room=OPEN)
        assert len(town.told(ANN)) == before + 1
        assert "everybody" in town.told(ANN)[-1]
        for n in range(120):
            town.says("amy", f"!ask Is the secret #vpn number {n} down?", room=DESK)
            town.now -= 60_000
        town.says("amy", "!ask Is the #vpn of everybody up?", room=OPEN)
        assert "everybody up" in town.told(ANN)[-1]


def test_when_it_is_night_is_not_said_by_what_one_may_not_see(tmp_path: Path) -> None:
    """Quiet hours are those of the zone of the space, and a hidden question has none."""
    with pocket(tmp_path, "amy", ANN, policy=TOWN, rooms=ROOMS) as town:
        town.member(ANN, "leave", room=DESK)
        town.says(ANN, "!follow tag:vpn", private=True)
        town.says(ANN, "!profile quiet 21:00-22:00", private=True)
        before = len(town.told(ANN))
        town.now += int((ZONED - datetime.fromtimestamp(town.now / 1000, UTC)).total_seconds() * 1000)
        town.says("amy", "!ask Is the secret #vpn down?", room=DESK)
        town.says("amy", "!ask Is the #vpn of everybody down?", room=OPEN)
        assert len(town.told(ANN)) == before + 1


def test_how_many_there_are_is_counted_anew_where_somebody_is_put_out_meanwhile(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", policy=TOWN, rooms=ROOMS) as town:
        for n in range(12):
            town.says("amy", f"!ask Who knows the secret {n}?", room=DESK)
            town.says("bob", f"!follow {n + 1}", room=DESK)
        town.says("amy", "!ask Who knows it here?", room=OPEN)
        town.says("bob", "!follow 13", room=OPEN)
        town.says("bob", "!digest daily 09:00", private=True)
        gather = town._gather

        def leaves_meanwhile(outgoing: Outgoing) -> None:
            gather(outgoing)
            town.database.write_now(lambda tx: tx.rooms.set_member(DESK, "@bob:example.org", "leave", ""))

        town._gather = leaves_meanwhile  # type: ignore[method-assign]
        for asked in ("!questions", "!search knows", "!follow"):
            town.database.write_now(lambda tx: tx.rooms.set_member(DESK, "@bob:example.org", "join", ""))
            told = town.answers("bob", asked, private=True)[-1]
            assert told.splitlines()[0] in {"1 question", "1 question found", "Questions you follow: 1"}, told
            assert len(told.splitlines()) == 2, told
        town.database.write_now(lambda tx: tx.rooms.set_member(DESK, "@bob:example.org", "join", ""))
        town.passes(1)
        assert "12" not in town.told("bob")[-1]
        assert "Q13" in town.told("bob")[-1]


def test_tags_of_a_digest_chosen_in_an_encrypted_chat_stay_there_and_hidden_spaces_are_none(tmp_path: Path) -> None:
    sealed, plain = direct_chat("amy"), f"!plain:{SERVER}"
    with pocket(tmp_path, "amy", ANN, policy=TOWN, rooms=ROOMS, encrypted=(sealed,)) as town:

        def open_another(tx: StoreTransaction) -> None:
            tx.rooms.save(Room(plain, joined=True, direct_with="@amy:example.org"))
            tx.rooms.replace_members(plain, {"@amy:example.org": ("join", "Amy"), BOT: ("join", "qa")})

        town.database.write_now(open_another)
        assert "tag:merger" in town.hears("amy", "!digest daily 09:00 tag:merger", private=True)
        assert "tag:merger" in town.hears("amy", "!digest", private=True)
        assert town.hears("amy", "!digest", room=plain).endswith("Filters: …")
        town.member(ANN, "leave", room=DESK)
        hidden = town.hears(ANN, "!digest daily 09:00 space:helpdesk", private=True)
        assert hidden.replace("helpdesk", "nowhere") == town.hears(
            ANN, "!digest daily 09:00 space:nowhere", private=True
        )
        assert "space:open" in town.hears(ANN, "!digest daily 09:00 space:open", private=True)


def test_marks_that_part_lines_make_no_lines_of_their_own(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob") as town:
        town.says("amy", "!ask Where?\u2028- Q99 Forged\u2029- Q98 Forged\x85- Q97 Forged")
        for asked in ("!questions", "!search forged", "!show 1"):
            shown = town.answers("bob", asked)[-1]
            assert "Forged" in shown
            assert not [line for line in shown.splitlines() if line.startswith("- Q9")], shown


def test_an_edited_note_is_no_longer_than_a_note(tmp_path: Path) -> None:
    with triage.town(tmp_path) as town:
        asked = town.says("amy", "!ask Where?", room=triage.HELPDESK)
        noted = town.says("bob", "!note 1 see there", room=triage.TRIAGE)
        town.edits("bob", noted, "!note 1 " + "x" * 60_000, room=triage.TRIAGE)
        note = town.database.read_now(lambda tx: tx.notes.get(noted))
        assert note is not None
        assert (len(note.text), note.author, bool(asked)) == (TEXT_LIMIT, "@bob:example.org", True)
