"""What stands behind `!invite`, `!extend` and `!revoke`, in five languages."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.chat.grammar import Problem, Speaker
from bridge.chat.granting import (
    ExtendWords,
    InviteWords,
    RevokeWords,
    read_extend,
    read_invite,
    read_revoke,
)
from bridge.chat.text import USER_ID
from bridge.chat.words import LANGUAGES, words
from bridge.domain.until import DAY, WEEK, For, ForMonths, Term, UntilDate, UntilDay, UntilDaysAhead, UntilWeekday
from tests.chat.raw import ANN, BOB

ANNA, HANNA = "@anna:acme.com", "@hanna:acme.com"
PILLS = {"Anna (Acme)": ANNA, "Hanna Weil": HANNA, "Bob": BOB, "@": "@at:acme.com", "Zoë O’Hara": "@zoe:Acme.com"}
SPEAKER = Speaker(ANN, "example.org", PILLS)
LAST = UntilDay(date(2026, 12, 31))


def invited(rest: str, language: str = "en") -> InviteWords | Problem:
    return read_invite(rest, SPEAKER, language)


def anna(
    *, here: bool = False, space: str | None = None, term: Term | None = None, reason: str = "", person: str = ANNA
) -> InviteWords:
    return InviteWords(person, here, space, term, reason)


@pytest.mark.parametrize(
    ("rest", "read"),
    [
        ("@anna:acme.com", anna()),
        ("@anna:acme.com for 30d", anna(term=For(30 * DAY))),
        ("@anna:acme.com until 2026-12-31", anna(term=LAST)),
        ("@anna:acme.com because she fixes the VPN", anna(reason="she fixes the VPN")),
        ("@anna:acme.com here for 2 weeks because of VPN", anna(here=True, term=For(2 * WEEK), reason="VPN")),
        ("@anna:acme.com space:acme until Dec 31, 2026, because: no?", anna(space="acme", term=LAST, reason="no?")),
        ("@anna:acme.com SPACE:Acme UNTIL the 31st of December", anna(space="acme", term=UntilDate(12, 31))),
        ("@anna:acme.com till tomorrow", anna(term=UntilDaysAhead(1))),
        ("@anna:acme.com until Friday here", anna(here=True, term=UntilWeekday(4))),
        ("@anna:acme.com 30d", anna(term=For(30 * DAY))),
        ("@anna:acme.com 2026-12-31 because", anna(term=LAST)),
        ("@anna:acme.com, for 30 days, because a, b.", anna(term=For(30 * DAY), reason="a, b.")),
        ("@anna:acme.com for a month\nbecause\nof two\nlines", anna(term=ForMonths(1), reason="two\nlines")),
        ("@anna:acme.com because for 30d here space:acme @bob", anna(reason="for 30d here space:acme @bob")),
        ("ici @anna:acme.com pour 30 jours parce que utile", anna(here=True, term=For(30 * DAY), reason="utile")),
        ("@anna:acme.com pendant un mois parce qu’elle aide", anna(term=ForMonths(1), reason="elle aide")),
        ("@anna:acme.com jusqu’au 31 décembre 2026 car utile", anna(term=LAST, reason="utile")),
        ("@anna:acme.com jusqu'à vendredi ici", anna(here=True, term=UntilWeekday(4))),
        ("@anna:acme.com hier voor 2 weken omdat ze helpt", anna(here=True, term=For(2 * WEEK), reason="ze helpt")),
        ("@anna:acme.com tot en met 31 december want het moet", anna(term=UntilDate(12, 31), reason="het moet")),
        ("@anna:acme.com t/m vrijdag", anna(term=UntilWeekday(4))),
        ("@anna:acme.com здесь на неделю потому что нужна", anna(here=True, term=For(WEEK), reason="нужна")),
        ("@anna:acme.com до 31 декабря 2026 г. так как нужна", anna(term=LAST, reason="нужна")),
        ("@anna:acme.com по пятницу тут", anna(here=True, term=UntilWeekday(4))),
        ("@anna:acme.com в течение месяца", anna(term=ForMonths(1))),
        ("@anna:acme.com hier für 2 Wochen weil sie hilft", anna(here=True, term=For(2 * WEEK), reason="sie hilft")),
        ("@anna:acme.com bis zum 31. Dezember 2026 wegen VPN", anna(term=LAST, reason="VPN")),
        ("@anna:acme.com bis morgen, da es eilt", anna(term=UntilDaysAhead(1), reason="es eilt")),
        ("@anna:acme.com bis 31.12.2026. Weil es eilt", anna(term=LAST, reason="es eilt")),
    ],
)  # fmt: skip
def test_invitations(rest: str, read: InviteWords) -> None:
    assert {language: invited(rest, language) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, read)


def test_all_but_the_reason_comes_in_any_order() -> None:
    parts = ("@anna:acme.com", "here", "space:acme", "until 31 December 2026")
    read = {invited(" ".join([*order, "because so"])) for order in permutations(parts)}
    assert read == {anna(here=True, space="acme", term=LAST, reason="so")}


@pytest.mark.parametrize(
    ("rest", "read"),
    [
        ("@Anna:ACME.com", anna(person="@Anna:acme.com")),
        ("@anna:acme.com:", anna()),
        ("@anna:acme.com:8448", anna(person="@anna:acme.com:8448")),
        ("@anna:[::1]:8448", anna(person="@anna:[::1]:8448")),
        ("@a.n+n/a=_-:localhost", anna(person="@a.n+n/a=_-:localhost")),
        ("@carl", anna(person="@carl:example.org")),
        ("Anna (Acme) for 30d", anna(term=For(30 * DAY))),
        ("Anna (Acme): for 30d", anna(term=For(30 * DAY))),
        ("@Anna (Acme) here", anna(here=True)),
        ("for 30d Anna (Acme), because Bob asked", anna(term=For(30 * DAY), reason="Bob asked")),
        ("until Friday Hanna Weil weil sie hilft", anna(person=HANNA, term=UntilWeekday(4), reason="sie hilft")),
        ("Zoë O’Hara", anna(person="@zoe:acme.com")),
        ("@Bob:acme.com", anna(person="@Bob:acme.com")),
        ("@bob:acme.com because Hanna Weil asked", anna(person="@bob:acme.com", reason="Hanna Weil asked")),
    ],
)
def test_people(rest: str, read: InviteWords) -> None:
    assert invited(rest) == read


@pytest.mark.parametrize(
    "rest",
    [
        "ann", "anna:acme.com", "anna@acme.com for 30d", "@", "@:acme.com", "@anna:acme.com,@bob:acme.com",
        "@anna:аcme.com", "@anna:acme..com", "@anna:.acme.com", "@anna:acme.com:port", "@anna:acme.com:123456",
        "@*:acme.com", "@ann?:acme.com", "@änn:acme.com", "@anna:acme.com/x", "@anna:acme_corp.com", "@anna:[acme]",
        "@" + "a" * 300 + ":acme.com", "@anna:" + "a." * 20_000, "https://matrix.to/#/@ann", "Carl for 30d",
    ],
)  # fmt: skip
def test_nobody(rest: str) -> None:
    assert invited(rest) == Problem("usage-person", {"word": rest.split()[0][:64]})


@pytest.mark.parametrize("rest", ["", "  ", "for 30d", "here because I like it", "because @anna:acme.com is nice"])
def test_whom(rest: str) -> None:
    assert invited(rest) == Problem("usage", {})


@pytest.mark.parametrize(
    ("rest", "word", "hint"),
    [
        ("@anna:acme.com untl 2026", "untl", "until"),
        ("@anna:acme.com for 30d pleease", "pleease", "none"),
        ("@anna:acme.com until 2026-12-31 becuase of VPN", "becuase", "because"),
        ("@anna:acme.com für 30d wiel VPN", "wiel", "weil"),
        ("@anna:acme.com fürr 30d", "fürr", "für"),
        ("@anna:acme.com потому нужна", "потому", "потому что"),
        ("@anna:acme.com parce utile", "parce", "none"),
        ("@anna:acme.com heree", "heree", "here"),
        ("@anna:acme.com for 3 days to help", "to", "none"),
        ("@anna:acme.com everywhere", "everywhere", "none"),
        ("@anna:acme.com @bob:acme.com", "@bob:acme.com", "none"),
        ("Anna (Acme) Hanna Weil", "Hanna Weil", "none"),
        ("@anna:acme.com for 30d until friday", "until", "none"),
        ("@anna:acme.com 30d 2026-12-31", "2026-12-31", "none"),
        ("@anna:acme.com here here", "here", "none"),
        ("@anna:acme.com space:acme space:lab", "space:lab", "none"),
        ("@anna:acme.com space: acme", "space:", "none"),
        ("@anna:acme.com friday", "friday", "none"),
        ("@anna:acme.com " + "x" * 20_000, "x" * 64, "none"),
    ],
)
def test_what_is_not_understood_is_never_left_out(rest: str, word: str, hint: str) -> None:
    assert invited(rest) == Problem("usage-granting-word", {"word": word, "hint": hint})


@pytest.mark.parametrize(
    ("rest", "word"),
    [
        ("@anna:acme.com for ever", "for ever"),
        ("@anna:acme.com until", "until"),
        ("for @anna:acme.com", "for"),
        ("@anna:acme.com until 2026-02-30 here", "2026-02-30"),
        ("@anna:acme.com until the audit ends because so", "the audit ends"),
        ("@anna:acme.com for 0d", "0d"),
        ("@anna:acme.com 30", "30"),
        ("@anna:acme.com jusqu’à la fin du mois", "la fin du mois"),
    ],
)
def test_no_term(rest: str, word: str) -> None:
    shown = invited(rest)
    assert shown == Problem("usage-date", {"word": word.removeprefix("for ") or word})


def test_a_date_that_may_be_two_is_shown_as_both() -> None:
    rest = "@anna:acme.com until 03/04/2027 please"
    both = {"word": "3/4/2027", "first": "2027-03-04", "second": "2027-04-03"}
    assert invited(rest) == Problem("usage-date-ambiguous", both | {"word": "03/04/2027"})
    assert invited(rest, "fr") == Problem("usage-granting-word", {"word": "please", "hint": "none"})
    assert invited("@anna:acme.com until 03/04/2027", "fr") == anna(term=UntilDay(date(2027, 4, 3)))


@pytest.mark.parametrize(
    ("rest", "read"),
    [
        ("@anna:acme.com 30d", ExtendWords(ANNA, None, For(30 * DAY), "")),
        ("Hanna Weil space:acme until 31.12.2026 because so", ExtendWords(HANNA, "acme", LAST, "so")),
        ("@anna:acme.com", ExtendWords(ANNA, None, None, "")),
        ("@anna:acme.com for 30d here", Problem("usage-granting-word", {"word": "here", "hint": "none"})),
        ("@anna:acme.com untill 2026-12-31", Problem("usage-granting-word", {"word": "untill", "hint": "until"})),
        ("anna", Problem("usage-person", {"word": "anna"})),
        ("30d", Problem("usage", {})),
    ],
)
def test_extensions(rest: str, read: ExtendWords | Problem) -> None:
    assert read_extend(rest, SPEAKER, "en") == read


@pytest.mark.parametrize(
    ("rest", "read"),
    [
        ("@anna:acme.com", RevokeWords(ANNA, False, None, "")),
        ("@anna:acme.com everywhere because she left", RevokeWords(ANNA, True, None, "she left")),
        ("@anna:acme.com partout parce qu'elle part", RevokeWords(ANNA, True, None, "elle part")),
        ("overal @anna:acme.com omdat ze weg is", RevokeWords(ANNA, True, None, "ze weg is")),
        ("Hanna Weil везде так как ушла", RevokeWords(HANNA, True, None, "ушла")),
        ("Hanna Weil überall wegen Kündigung", RevokeWords(HANNA, True, None, "Kündigung")),
        ("Hanna Weil space:acme weil sie geht", RevokeWords(HANNA, False, "acme", "sie geht")),
        ("@anna:acme.com evrywhere", Problem("usage-granting-word", {"word": "evrywhere", "hint": "everywhere"})),
        ("@anna:acme.com uberal", Problem("usage-granting-word", {"word": "uberal", "hint": "überall"})),
        ("@anna:acme.com for 30d", Problem("usage-granting-word", {"word": "for", "hint": "none"})),
        ("everyone", Problem("usage-person", {"word": "everyone"})),
        ("", Problem("usage", {})),
    ],
)
def test_revocations(rest: str, read: RevokeWords | Problem) -> None:
    assert read_revoke(rest, SPEAKER) == read


def test_a_person_named_like_a_keyword_is_a_person() -> None:
    speaker = Speaker(ANN, "example.org", {"Da Hier": ANNA, "for": BOB})
    assert read_invite("Da Hier for 30d", Speaker(ANN, "example.org", {"Da Hier": ANNA}), "de") == anna(
        term=For(30 * DAY)
    )
    assert read_revoke("for because of Da Hier", speaker) == RevokeWords(BOB, False, None, "Da Hier")


PIECES = st.sampled_from(
    ["@anna:acme.com", "Hanna Weil", "here", "everywhere", "space:acme", "for", "until", "30d",
     "2026-12-31", "3/4/2027", "31", "May", "bis", "zum", "в", "qu'", ",", "x", "@", ":", "\n",
     "because", "parce", "так", "как"]
)  # fmt: skip
NO_REASON = PIECES.filter(lambda piece: piece not in {"because", "parce", "так"})


@given(st.text(max_size=60) | st.lists(PIECES, max_size=9).map(" ".join), st.sampled_from(LANGUAGES))
def test_every_text_is_read_or_explained(rest: str, language: str) -> None:
    for read in (invited(rest, language), read_extend(rest, SPEAKER, language), read_revoke(rest, SPEAKER)):
        if isinstance(read, Problem):
            assert words(language).say(read.key, {"usage": "!invite", **read.arguments})
        else:
            assert USER_ID.fullmatch(read.person)


@given(st.lists(NO_REASON, max_size=6), st.integers(0, 6))
def test_one_more_word_that_means_nothing_is_always_noticed(pieces: list[str], at: int) -> None:
    assert isinstance(invited(" ".join([*pieces[:at], "untl", *pieces[at:]])), Problem)
