"""Answered questions like the one that was asked, on its card; taking one; and questions that were asked before."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.domain.similarity import Similarity
from bridge.domain.spaces import Level, Space
from bridge.semantic.encoder import Encoder
from bridge.store.transaction import StoreTransaction
from tests.flow.alike import compared
from tests.flow.pocket import BOT, ENCRYPTION, MINUTE, POLICY, Pocket, pocket, user_id

HELP, LAB, TRADE = "!helpdesk:example.org", "!lab:example.org", "!trade:example.org"
VPN, VPN_AGAIN = "How do I reset my VPN password?", "Comment réinitialiser mon mot de passe VPN ?"
POLICY_ALIKE = replace(
    POLICY,
    spaces={"helpdesk": Space("helpdesk", Level.INTERNAL), "trade": Space("trade", Level.EXTRANET)},
    similarity=Similarity(),
)
ROOMS = {HELP: "helpdesk", LAB: "helpdesk", TRADE: "trade"}


@contextmanager
def town(folder: Path, **more: object) -> Iterator[Pocket]:
    with pocket(folder, "amy", "bob", "cat", "lead", policy=POLICY_ALIKE, rooms=ROOMS, **more) as place:  # type: ignore[arg-type]
        yield place


def answered(place: Pocket, question: str, room: str, answer: str = "At id.example.org.") -> str:
    asked = place.says("amy", f"!ask {question}", room=room)
    said = place.says("bob", answer, thread=asked, room=room)
    place.reacts("amy", said, "✅", room=room)
    if place.policy.similarity:
        compared(place)
    return asked


def card(place: Pocket, asked: str) -> tuple[str, str]:
    """The event id of the card in a question's thread, and what it says by now."""
    shown, event_id = "", ""
    for event in place.said:
        content = event["content"]
        relation = content.get("m.relates_to", {})
        if event["sender"] == BOT and relation.get("event_id") == asked and "org.askbridge.card" in content:
            event_id, shown = event["event_id"], content["body"]
        if relation.get("rel_type") == "m.replace" and relation["event_id"] == event_id:
            shown = content["m.new_content"]["body"]
    return event_id, shown


