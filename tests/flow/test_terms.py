"""Terms are shown, accepted, and asked anew when they change."""

from dataclasses import replace
from pathlib import Path

from bridge.domain.spaces import Terms
from tests.flow.extranet import (
    ACME,
    ANN,
    DESK,
    OPEN,
    WITH_TERMS,
    WORKS,
    accepts_invites,
    policy,
    town,
)


def test_terms_come_first_and_a_tick_accepts_them(tmp_path: Path) -> None:
    with town(tmp_path, WITH_TERMS) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        assert place.invited == []
        assert "once they accept, I invite them" in place.told("amy")[-1]
        first, last = place.told(ANN)
        assert first == "@amy:example.org wants to invite you to acme. Please read these terms first:"
        assert last.startswith("Be kind.\n\nKeep secrets.\nDo you accept these terms of acme?")
        place.consents(ANN, "Do you accept")
        assert sorted(place.invited) == [(ACME, ANN), (WORKS, ANN)]
        assert place.told("amy")[-1] == f"{ANN} accepted the terms of acme; I am inviting them."
        place.says("amy", f"!invite {ANN} here", room=DESK)
        assert place.told(ANN)[2:] == []


def test_terms_are_accepted_in_words_too_and_shown_again(tmp_path: Path) -> None:
    with town(tmp_path, WITH_TERMS) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        place.says(ANN, "!terms", private=True)
        assert place.told(ANN)[-1] == place.told(ANN)[1]
        place.says(ANN, "!terms accept", private=True)
        assert len(place.invited) == 2
        assert place.hears("bob", "!terms", room=ACME) == "Be kind.\n\nKeep secrets."


def test_new_terms_are_asked_anew_and_who_does_not_accept_in_time_is_out_until_they_do(tmp_path: Path) -> None:
    with town(tmp_path, WITH_TERMS) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        old = place.consents(ANN, "Do you accept")
        accepts_invites(place)
        place.reloads(policy(replace(WITH_TERMS, terms=Terms("v2", "Be kinder."))))
        anew = place.told(ANN)[2:]
        assert anew[0] == "The terms of acme have changed. Please accept them by 29 January 2027, or you cannot stay:"
        assert anew[1].startswith("Be kinder.")
        place.passes(days=13)
        assert place.removed == []
        place.reacts(ANN, old, "✅", private=True)
        place.passes(days=1)
        assert sorted(place.removed) == [(ACME, ANN), (WORKS, ANN)]
        assert "You have not accepted the terms" in place.reasons[0]
        assert any("did not accept the new terms of acme in time" in told for told in place.told("amy"))
        place.passes(days=1)
        assert len(place.removed) == 2
        place.invited.clear()
        place.says(ANN, "!terms accept", private=True)
        assert sorted(place.invited) == [(ACME, ANN), (WORKS, ANN)]


def test_long_terms_come_in_several_messages(tmp_path: Path) -> None:
    paragraphs = [f"{n}. " + "word " * 300 for n in range(10)]
    with town(tmp_path, replace(OPEN, terms=Terms("v1", "\n\n".join(paragraphs)))) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        messages = place.told(ANN)[1:]
        assert len(messages) == 4
        assert max(map(len, messages)) < 6500
        assert all(paragraph.strip() in "\n\n".join(messages) for paragraph in paragraphs)
        place.consents(ANN)
        assert len(place.invited) == 2


def test_terms_that_are_dropped_hold_nobody_up(tmp_path: Path) -> None:
    with town(tmp_path, WITH_TERMS) as place:
        place.says("amy", f"!invite {ANN}", room=ACME)
        place.reloads(policy(OPEN))
        assert len(place.invited) == 2
