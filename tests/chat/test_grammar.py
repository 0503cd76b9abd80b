"""Numbers, people, durations and filters."""

from dataclasses import fields, replace
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bridge.chat.grammar import KEYS, Problem, Speaker, duration, filters, filters_and_words, number, person, words
from bridge.domain.filters import CRITERIA, Filter, spelled
from bridge.domain.questions import Priority, State
from tests.chat.raw import ANN, BOB

HOUR, DAY = 3_600_000, 86_400_000
SPEAKER = Speaker(ANN, "example.org", {"Bob Stone": BOB, "Zoë O’Hara": "@zoe:example.org", "Bob": "@rob:example.org"})


def narrowed(text: str) -> Filter | Problem:
    return filters(text, Filter(), SPEAKER)


@pytest.mark.parametrize("word", ["42", "Q42", "q42", "#42", "042", "42.", "Q42:", "42,"])
def test_numbers(word: str) -> None:
    assert number(word) == 42


@pytest.mark.parametrize("word", ["", "0", "00", "Q", "42x", "x42", "4 2", "-42", "4.2", "9" * 10, "Q#42", "!42"])
def test_no_numbers(word: str) -> None:
    assert number(word) is None


@pytest.mark.parametrize(
    ("word", "milliseconds"),
    [
        ("30m", 30 * 60_000),
        ("30min", 30 * 60_000),
        ("2h", 2 * HOUR),
        ("7d", 7 * DAY),
        ("7j", 7 * DAY),
        ("7D", 7 * DAY),
        ("1w", 7 * DAY),
        ("0d", 0),
        ("d", None),
        ("7", None),
        ("7y", None),
        ("-7d", None),
        ("1.5h", None),
        ("999999d", None),
    ],
)
def test_durations(word: str, milliseconds: int | None) -> None:
    assert duration(word) == milliseconds


@pytest.mark.parametrize(
    ("word", "who"),
    [
        ("me", ANN),
        ("ME", ANN),
        ("@bob:example.org", BOB),
        ("@carl", "@carl:example.org"),
        ("Bob Stone", BOB),
        ("@bob stone", BOB),
        ("zoë o'hara", "@zoe:example.org"),
        ("carl", None),
        ("@", None),
        ("", None),
    ],
)
def test_people(word: str, who: str | None) -> None:
    assert person(word, SPEAKER) == who


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("a  b\nc", ["a", "b", "c"]),
        ('tag:"a b" c', ["tag:a b", "c"]),
        ("tag:“a b” c", ["tag:a b", "c"]),
        ("tag:«a b»", ["tag:a b"]),
        ("„a b“", ["a b"]),
        ('a "b', ["a", "b"]),
        ('"" "', []),
        ("it’s", ["it's"]),
    ],
)
def test_words_and_quotes(text: str, split: list[str]) -> None:
    assert words(text) == split


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", Filter()),
        ("here", Filter(here=True)),
        ("HERE", Filter(here=True)),
        ("space:acme", Filter(spaces=frozenset({"acme"}))),
        ("space:acme,helpdesk", Filter(spaces=frozenset({"acme", "helpdesk"}))),
        ("space:acme|helpdesk", Filter(spaces=frozenset({"acme", "helpdesk"}))),
        ("tag:VPN tag:#lan", Filter(tags=frozenset({"vpn", "lan"}))),
        ("tag:vpn,lan", Filter(tags=frozenset({"vpn", "lan"}))),
        ("Tag:vpn", Filter(tags=frozenset({"vpn"}))),
        ("by:me", Filter(by=ANN)),
        ("by:@bob:example.org", Filter(by=BOB)),
        ("by:@bob:localhost:8448", Filter(by="@bob:localhost:8448")),
        ("by:Bob Stone here", Filter(by=BOB, here=True)),
        ("by:Bob", Filter(by="@rob:example.org")),
        ("by:Zoë O’Hara", Filter(by="@zoe:example.org")),
        ("assigned:@carl", Filter(assigned="@carl:example.org")),
        ("assigned:me", Filter(assigned=ANN)),
        ("assigned:None", Filter(assigned="none")),
        ("older:2d since:7d", Filter(older=2 * DAY, since=7 * DAY)),
        ("is:open", Filter(states=frozenset({State.OPEN}))),
        ("is:open|claimed", Filter(states=frozenset({State.OPEN, State.CLAIMED}))),
        ("is:open,closed", Filter(states=frozenset({State.OPEN, State.CLOSED}))),
        ("is:unanswered", Filter(states=frozenset({State.OPEN, State.CLAIMED}))),
        ("from:external", Filter(from_ours=False)),
        ("from:staff", Filter(from_ours=True)),
        ("priority:high", Filter(priority=Priority.HIGH)),
        ("page:2", Filter(page=2)),
        ("page:007", Filter(page=7)),
        ("“tag:vpn”", Filter(tags=frozenset({"vpn"}))),
    ],
)
def test_filters(text: str, wanted: Filter) -> None:
    assert narrowed(text) == wanted