def test_a_card_shows_answered_questions_like_it_in_any_language_and_the_asker_takes_one(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        answered(place, VPN, HELP)
        answered(place, "Where is the canteen menu?", HELP)
        asked = place.says("cat", f"!ask {VPN_AGAIN}", room=LAB)
        _, before = card(place, asked)
        assert "Perhaps" not in before
        compared(place)
        event_id, shown = card(place, asked)
        assert "Perhaps answered already:\n1️⃣ Q1 How do I reset my VPN password? (https://matrix.to/" in shown
        assert "canteen" not in shown
        assert "the asker reacts here with ✅" in shown

        place.reacts("bob", event_id, "✅", room=LAB)
        assert card(place, asked)[1] == shown, "only who asked, or a moderator, takes it"
        taken = place.reacts("cat", event_id, "✅", room=LAB)
        assert "closed (asked before: Q1)" in card(place, asked)[1]
        assert "asked 2 times" in place.answers("bob", "!show 1", room=HELP)[0]
        assert place.answers("bob", "!unanswered", room=LAB) == ["No unanswered questions."]

        place.now += MINUTE
        place.redacts("cat", taken, room=LAB)
        assert card(place, asked)[1].startswith("Q3 · open")
        assert "asked" not in place.answers("bob", "!show 1", room=HELP)[0].replace("asked by", "")
        place.reacts("cat", event_id, "1️⃣", room=LAB)
        assert "closed (asked before: Q1)" in card(place, asked)[1]


def test_what_may_not_be_seen_in_the_room_is_not_suggested_nor_linked_nor_counted(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        answered(place, VPN, HELP)
        asked = place.says("cat", f"!ask {VPN}", room=TRADE)
        compared(place)
        assert "Perhaps" not in card(place, asked)[1]
        refused = place.answers("lead", "!duplicate 2 of 1", room=TRADE)
        assert refused == [text.replace("99", "1") for text in place.answers("lead", "!duplicate 2 of 99", room=TRADE)]

        place.answers("lead", "!duplicate 1 of 2", room=HELP)
        assert "closed (asked before: Q2)" in place.answers("bob", "!show 1", room=HELP)[0]
        assert "asked 2 times" in place.answers("bob", "!show 2", room=HELP)[0]
        assert "times" not in place.answers("bob", "!show 2", room=TRADE)[0]


def test_words_of_encrypted_rooms_are_not_suggested_in_plain_ones_and_without_words_there_is_no_vector(
    tmp_path: Path,
) -> None:
    with town(tmp_path, encrypted=(LAB,)) as place:
        answered(place, VPN, LAB)
        plain = place.says("cat", f"!ask {VPN}", room=HELP)
        compared(place)
        sealed = place.says("cat", f"!ask {VPN}", room=LAB)
        compared(place)
        assert "Perhaps" not in card(place, plain)[1]
        assert "1️⃣ Q1" in card(place, sealed)[1]


def test_what_the_card_shows_no_longer_cannot_be_taken(tmp_path: Path) -> None:
    def seal(tx: StoreTransaction) -> None:
        room = tx.rooms.get(HELP)
        assert room is not None
        tx.rooms.save(replace(room, state={**room.state, **ENCRYPTION}))

    with town(tmp_path) as place:
        answered(place, VPN, HELP)
        asked = place.says("cat", f"!ask {VPN}", room=LAB)
        compared(place)
        event_id, shown = card(place, asked)
        assert "1️⃣ Q1" in shown
        place.database.write_now(seal)
        for mark in ("1️⃣", "✅"):
            place.reacts("cat", event_id, mark, room=LAB)
        assert "· open ·" in place.answers("bob", "!show 2", room=LAB)[0]


def test_metadata_rooms_get_no_vectors(tmp_path: Path) -> None:
    with town(tmp_path, encrypted=(LAB,), textless=True) as place:
        place.says("amy", f"!ask {VPN}", room=LAB)
        place.says("amy", f"!ask {VPN}", room=HELP)
        compared(place)
        assert place.database.read_now(lambda tx: tx.vectors.several([1, 2])).keys() == {2}


def test_a_vector_follows_the_text_and_goes_with_it(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        first = answered(place, "Where is the canteen menu?", HELP)
        compared(place)
        place.edits("amy", first, f"!ask {VPN}", room=HELP)
        compared(place)
        asked = place.says("cat", f"!ask {VPN_AGAIN}", room=HELP)
        compared(place)
        assert "1️⃣ Q1" in card(place, asked)[1]
        place.redacts("amy", first, room=HELP)
        assert place.database.read_now(lambda tx: tx.vectors.several([1, 2])).keys() == {2}
        blocks = place.database.read_now(lambda tx: tx.vectors.blocks_after(-1, 9))
        assert not any(blocks[0].codes[64:128])
        other = place.says("cat", f"!ask {VPN}", room=HELP)
        compared(place)
        assert "Perhaps" not in card(place, other)[1]


def test_questions_from_before_get_vectors_and_late_ones_no_suggestions(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        alike, place.policy = place.policy, replace(place.policy, similarity=None)
        answered(place, VPN, HELP)
        compared_later = place.says("cat", f"!ask {VPN_AGAIN}", room=HELP)
        place.policy = alike
        compared(place)
        assert place.database.read_now(lambda tx: tx.vectors.several([1, 2])).keys() == {1, 2}
        assert "Perhaps" not in card(place, compared_later)[1]
        late = place.says("cat", f"!ask {VPN_AGAIN}", room=HELP)
        place.now += MINUTE
        compared(place)
        assert "Perhaps" not in card(place, late)[1]


def test_duplicates_move_their_followers_and_chains_lead_to_the_first(tmp_path: Path) -> None:
    with town(tmp_path) as place:
        threads = {
            n: place.says(who, f"!ask Question number {n}?", room=HELP)
            for n, who in ((1, "amy"), (2, "cat"), (3, "bob"))
        }
        place.says("lead", "!follow 2", room=HELP)
        assert place.hears("amy", "!duplicate 2 of 1", room=HELP).startswith("Only its asker")
        assert place.hears("lead", "!duplicate 2 of 2", room=HELP) == "Q2 cannot be a duplicate of itself."
        place.says("lead", "!duplicate of 1", thread=threads[2], room=HELP)
        followers = place.database.read_now(lambda tx: tx.questions.followers(1))
        assert followers == [user_id("cat"), user_id("lead")]
        assert place.hears("lead", "!duplicate 1 of 2", room=HELP) == "Q1 cannot be a duplicate of itself."
        place.says("lead", "!duplicate 3 of Q2", room=HELP)
        assert "closed (asked before: Q1)" in card(place, threads[3])[1]
        assert "asked 3 times" in card(place, threads[1])[1]
        place.says("lead", "!reopen 2", room=HELP)
        assert place.database.read_now(lambda tx: tx.questions.followers(1)) == [user_id("bob")]
        assert "asked 2 times" in card(place, threads[1])[1]
        fourth = place.says("cat", "!ask Question number 4?", room=HELP)
        place.says("lead", "!duplicate 1 of 4", room=HELP)
        assert "asked 3 times" in card(place, fourth)[1]
        assert "asked before: Q4" in place.hears("lead", "!show 3", room=HELP)


@pytest.mark.parametrize("wrong", ["!duplicate 2", "!duplicate", "!duplicate 2 of nothing", "!duplicate 2 to 1"])
def test_what_cannot_be_read_gets_the_usage(tmp_path: Path, wrong: str) -> None:
    with town(tmp_path) as place:
        assert "!duplicate [42] of 17" in place.hears("lead", wrong, room=HELP)


def test_a_text_on_which_the_encoder_fails_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = Encoder.vectors

    def fails_on_curses(encoder: Encoder, texts: Sequence[str]) -> list[bytes]:
        if any("curse" in text for text in texts):
            raise ValueError("a curse")
        return good(encoder, texts)

    with town(tmp_path) as place:
        answered(place, VPN, HELP)
        monkeypatch.setattr(Encoder, "vectors", fails_on_curses)
        place.says("amy", "!ask A curse upon the printer?", room=HELP)
        asked = place.says("cat", f"!ask {VPN_AGAIN}", room=HELP)
        compared(place)
        assert "1️⃣ Q1" in card(place, asked)[1]
        assert place.database.read_now(lambda tx: tx.vectors.several([2])) == {2: bytes(512)}


def test_a_search_finds_by_meaning_what_no_word_of_it_finds_where_it_may_be_shown(tmp_path: Path) -> None:
    with town(tmp_path, encrypted=(LAB,)) as place:
        answered(place, VPN, HELP)
        answered(place, "Where is the canteen menu?", HELP)
        place.says("amy", f"!ask {VPN} Once more", room=LAB)
        sought = "!search mot de passe oublié pour le VPN"
        found = place.hears("bob", sought, room=HELP)
        compared(place)
        both = place.hears("bob", sought, room=HELP)
        assert "Q1 How do I reset" in both
        assert "Q3" not in both, "it was said in an encrypted room"
        assert "canteen" not in found + both
        assert "Q1 " not in place.hears("bob", f"{sought} is:open", room=HELP)
        assert "Q1 " not in place.hears("bob", sought, room=TRADE)
        assert "Q1 " in place.hears("bob", "!search Wie setze ich mein Passwort zurück?", room=HELP)
