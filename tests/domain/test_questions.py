"""Titles, times, and what a discussion says about its answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.questions import (
    TITLE_LENGTH,
    UNANSWERED,
    Acceptance,
    Answer,
    Discussion,
    Standing,
    State,
    Voice,
    title_of,
    trusted_time,
)
from tests.domain.samples import ANN, BOB, DAY, MOD, acceptance, answer, question

RECEIVED = 100 * DAY


def test_the_first_line_is_the_title_and_the_rest_the_body() -> None:
    asked = question(text="Why?\n\nBecause I wonder.\nReally.")
    assert (asked.title, asked.body) == ("Why?", "Because I wonder.\nReally.")


def test_one_line_has_no_body() -> None:
    assert question(text="Why?").body == ""


@pytest.mark.parametrize(
    ("length", "title"),
    [(TITLE_LENGTH, "x" * TITLE_LENGTH), (TITLE_LENGTH + 1, "x" * (TITLE_LENGTH - 1) + "…")],
    ids=["fits", "cut"],
)
def test_a_title_is_cut_at_120_characters(length: int, title: str) -> None:
    assert title_of("x" * length) == title


def test_a_cut_title_does_not_end_in_a_blank() -> None:
    assert title_of("x" * 118 + " " + "y" * 40) == "x" * 118 + "…"


@given(st.text())
def test_a_title_is_one_line_of_at_most_120_characters(text: str) -> None:
    title = title_of(text)
    assert len(title) <= TITLE_LENGTH
    assert "\n" not in title
    assert bool(title) == bool(text.strip())


@pytest.mark.parametrize("state", State)
def test_open_and_claimed_questions_are_unanswered(state: State) -> None:
    assert question(state=state).unanswered == (state.value in {"open", "claimed"})
    assert question(state=state).unanswered == (state in UNANSWERED)


@pytest.mark.parametrize("claimed", [RECEIVED, RECEIVED - 1, RECEIVED - 30 * DAY])
def test_a_plausible_clock_is_believed(claimed: int) -> None:
    assert trusted_time(claimed, RECEIVED) == claimed


@pytest.mark.parametrize(
    "claimed",
    [RECEIVED + 1, RECEIVED - 30 * DAY - 1, 0, -1, 2**70, True, None, "1000", float(RECEIVED - 1), [], {}],
)
def test_an_implausible_clock_is_not(claimed: object) -> None:
    assert trusted_time(claimed, RECEIVED) == RECEIVED


@given(st.one_of(st.none(), st.integers(), st.floats(), st.text()), st.integers(0, 2**50))
def test_nothing_was_said_after_it_was_received(claimed: object, received: int) -> None:
    said = trusted_time(claimed, received)
    assert type(said) is int
    assert received - 30 * DAY <= said <= received


def test_an_answer_is_found_unless_withdrawn() -> None:
    discussion = Discussion((answer("$a"), answer("$b", withdrawn=True)))
    assert discussion.answer("$a") == answer("$a")
    assert discussion.answer("$b") is None
    assert discussion.answer("$c") is None


def test_the_newest_answer_by_another_skips_ones_own_and_withdrawn_ones() -> None:
    answers = (answer("$a"), answer("$b"), answer("$c", ANN), answer("$d", withdrawn=True))
    newest = Discussion(answers).newest_for(ANN)
    assert newest is not None
    assert newest.event_id == "$b"
    own = Discussion((answer("$c", ANN), answer("$d", ANN, withdrawn=True))).newest_for(ANN)
    assert own is not None
    assert own.event_id == "$c"
    assert Discussion((answer("$d", withdrawn=True),)).newest_for(ANN) is None


@pytest.mark.parametrize(
    ("voices", "standing"),
    [
        ([], Standing.GIVEN),
        ([Voice.HELPER], Standing.PROPOSED),
        ([Voice.STAFF], Standing.ACCEPTED),
        ([Voice.ASKER], Standing.ACCEPTED),
        ([Voice.MODERATOR], Standing.ACCEPTED),
        ([Voice.HELPER, Voice.MODERATOR], Standing.ACCEPTED),
        ([Voice.STAFF, Voice.MODERATOR], Standing.ACCEPTED),
        ([Voice.ASKER, Voice.MODERATOR], Standing.ENDORSED),
    ],
)
def test_voices_decide_the_standing_of_an_answer(voices: list[Voice], standing: Standing) -> None:
    said = tuple(acceptance(f"@p{n}:example.org", voice) for n, voice in enumerate(voices))
    other = acceptance(ANN, Voice.ASKER, answer="$other")
    assert Discussion((answer(),), (*said, other)).standing("$answer") is standing


def test_the_askers_latest_choice_is_the_primary_answer() -> None:
    said = (
        acceptance(MOD, Voice.MODERATOR, 1, "$a"),
        acceptance(ANN, Voice.ASKER, 2, "$b"),
        acceptance(ANN, Voice.ASKER, 3, "$c"),
        acceptance(BOB, Voice.HELPER, 4, "$d"),
    )
    assert Discussion(acceptances=said).accepted == ("$c", "$a", "$b")


def test_without_a_word_of_the_asker_the_earliest_acceptance_is_primary() -> None:
    said = (acceptance(MOD, Voice.MODERATOR, 5, "$a"), acceptance(BOB, Voice.STAFF, 3, "$b"))
    assert Discussion(acceptances=said).accepted == ("$b", "$a")


@given(
    st.lists(
        st.builds(
            Acceptance,
            answer=st.sampled_from(["$a", "$b", "$c"]),
            number=st.just(1),
            by=st.sampled_from([ANN, BOB, MOD]),
            voice=st.sampled_from(Voice),
            at=st.integers(0, 9),
        )
    )
)
def test_accepted_answers_are_those_with_a_deciding_voice_each_once(said: list[Acceptance]) -> None:
    discussion = Discussion(acceptances=tuple(said))
    accepted = discussion.accepted
    assert len(accepted) == len(set(accepted))
    assert set(accepted) == {a.answer for a in said if a.voice is not Voice.HELPER}
    by_asker = [a for a in said if a.voice is Voice.ASKER]
    if by_asker:
        assert accepted[0] in {a.answer for a in by_asker if a.at == max(b.at for b in by_asker)}
    for one in "$a", "$b", "$c":
        decided = discussion.standing(one) in {Standing.ACCEPTED, Standing.ENDORSED}
        assert decided == (one in accepted)


def test_answers_are_ranked_by_acceptance_then_votes_then_time() -> None:
    answers = tuple(Answer(f"${n}", 1, "@b:x", "text", n, "!r") for n in range(5))
    said = (Acceptance("$3", 1, "@m:x", Voice.MODERATOR, 9), Acceptance("$4", 1, "@a:x", Voice.ASKER, 10))
    ranked = Discussion(answers, said).ranked({"$1": -1, "$2": 3, "$3": -5})
    assert [a.event_id for a in ranked] == ["$4", "$3", "$2", "$0", "$1"]
