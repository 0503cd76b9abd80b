"""Who answers what, how urgent it is, and who is called: by commands and reactions."""

from dataclasses import replace
from pathlib import Path

from bridge.domain.spaces import DAY
from bridge.store.transaction import StoreTransaction
from tests.flow.pocket import pocket, user_id
from tests.flow.triage import ACME, HELPDESK, cards_in, town, under


def test_assigning(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        asked = place.says("amy", "!ask How?", room=ACME)
        assert place.answers("bob", "!assign @eve", thread=asked, room=ACME)[0].startswith("* Q1 · open, for Eve")
        place.passes()
        (told,) = place.told("eve")
        assert told.startswith("Bob asks you to answer Q1: How?")
        assert place.answers("bob", "!assign 1 @eve", room=ACME) == ["Q1 is for Eve already."]

        place.says("bob", "!assign 1 @dan the customer waits", room=ACME)
        place.passes(1 / 24)
        assert place.told("dan")[-1].startswith("Bob asks you to answer Q1 (“the customer waits”): How?")
        assert any("Note by Bob: the customer waits" in text for text in under(place, cards_in(place)[0]["event_id"]))

        place.says("eve", "!assign 1 me", room=ACME)
        assert "claimed by Eve" in cards_in(place)[0]["body"]
        assert place.told("eve") == [told]
        assert place.answers("bob", "!assign 1 @dan", room=ACME) == [
            "Q1 is claimed by Eve. Talk to them, or wait for !unclaim."
        ]
        place.says("eve", "!assign 1 @dan", room=ACME)
        place.says("dan", "!unclaim 1", room=ACME)
        assert "Q1 · open · asked" in cards_in(place)[0]["body"]


def test_nobody_is_assigned_who_could_not_see_it(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.member("dan", "leave", room=ACME)
        place.says("amy", "!ask How?", room=ACME)
        assert place.answers("bob", "!assign 1 @dan", room=ACME) == [
            "Dan is not in the room of Q1 and could not see it."
        ]
        assert place.answers("dan", "!assign 1 @bob", private=True) == ["There is no question Q1 here."]
        assert place.answers("bob", "!assign 1 nobody", room=ACME)[0].startswith("“nobody” names nobody.")
        assert place.answers("bob", "!assign 1", room=ACME) == ["Write: !assign [42] @bob|me [text…]"]
        assert "Q1 · open · asked" in cards_in(place)[0]["body"]


def test_somebody_who_is_away_is_assigned_and_said_to_be_away(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", "!ask How?", room=HELPDESK)

        def leave(tx: StoreTransaction) -> None:
            eve = tx.persons.get(user_id("eve"))
            tx.persons.save(replace(eve, profile=replace(eve.profile, away_until=place.now + 3 * DAY)))

        place.database.write_now(leave)
        said = place.answers("bob", "!assign 1 @eve", room=HELPDESK)
        assert "Q1 is for Eve now, who is away until 18 January 2027." in said


def test_tags_and_priority(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        asked = place.says("amy", "!ask How? #lan", room=HELPDESK)
        assert "#lan #vpn" in place.answers("bob", "!tag +VPN", thread=asked, room=HELPDESK)[0]
        assert "· #vpn #wifi" in place.answers("bob", "!tag 1 -lan, #wifi", room=HELPDESK)[0]
        place.edits("amy", asked, "!ask How so? #dns", room=HELPDESK)
        assert "#dns #vpn #wifi" in cards_in(place)[0]["body"]
        assert place.answers("bob", "!tag 1 vpn", room=HELPDESK) == ["That changes none of the tags of Q1."]
        assert place.answers("bob", "!tag 1 a/b", room=HELPDESK)[0].startswith("I cannot use “a/b” as a tag.")
        many = " ".join(f"t{n}x" for n in range(8))
        assert place.answers("bob", f"!tag 1 {many}", room=HELPDESK)[0].startswith("Q1 would have too many tags; the l")
        assert "1 question\n" in place.hears("bob", "!questions tag:vpn", room=HELPDESK)

        place.says("bob", "!priority 1 hoch", room=HELPDESK)
        assert "high priority" in cards_in(place)[0]["body"]
        assert place.answers("bob", "!priority 1 high", room=HELPDESK) == ["Q1 has that priority already."]
        assert place.answers("bob", "!priority 1 soon", room=HELPDESK)[0].startswith(
            "I do not know the priority “soon”"
        )


def test_no_answer_is_a_reason_in_everybodys_language(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        asked = place.says("amy", "!ask Never mind?", room=HELPDESK)
        assert place.answers("bob", "!noanswer", thread=asked, room=HELPDESK)[0].startswith("Only its asker,")
        place.says("amy", "!noanswer", thread=asked, room=HELPDESK)
        assert "Q1 · closed (without an answer)" in cards_in(place)[0]["body"]
        place.says("bob", "!language fr", private=True)
        assert "sans réponse" in place.hears("bob", "!show 1", room=HELPDESK)
        assert place.answers("amy", "!noanswer 1", room=HELPDESK) == ["Q1 is closed already."]


def test_the_second_to_claim_is_told_who_has_it_once(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        asked = place.says("amy", "!ask Who?", room=HELPDESK)
        place.reacts("bob", asked, "🙋", room=HELPDESK)
        before = len(place.seen_in(HELPDESK))
        for _ in range(3):
            place.reacts("eve", asked, "🙋", room=HELPDESK)
        place.reacts("bob", asked, "🙋", room=HELPDESK)
        assert place.seen_in(HELPDESK)[before:] == ["Q1 is claimed by Bob. Talk to them, or wait for !unclaim."]
        said = next(e["content"] for e in reversed(place.said) if "Talk to them" in e["content"].get("body", ""))
        assert said["m.relates_to"]["event_id"] == asked
        assert said["m.mentions"] == {}
        place.says("bob", "!unclaim 1", room=HELPDESK)
        place.says("dan", "!claim 1", room=HELPDESK)
        place.reacts("eve", asked, "🙋", room=HELPDESK)
        assert place.seen_in(HELPDESK)[-1].startswith("Q1 is claimed by Dan.")


def test_moderators_are_called_once_in_the_triage_room(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        place.says("amy", "!ask Help?", room=ACME)
        place.says("amy", "!escalate 1 nobody answers", room=ACME)
        (card,) = cards_in(place)
        assert "high priority · moderators called" in card["body"]
        (called,) = under(place, card["event_id"])
        assert called.startswith("Amy asks moderators to look at Q1: nobody answers\n")
        mention = next(e["content"] for e in place.said if e["content"].get("body") == called)["m.mentions"]
        assert mention == {"user_ids": ["@lead:example.org"]}
        assert place.answers("bob", "!escalate 1", room=ACME) == [
            "Moderators were asked to look at Q1 a short while ago."
        ]
        place.passes(1.1)
        place.says("bob", "!escalate 1", room=ACME)
        assert len(under(place, card["event_id"])) == 2
        assert place.told("lead") == []


def test_where_there_is_no_triage_room_moderators_are_told_each(tmp_path: Path) -> None:
    with pocket(tmp_path, "amy", "bob", "lead") as room:
        room.says("amy", "!ask Help?")
        room.says("bob", "!escalate 1 nobody answers")
        room.passes()
        (told,) = room.told("lead")
        assert told.startswith("Bob asks moderators to look at Q1 (“nobody answers”): Help?")
        assert room.answers("bob", "!note 1 hm") == ["There is no triage room for Q1, so nobody would see a note."]
