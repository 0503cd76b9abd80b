"""Durations, time zones, holidays and weekly hours, as a config writes them."""

import re
import zoneinfo
from dataclasses import dataclass
from datetime import timedelta
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BeforeValidator

from bridge.config.publicdays import COUNTRY, UnknownCountry, known_country
from bridge.config.values import Says, wrong

_DURATION = "a duration such as 30m, 2h, 180d or 1w"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_duration(value: Any) -> timedelta:
    """`180d` -> 180 days. Several parts add up: `1d12h`."""
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"(?:[0-9]{1,6}[smhdw])+", value):
        hint = "write the unit, as in 30d" if isinstance(value, int) else ""
        raise wrong("not a duration", _DURATION, hint)
    parts = re.findall(r"([0-9]+)([smhdw])", value)
    total = sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())
    if not total:
        raise wrong("a duration of nothing", _DURATION)
    return total


Duration = Annotated[timedelta, BeforeValidator(parse_duration), Says(_DURATION)]
_OR_OFF = f"{_DURATION}, or off"


def _duration_or_off(value: Any) -> timedelta | None:
    if value is None or value is False or (isinstance(value, str) and value.lower() in {"off", "no", "false"}):
        return None
    return parse_duration(value)


DurationOrOff = Annotated[timedelta | None, BeforeValidator(_duration_or_off), Says(_OR_OFF)]


def _zone(value: Any) -> zoneinfo.ZoneInfo:
    if isinstance(value, zoneinfo.ZoneInfo):
        return value
    expected = "a time zone such as Europe/Paris or UTC"
    if not isinstance(value, str):
        raise wrong("not a time zone", expected)
    try:
        return zoneinfo.ZoneInfo(value)
    except (OSError, ValueError, KeyError):
        near = get_close_matches(value, zoneinfo.available_timezones(), 1, 0.75)
        raise wrong("no such time zone", expected, f'did you mean "{near[0]}"?' if near else "") from None


TimeZone = Annotated[zoneinfo.ZoneInfo, BeforeValidator(_zone), Says("time zone name")]


def _country(value: Any) -> Any:
    if value is False:
        raise wrong("the bare word NO means false in YAML", COUNTRY, 'quote it: "NO"')
    if isinstance(value, str):
        if not re.fullmatch(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", value):
            raise wrong("not a country code", COUNTRY)
        try:
            known_country(value)
        except UnknownCountry as error:
            hint = f'did you mean "{error.near}"?' if error.near else ""
            raise wrong("no holidays are known there", COUNTRY, hint) from None
    return value


Country = Annotated[str, BeforeValidator(_country), Says(COUNTRY)]


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_RANGE = "a day or range of days such as mon-fri"
_HOURS = 'hours such as "09:00-12:30"'


@dataclass(frozen=True, order=True)
class Interval:
    """A part of a day, in minutes since midnight; `end` may be 1440."""

    start: int
    end: int


def parse_days(value: str) -> tuple[int, ...]:
    """`mon-fri` -> 0..4, `sat` -> 5. A range may pass over the end of the week."""
    first, dash, last = value.partition("-")
    if first not in DAYS or (dash and last not in DAYS):
        raise wrong("not a day of the week", _DAY_RANGE)
    start, end = DAYS.index(first), DAYS.index(last or first)
    return tuple(day % 7 for day in range(start, end + 1 if end >= start else end + 8))


def _days(value: Any) -> Any:
    if isinstance(value, str):
        parse_days(value)
    return value


def parse_interval(value: Any) -> Interval:
    if isinstance(value, Interval):
        return value
    found = re.fullmatch(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)", value if isinstance(value, str) else "")
    if not found:
        raise wrong("not an interval of hours", _HOURS)
    start, end = (int(found[i]) * 60 + int(found[i + 1]) for i in (1, 3))
    if not start < end <= 24 * 60:
        raise wrong("hours that do not end after they begin, on the same day", _HOURS)
    return Interval(start, end)


DayRange = Annotated[str, BeforeValidator(_days), Says(_DAY_RANGE)]
Hours = Annotated[Interval, BeforeValidator(parse_interval), Says(_HOURS)]
