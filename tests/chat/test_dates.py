"""Durations and days in five languages."""

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from bridge.chat.dates import _named, parse_term
from bridge.chat.grammar import Problem
from bridge.chat.words import LANGUAGES
from bridge.domain.until import (
    DAY,
    HOUR,
    MINUTE,
    WEEK,
    For,
    ForMonths,
    Term,
    UntilDate,
    UntilDay,
    UntilDaysAhead,
    UntilWeekday,
)

LAST = UntilDay(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("term", "spellings"),
    [
        (For(30 * MINUTE), "30m, 30 min, 30 minutes, 30 minuten, 30 минут, 30 Minuten"),
        (For(2 * HOUR), "2h, 2 h, 2 hours, 2 heures, 2 uur, 2 часа, 2 ч, 2 Stunden, 2 std."),
        (For(HOUR), "1h, one hour, 1 hour, une heure, een uur, 1 час, час, eine Stunde"),
        (For(30 * DAY), "30d, 30D, 30 days, 30 jours, 30j, 30 dagen, 30 дней, 30 дн., 30 Tage, 30 Tagen, 30T"),
        (For(2 * DAY), "2 дня, 2 days, 02d, ２d, 2\u00a0jours, 2\u202fTage,  2  dagen "),
        (For(DAY), "1 day, a day, un jour, één dag, 1 день, день, einen Tag, einem Tag"),
        (For(2 * WEEK), "2w, 2 weeks, 2 semaines, 2 sem., 2 weken, 2 недели, 2 нед., 2 Wochen, 14d"),
        (For(5 * WEEK), "5 WEEKS, 5 недель"),
        (For(WEEK), "1w, a week, une semaine, een week, неделю, одну неделю, eine Woche, 7j"),
        (ForMonths(1), "1 month, a month, un mois, een maand, месяц, 1 месяц, 1 мес., ein Monat, einen Monat"),
        (ForMonths(3), "3 months, 3mo, 3 mois, 3 maanden, 3 mnd, 3 месяца, 3 Monate, 3 Monaten"),
        (ForMonths(6), "6 months, 6 месяцев"),
        (ForMonths(12), "1y, one year, 1 an, une année, een jaar, 1 год, год, ein Jahr, 12 months"),
        (ForMonths(60), "5 years, 5 ans, 5 années, 5 jaren, 5 лет, 5 Jahre, 5 Jahren, 60 mois"),
        (For(99_999 * WEEK), "99999w"),
    ],
)
def test_durations(term: Term, spellings: str) -> None:
    assert {s: parse_term(s, "en") for s in spellings.split(",")} == dict.fromkeys(spellings.split(","), term)


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-31", "2026/12/31", "2026.12.31", "31.12.2026", "31/12/2026", "31-12-2026", "12/31/2026", "12-31-2026",
        "31.12.26", "31/12/26", "le 31/12/2026", "am 31.12.2026", "31.12.2026 г.",
        "31 December 2026", "December 31, 2026", "december 31st 2026", "31st of December, 2026", "31 Dec 2026",
        "the 31st of december 2026", "31-Dec-2026", "DEC 31 2026",
        "31 décembre 2026", "31 DÉCEMBRE 2026", "31 decembre 2026", "31 de\u0301cembre 2026", "31 déc. 2026",
        "31 dec. 2026", "le 31 décembre 2026",
        "31 december 2026", "31ste december 2026", "op 31 dec 2026",
        "31 декабря 2026", "31 декабря 2026 г.", "31 декабря 2026 года", "31 декабрь 2026",
        "31 дек. 2026", "31-го декабря 2026",
        "31. Dezember 2026", "31 Dezember 2026", "31. Dez. 2026",
        "den 31. Dezember 2026", "am 31.\u00a0Dezember\u00a02026",
    ],
)  # fmt: skip
def test_the_last_day_of_a_year(written: str) -> None:
    assert {parse_term(written, language) for language in LANGUAGES} == {LAST}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", ["d MMMM y", "d MMM y", "d LLLL y", "d LLL y", "MMMM d, y"])
def test_every_month_as_the_language_writes_it(language: str, style: str) -> None:
    days = [date(2027, month, 5) for month in range(1, 13)]
    assert [parse_term(format_date(day, style, language), "en") for day in days] == [UntilDay(day) for day in days]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", ["EEEE", "EEE", "cccc", "ccc"])
