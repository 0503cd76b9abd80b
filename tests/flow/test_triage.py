"""The triage room: one card for each question, and what staff does from there."""

from dataclasses import replace
from pathlib import Path

from bridge.store.transaction import StoreTransaction
from tests.flow.triage import ACME, HELPDESK, TRIAGE, cards_in, policy, town, under


def test_a_question_is_worked_on_from_its_card(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        asked = place.says("amy", "!ask How do I reach the printer? #lan\nIt is far away.", room=HELPDESK)
        (card,) = cards_in(place)
        assert card["body"].split("\n")[0] == f"Q1 · open · asked by Amy · in {HELPDESK} · #lan"
        assert "How do I reach the printer?" in card["body"]
        assert "It is far away." in card["body"]
        assert card["m.mentions"] == {}
        assert "m.relates_to" not in card

        claimed = place.reacts("bob", card["event_id"], "🙋", room=TRIAGE)
        assert "claimed by Bob" in cards_in(place)[0]["body"]
        place.redacts("bob", claimed, room=TRIAGE)
        assert "Q1 · open · asked" in cards_in(place)[0]["body"]

        place.says("bob", "!assign @eve", thread=card["event_id"], room=TRIAGE)
        place.says("bob", "!priority high", thread=card["event_id"], room=TRIAGE)
        assert "Q1 · open, for Eve · asked by Amy" in cards_in(place)[0]["body"]
        assert "high priority" in cards_in(place)[0]["body"]

        place.says("bob", "They are on the wrong floor.", thread=card["event_id"], room=TRIAGE)
        assert "0 answers" in place.hears("bob", "!show 1", room=TRIAGE).replace("No answers yet", "0 answers")
        place.says("eve", "Take the stairs.", thread=asked, room=HELPDESK)
        accepted = place.reacts("lead", card["event_id"], "✅", room=TRIAGE)
        assert "Q1 · answered" in cards_in(place)[0]["body"]
        assert "Accepted answer by Eve" in cards_in(place)[0]["body"]
        place.redacts("lead", accepted, room=TRIAGE)
        assert "Q1 · open" in cards_in(place)[0]["body"]
        assert len(cards_in(place)) == 1


def test_closing_by_reaction_is_taken_back_with_it_and_only_with_it(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        asked = place.says("amy", "!ask Who?", room=HELPDESK)
        (card,) = cards_in(place)
        place.reacts("lead", asked, "❌", room=HELPDESK)
        assert "Q1 · open" in cards_in(place)[0]["body"]
        place.reacts("bob", card["event_id"], "❌", room=TRIAGE)
        assert "Only its asker, its assignee and moderators can close Q1." in under(place, card["event_id"])
        first = place.reacts("lead", card["event_id"], "❌", room=TRIAGE)
        assert "Q1 · closed" in cards_in(place)[0]["body"]
        place.says("amy", "!reopen 1", room=HELPDESK)
        place.says("amy", "!close 1 found it", room=HELPDESK)
        place.redacts("lead", first, room=TRIAGE)
        assert "Q1 · closed (found it)" in cards_in(place)[0]["body"]
        place.says("amy", "!reopen 1", room=HELPDESK)
        second = place.reacts("lead", card["event_id"], "❌", room=TRIAGE)
        place.redacts("lead", second, room=TRIAGE)
        assert "Q1 · open" in cards_in(place)[0]["body"]


def test_rights_are_those_in_the_room_of_the_question(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.member("bob", "leave", room=ACME)
        place.says("amy", "!ask When?", room=ACME)
        (card,) = cards_in(place)
        place.reacts("bob", card["event_id"], "🙋", room=TRIAGE)
        place.reacts("bob", card["event_id"], "🙋", room=TRIAGE)
        assert under(place, card["event_id"]) == ["Q1 belongs to another room. Join that room to work on it."]
        assert place.answers("bob", "!claim", thread=card["event_id"], room=TRIAGE) == [
            "Q1 belongs to another room. Join that room to work on it."
        ]


def test_nothing_is_asked_there_and_what_is_older_has_no_card(tmp_path: Path) -> None:
    alone = policy()
    without = replace(alone, spaces={**alone.spaces, "acme": replace(alone.spaces["acme"], triage="")})
    with town(tmp_path, rules=without) as place:
        place.says("amy", "!ask Old?", room=ACME)
        place.says("amy", "!ask New?", room=HELPDESK)
        place.reloads(alone)
        place.says("bob", "!claim 1", room=ACME)
        assert [c["org.askbridge.triage"]["question"] for c in cards_in(place)] == [2]
        (refused,) = place.answers("amy", "!ask Here?", room=TRIAGE)
        assert refused.startswith("Questions are not asked in a triage room.")
        place.reacts("amy", place.says("bob", "Is that so?", room=TRIAGE), "❓", room=TRIAGE)
        assert "Q3" not in place.hears("amy", "!questions", room=TRIAGE)


def test_where_somebody_else_reads_along_nothing_is_posted_until_they_are_gone(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.member("@ann:acme.com", "join", room=TRIAGE)
        asked = place.says("amy", "!ask Secret?", room=HELPDESK)
        place.says("amy", "!ask Open?", room=ACME)
        place.says("bob", "!note 1 nobody may know", private=True)
        assert not [text for text in place.seen_in(TRIAGE) if "Q1" in text or "know" in text]
        assert not cards_in(place)
        place.member("@ann:acme.com", "leave", room=TRIAGE)
        place.says("bob", "It is.", thread=asked, room=HELPDESK)
        place.says("amy", "!answered 1", room=HELPDESK)
        assert [c["org.askbridge.triage"]["question"] for c in cards_in(place)] == [1]


def test_staff_are_removed_from_nowhere_and_others_from_the_triage_room(tmp_path: Path) -> None:
    from bridge.domain.spaces import Enforce

    with town(tmp_path, rules=policy(enforce=Enforce.ON)) as place:
        place.member("@ann:acme.com", "join", room=TRIAGE)
        assert place.removed == [(TRIAGE, "@ann:acme.com")]
        place.says("amy", "!ask Secret?", room=HELPDESK)
        assert len(cards_in(place)) == 1


def test_notes_are_seen_in_the_triage_room_only(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", "!ask Why?", room=ACME)
        (card,) = cards_in(place)
        assert place.answers("bob", "!note 1 they owe us money", room=ACME) == [
            "Notes are for staff alone. Write them in the triage room."
        ]
        assert place.answers("bob", "!note 99 they owe us money", room=ACME) == [
            "Notes are for staff alone. Write them in the triage room."
        ]
        place.says("bob", "!note they called twice", thread=card["event_id"], room=TRIAGE)
        assert under(place, card["event_id"]) == []
        written = place.says("eve", "!note 1 call back on Monday", room=TRIAGE)
        assert under(place, card["event_id"]) == [note("Eve", "call back on Monday")]
        assert "2 notes\n- Bob – they called twice\n- Eve – call back on Monday" in place.hears(
            "bob", "!show 1", room=TRIAGE
        )
        assert "Monday" not in place.hears("bob", "!show 1", room=ACME)
        assert "Monday" not in place.hears("bob", "!show 1", private=True)

        place.edits("eve", written, "!note 1 call back on Tuesday", room=TRIAGE)
        assert "Tuesday" in place.hears("bob", "!show 1", room=TRIAGE)
        assert any("Tuesday" in text for text in place.seen_in(TRIAGE) if text.startswith("* Note by Eve"))
        place.redacts("eve", written, room=TRIAGE)
        assert "1 note\n" in place.hears("bob", "!show 1", room=TRIAGE)
        assert any(text.startswith("* A note by Eve was taken back.") for text in place.seen_in(TRIAGE))
        assert place.database.read_now(lambda tx: texts_of_notes(tx)) == ["they called twice"]


def note(person: str, text: str) -> str:
    link = f"https://matrix.to/#/{ACME}/$event"
    return f"Note by {person}: {text}\nWhy? ({link}2?via=example.org)"


def texts_of_notes(tx: StoreTransaction) -> list[str]:
    return [n.text for n in tx.notes.of(1)]


def test_words_of_encrypted_rooms_do_not_reach_a_plain_triage_room(tmp_path: Path) -> None:
    with town(tmp_path, encrypted=[ACME]) as place:
        place.says("amy", "!ask What is the password? #secret", room=ACME)
        (card,) = cards_in(place)
        assert "password" not in str(card)
        assert "secret" not in str(card)
        assert "in an encrypted room" in card["body"]
        place.says("bob", "!escalate 1 it is hunter2", room=ACME)
        (called,) = under(place, card["event_id"])
        assert called.startswith("Bob asks moderators to look at Q1.\n")
        assert not [text for text in place.seen_in(TRIAGE) if "hunter2" in text]


def test_with_metadata_no_note_is_kept(tmp_path: Path) -> None:
    with town(tmp_path, encrypted=[ACME, TRIAGE], textless=True) as place:
        place.says("amy", "!ask What is the password?", room=ACME)
        (refused,) = filter(None, place.answers("bob", "!note 1 it is hunter2", room=TRIAGE))
        assert refused.startswith("Words from encrypted rooms are not kept there")
        place.says("bob", "!escalate 1 it is hunter2", room=ACME)
        place.says("bob", "!tag 1 hunter2", room=ACME)
        stored = (tmp_path / "pocket.db").read_bytes() + (tmp_path / "pocket.db-wal").read_bytes()
        assert b"hunter2" not in stored
