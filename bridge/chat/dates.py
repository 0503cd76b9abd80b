"""Durations and days as people write them, in any of our languages whatever the reader's is."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache

from babel import Locale

from bridge.chat.grammar import Problem, straight
from bridge.chat.words import DEFAULT, LANGUAGES
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

_LONGEST = 80
_CENTURY = 2000
_LEAP_YEAR = 2000
_DURATIONS: dict[For | ForMonths, str] = {
    For(MINUTE): "m min mins minute minutes minuut minuten минута минуты минуту минут мин",
    For(HOUR): "h hr hrs hour hours heure heures uur uren u час часа часов ч stunde stunden std",
    For(DAY): "d day days j jour jours dag dagen день дня дней дн д tag tage tagen t",
    For(WEEK): "w wk wks week weeks semaine semaines sem weken неделя недели неделю недель нед woche wochen",
    ForMonths(1): "mo month months mois maand maanden mnd месяц месяца месяцев мес monat monats monate monaten",
    ForMonths(12): "y yr yrs year years an ans année années jaar jaren год года лет jahr jahre jahren",
}
_ONE = "a an one un une een één 1 один одну одна ein eine einen einem einer"
_ONE_IS_MEANT = "час часа день дня неделю недели месяц месяца год года"
"""Russian has no article: "на неделю" is for a week."""
_DAYS_AHEAD = {
    0: "today tonight aujourd'hui vandaag сегодня heute",
    1: "tomorrow demain morgen завтра",
    2: "après-demain overmorgen послезавтра übermorgen",
}
_WEEKDAYS_BESIDES = {
    0: "понедельника",
    1: "tues вторника",
    2: "среды среду",
    3: "thur thurs четверга",
    4: "пятницы пятницу",
    5: "субботы субботу",
    6: "воскресенья",
}
"""What Babel does not know: Russian cases, and more ways to shorten."""
_AROUND_A_DAY = "the of on le op am den dem г года го"
_DURATION = re.compile(r"(?:([0-9]{1,5}) ?|(\w+) )?([^\W\d_]+)\.?")
_NUMBERS = re.compile(r"([0-9]{1,4})([-/.])([0-9]{1,2})\2([0-9]{1,4})")
_DAY_AND_MONTH = re.compile(r"([0-9]{1,2})\.(?:([0-9]{2})\.?|([0-9])\.)")
_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|er|e|ste|de)?\.?")
_YEAR = re.compile(r"[1-9][0-9]{3}")


def folded(text: str) -> str:
    """For comparing: small letters without accents, plain quotes, one blank between words."""
    plain = unicodedata.normalize("NFKD", straight(unicodedata.normalize("NFKC", text)).casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def parse_term(words: str, language: str) -> Term | Problem:
    """`30d`, `2 weeks`, `31.12.2026`, `31 décembre`, `friday`…

    `language` is the reader's and decides only what is ambiguous: 3/4/2027 is 3 April except in English, where it is
    a Problem. That the day has not passed is for the caller to see: here it is not known what day it is.
    """
    text = folded(words) if len(words) <= _LONGEST else ""
    day = _without_fillers(text)
    term = _duration(text) or _relative(day) or _numeric(day, language) or _named_month(day)
    return term or Problem("usage-date", {"word": words.strip()[:64]})


def weekday(word: str) -> int | None:
    """A day of the week in any of our languages, Monday as 0."""
    day = _weekdays().get(folded(word).rstrip("."))
    return day.weekday if isinstance(day, UntilWeekday) else None


def _list(names: str) -> list[str]:
    return [folded(name) for name in names.split()]


_UNITS = {name: unit for unit, names in _DURATIONS.items() for name in _list(names)}
_AHEAD = {name: UntilDaysAhead(days) for days, names in _DAYS_AHEAD.items() for name in _list(names)}
_ONES, _BARE, _FILLERS = (frozenset(_list(names)) for names in (_ONE, _ONE_IS_MEANT, _AROUND_A_DAY))


def _without_fillers(text: str) -> str:
    return " ".join(word for word in text.split() if word.rstrip(".") not in _FILLERS)


def _duration(text: str) -> Term | None:
    match = _DURATION.fullmatch(text)
    unit = _UNITS.get(match[3]) if match else None
    if match is None or unit is None:
        return None
    if match[1]:
        return _times(int(match[1]), unit)
    return unit if match[2] in _ONES or (match[2] is None and match[3] in _BARE) else None


def _times(count: int, unit: For | ForMonths) -> Term | None:
    if not count:
        return None
    return For(count * unit.milliseconds) if isinstance(unit, For) else ForMonths(count * unit.months)


def _relative(text: str) -> Term | None:
    word = text.rstrip(".")
    return _AHEAD.get(word) or _weekdays().get(word)


def _numeric(text: str, language: str) -> Term | Problem | None:
    """2026-12-31, 31.12.2026, 31/12/2026, 12/31/2026, 31.12.26, 31.12."""
    if short := _DAY_AND_MONTH.fullmatch(text):
        return _each_year(int(short[2] or short[3]), int(short[1]))
    match = _NUMBERS.fullmatch(text.rstrip("."))
    if match is None:
        return None
    first, sign, second, third = match.groups()
    if len(first) == 4:
        return _on(first, second, third) if len(third) < 3 else None
    year = _full_year(third, sign)
    if len(first) > 2 or year is None:
        return None
    return _in_doubt(year, first, second, sign, language)


def _full_year(digits: str, sign: str) -> str | None:
    if len(digits) == 2 and sign != "-":
        return str(_CENTURY + int(digits))
    return digits if len(digits) == 4 else None


def _in_doubt(year: str, first: str, second: str, sign: str, language: str) -> Term | Problem | None:
    """The day stands first, and for Americans the month does; never where dots stand between."""
    day_first, month_first = _on(year, second, first), _on(year, first, second)
    if sign == "." or day_first == month_first:
        return day_first
    if day_first and month_first and language == DEFAULT:
        iso = sorted((day_first.day.isoformat(), month_first.day.isoformat()))
        written = f"{first}{sign}{second}{sign}{year}"
        return Problem("usage-date-ambiguous", {"word": written, "first": iso[0], "second": iso[1]})
    return day_first or month_first


def _on(year: str, month: str, day: str) -> UntilDay | None:
    if not _YEAR.fullmatch(year):
        return None
    try:
        return UntilDay(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def _each_year(month: int, day: int) -> UntilDate | None:
    possible = _on(str(_LEAP_YEAR), str(month), str(day))
    return UntilDate(month, day) if possible else None


def _named_month(text: str) -> Term | None:
    """31 December [2026], December 31st [2026], 31-Dec-2026."""
    parts = [word for word in re.split(r"[ ,/-]+", text) if word and word not in _FILLERS]
    if len(parts) not in {2, 3}:
        return None
    first, second = (_months().get(word.rstrip(".")) for word in parts[:2])
    month, day = (first, parts[1]) if first else (second, parts[0])
    match = _DAY.fullmatch(day)
    if month is None or match is None:
        return None
    return _on(parts[2].rstrip("."), str(month), match[1]) if len(parts) == 3 else _each_year(month, int(match[1]))


@cache
def _months() -> dict[str, int]:
    """Names of months, full and short, in the forms that each language has for them."""
    return {name: number for kind in ("format", "stand-alone") for name, number in _named("months", kind)}


@cache
def _weekdays() -> dict[str, Term]:
    known = [pair for kind in ("format", "stand-alone") for pair in _named("days", kind)]
    besides = [(name, day) for day, names in _WEEKDAYS_BESIDES.items() for name in _list(names)]
    return {name: UntilWeekday(day) for name, day in known + besides}


def _named(what: str, kind: str) -> Iterator[tuple[str, int]]:
    for language in LANGUAGES:
        names = getattr(Locale.parse(language), what)[kind]
        for width in ("wide", "abbreviated"):
            yield from ((folded(name).rstrip("."), number) for number, name in names[width].items())