def test_every_weekday_as_the_language_writes_it(language: str, style: str) -> None:
    week = [date(2026, 6, day) for day in range(1, 8)]
    said = [parse_term(format_date(day, style, language).upper(), "en") for day in week]
    assert said == [UntilWeekday(number) for number in range(7)]


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("31 December", UntilDate(12, 31)),
        ("December 31st", UntilDate(12, 31)),
        ("1er mars", UntilDate(3, 1)),
        ("1 maart", UntilDate(3, 1)),
        ("9 мая", UntilDate(5, 9)),
        ("3. März", UntilDate(3, 3)),
        ("31.12.", UntilDate(12, 31)),
        ("31.12", UntilDate(12, 31)),
        ("1.5.", UntilDate(5, 1)),
        ("29 février", UntilDate(2, 29)),
        ("the Friday", UntilWeekday(4)),
        ("пятницы", UntilWeekday(4)),
        ("среду", UntilWeekday(2)),
        ("am Freitag", UntilWeekday(4)),
        ("today", UntilDaysAhead(0)),
        ("aujourd’hui", UntilDaysAhead(0)),
        ("demain", UntilDaysAhead(1)),
        ("Morgen", UntilDaysAhead(1)),
        ("завтра", UntilDaysAhead(1)),
        ("übermorgen", UntilDaysAhead(2)),
    ],
)
def test_days_that_depend_on_today(written: str, term: Term) -> None:
    assert parse_term(written, "en") == term


@pytest.mark.parametrize("written", ["03/04/2027", "3/4/27", "4/3/2027", "03-04-2027"])
def test_in_english_the_month_may_stand_first(written: str) -> None:
    problem = parse_term(written, "en")
    assert isinstance(problem, Problem)
    assert problem.key == "usage-date-ambiguous"
    shown = problem.arguments["first"], problem.arguments["second"]
    assert shown == ("2027-03-04", "2027-04-03")
    assert [parse_term(str(iso), "en") for iso in shown] == [UntilDay(date(2027, 3, 4)), UntilDay(date(2027, 4, 3))]


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("03/04/2027", "fr", date(2027, 4, 3)),
        ("03/04/2027", "de", date(2027, 4, 3)),
        ("3-4-2027", "nl", date(2027, 4, 3)),
        ("03.04.2027", "ru", date(2027, 4, 3)),
        ("03.04.2027", "en", date(2027, 4, 3)),
        ("04/04/2027", "en", date(2027, 4, 4)),
        ("13/04/2027", "en", date(2027, 4, 13)),
        ("04/13/2027", "en", date(2027, 4, 13)),
        ("04/13/2027", "fr", date(2027, 4, 13)),
    ],
)
def test_everywhere_else_the_day_stands_first(written: str, language: str, day: date) -> None:
    assert parse_term(written, language) == UntilDay(day)


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "soon", "30", "d", "days", "0d", "0 months", "-3d", "1.5h", "1.5", "3 4 days", "two days", "30dd",
        "999999d", "2026", "2026-13-01", "2026-02-30", "31.4.2027", "31.6.", "30 February", "0 May",
        "31/12", "26-12-31",
        "12.31.2026", "31.12-2026", "31.12.026", "31 December 26", "December", "31 31", "May June",
        "5 May June", "2026 May 5",
        "0000-01-01", "2026-12-31T18:00", "next friday", "of the", "30 ² d", "٣d", "1 " * 100 + "day", "9" * 5000,
    ],
)  # fmt: skip
def test_no_term(written: str) -> None:
    assert parse_term(written, "en") == Problem("usage-date", {"word": written.strip()[:64]})


def test_no_name_means_two_months_or_two_weekdays() -> None:
    for what in ("months", "days"):
        pairs = {pair for kind in ("format", "stand-alone") for pair in _named(what, kind)}
        assert len({name for name, _ in pairs}) == len(pairs)


VOCABULARY = st.sampled_from(
    ["30", "31", "1", "2026", "0", "99999", "d", "w", "месяц", "May", "Fr.", "-", "/", ".", ",", " ", "st", "a", "’"]
)


@given(st.text(max_size=90) | st.lists(VOCABULARY, max_size=8).map("".join), st.sampled_from([*LANGUAGES, "tlh"]))
def test_no_words_raise(written: str, language: str) -> None:
    outcome = parse_term(written, language)
    assert isinstance(outcome, Term | Problem)
    if isinstance(outcome, For):
        assert outcome.milliseconds >= MINUTE


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.sampled_from(LANGUAGES), st.sampled_from(["long", "medium"]))
def test_what_babel_writes_is_read(day: date, language: str, style: str) -> None:
    assert parse_term(format_date(day, style, Locale.parse(language)), language) == UntilDay(day)