def test_filters_come_in_any_order() -> None:
    parts = ("here", "tag:vpn", "older:2d", "assigned:none", "page:3")
    assert len({narrowed(" ".join(order)) for order in permutations(parts)}) == 1


def test_a_later_word_replaces_what_the_command_began_with() -> None:
    start = Filter(states=frozenset({State.OPEN}), involves=ANN)
    assert filters("is:closed", start, SPEAKER) == Filter(states=frozenset({State.CLOSED}), involves=ANN)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("tags:vpn", "tag:"),
        ("asigned:me", "assigned:"),
        ("prioriti:high", "priority:"),
        ("her", "here"),
        ("tag", "tag:"),
        ("pages:2", "page:"),
        ("vpn", "none"),
        (":", "none"),
        ("colour:red", "none"),
    ],
)
def test_an_unknown_filter_names_the_nearest(text: str, hint: str) -> None:
    assert narrowed(f"here {text}") == Problem("usage-filter-unknown", {"word": text, "hint": hint})


@pytest.mark.parametrize(
    "text",
    [
        "space:", "tag:", "tag:,", "tag:#", "by:ann", "by:@", "by:", "assigned:nobody", "older:soon", "older:",
        "since:7", "is:asked", "is:|", "from:mars", "priority:top", "page:0", "page:x", "page:-1", "page:²",
        "page:100000", "page:" + "9" * 5000,
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_shows_one_that_can(text: str) -> None:
    problem = narrowed(text)
    assert isinstance(problem, Problem)
    assert (problem.key, problem.arguments["word"]) == ("usage-filter-value", text[:64])
    example = str(problem.arguments["example"]).split(",")[0]
    assert isinstance(narrowed(example), Filter)


_WRITTEN = st.tuples(st.sampled_from(KEYS), st.text(max_size=12) | st.from_regex(r"@?[a-z,|# :.]{1,9}", fullmatch=True))


@given(_WRITTEN)
@example(("by", "@a b:example.org"))
@example(("tag", "#a b,##C"))
def test_whatever_can_be_read_is_read_the_same_from_how_it_is_carried(written: tuple[str, str]) -> None:
    """With quotes around it, blanks and all."""
    key, value = written
    wanted = narrowed(f'{key}:"{value}"')
    if isinstance(wanted, Filter):
        assert filters(spelled(wanted), Filter(), Speaker(BOB, "", {})) == wanted


@given(st.text(max_size=60) | st.tuples(st.sampled_from(KEYS), st.text(max_size=20)).map(":".join))
def test_no_words_raise(text: str) -> None:
    outcome = narrowed(text)
    if isinstance(outcome, Filter):
        assert 1 <= outcome.page < 100_000
        assert "" not in outcome.tags | outcome.spaces


@pytest.mark.parametrize(
    ("text", "wanted", "free"),
    [
        ("printer is jammed", Filter(), "printer is jammed"),
        ("tag:vpn printer here jammed", Filter(tags=frozenset({"vpn"}), here=True), "printer jammed"),
        ('"tag:vpn" printer "here"', Filter(), "tag:vpn printer here"),
        ("“no route to host” is:open", Filter(states=frozenset({State.OPEN})), "no route to host"),
        ("error:42 https://x.org 10:30 here:", Filter(), "error:42 https://x.org 10:30 here:"),
        ("note: from: Bob", None, ""),
        ("vpn tags:lan", None, ""),
        ("vpn is:broken", None, ""),
        ("by:Bob Stone vpn", Filter(by=BOB), "vpn"),
        ("", Filter(), ""),
    ],
)
def test_filters_among_other_words(text: str, wanted: Filter | None, free: str) -> None:
    found = filters_and_words(text, Filter(), SPEAKER)
    assert isinstance(found, Problem) if wanted is None else found == (wanted, free)


_names = st.text(st.sampled_from('aé#:|- "'), min_size=1, max_size=6)
_filters = st.builds(
    Filter,
    states=st.frozensets(st.sampled_from(State)),
    spaces=st.frozensets(_names),
    tags=st.frozensets(_names),
    here=st.booleans(),
    by=st.sampled_from((None, ANN, BOB)),
    assigned=st.sampled_from((None, BOB, "none")),
    older=st.none() | st.integers(0, 9999).map(lambda minutes: minutes * 60_000),
    since=st.none() | st.integers(0, 9999).map(lambda weeks: weeks * 7 * DAY),
    from_ours=st.none() | st.booleans(),
    priority=st.none() | st.sampled_from(Priority),
    page=st.integers(1, 99_999),
)


@given(_filters)
def test_a_filter_is_read_as_it_is_spelled(made: Filter) -> None:
    """Of one that was read: not every name can be written."""
    read = filters(spelled(made), Filter(), SPEAKER)
    if isinstance(read, Filter):
        assert filters(spelled(read), Filter(), SPEAKER) == read
        assert replace(read, tags=made.tags, spaces=made.spaces) == made


def test_every_field_of_a_filter_can_be_written() -> None:
    declared = {criterion.field for criterion in CRITERIA}
    assert declared | {"involves", "order"} == {field.name for field in fields(Filter)}
    assert len({criterion.key for criterion in CRITERIA}) == len(CRITERIA)
