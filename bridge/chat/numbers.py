"""Amounts, shares, durations and days as a language writes them."""

from datetime import date, timedelta

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

_MINUTE, _HOUR, _DAY = 60_000, 3_600_000, 86_400_000
_FIRST_DAY = date(1970, 1, 1)
_FEW = 9.5
"""Below this a decimal says something."""


def _locale(language: str) -> Locale:
    return Locale.parse("en_GB" if language == "en" else language)


def amount(count: int, language: str) -> str:
    return str(format_decimal(count, locale=_locale(language)))


def money(value: float, language: str) -> str:
    """With hundredths, unless it is whole. In which currency is not said."""
    cents = round(value, 2)
    return str(format_decimal(cents, "#,##0" if cents.is_integer() else "#,##0.00", locale=_locale(language)))


def share(part: float, whole: float, language: str) -> str:
    """In percent; a dash where there is nothing to take a part of."""
    return str(format_percent(part / whole, locale=_locale(language))) if whole else "–"


def lasting(milliseconds: int, language: str) -> str:
    """As one unit, as exact as it matters: 45 min, 1.5 hrs, 12 days. A part of a minute is a minute."""
    if milliseconds < 90 * _MINUTE:
        return _in("minute", max(1, round(milliseconds / _MINUTE)), language)
    if milliseconds < 48 * _HOUR:
        return _in("hour", milliseconds / _HOUR, language)
    return _in("day", milliseconds / _DAY, language)


def _in(unit: str, value: float, language: str) -> str:
    rounded = round(value, 1) if value < _FEW else round(value)
    whole = int(rounded) if rounded == int(rounded) else rounded
    return str(format_unit(whole, f"duration-{unit}", "short", locale=_locale(language)))


def on_day(number: int, language: str) -> str:
    """A day, counted from 1970, in short: 5 Nov."""
    return str(format_skeleton("MMMd", _FIRST_DAY + timedelta(number), locale=_locale(language)))
