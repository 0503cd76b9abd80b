"""When a grant ends, in whatever zone, over whatever change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.until import (
    DAY,
    HOUR,
    LATEST,
    MINUTE,
    WEEK,
    For,
    ForMonths,
    Term,
    UntilDate,
    UntilDay,
    UntilDaysAhead,
    UntilWeekday,
    days_between,
    ends_at,
)

PARIS = "Europe/Paris"
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(2012, 1, 1), datetime(2037, 1, 1)).map(
    lambda at: int(at.replace(tzinfo=UTC).timestamp() * 1000)
)


def at(local: str, zone: str = PARIS) -> int:
    """A moment as a clock there shows it, in milliseconds."""
    return round(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


def utc(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("said_at", "term", "end"),
    [
        ("2026-07-01 12:00", For(30 * MINUTE), "2026-07-01 12:30"),
        ("2026-07-01 23:00", For(2 * HOUR), "2026-07-02 01:00"),
        ("2026-07-01 12:00", For(DAY - 1), "2026-07-02 11:59:59.999"),
        ("2026-07-01 12:00", For(DAY), "2026-07-03 00:00"),
        ("2026-07-01 00:00", For(DAY), "2026-07-03 00:00"),
        ("2026-07-01 23:59", For(WEEK), "2026-07-09 00:00"),
        ("2026-07-01 18:00", For(36 * HOUR), "2026-07-04 00:00"),
        ("2026-07-15 12:00", ForMonths(1), "2026-08-16 00:00"),
        ("2026-01-31 12:00", ForMonths(1), "2026-03-01 00:00"),
        ("2026-12-31 12:00", ForMonths(2), "2027-03-01 00:00"),
        ("2028-02-29 12:00", ForMonths(12), "2029-03-01 00:00"),
        ("2026-07-01 12:00", UntilDay(date(2026, 12, 31)), "2027-01-01 00:00"),
        ("2026-07-01 12:00", UntilDay(date(2026, 7, 1)), "2026-07-02 00:00"),
        ("2026-07-01 12:00", UntilDay(date(2020, 2, 29)), "2020-03-01 00:00"),
        ("2026-07-01 12:00", UntilDate(12, 31), "2027-01-01 00:00"),
        ("2026-07-01 12:00", UntilDate(6, 30), "2027-07-01 00:00"),
        ("2026-07-01 12:00", UntilDate(7, 1), "2026-07-02 00:00"),
        ("2026-07-01 12:00", UntilDate(2, 29), "2028-03-01 00:00"),
        ("2096-03-01 12:00", UntilDate(2, 29), "2104-03-01 00:00"),
        ("2026-07-01 12:00", UntilWeekday(4), "2026-07-04 00:00"),
        ("2026-07-01 12:00", UntilWeekday(2), "2026-07-09 00:00"),
        ("2026-07-01 12:00", UntilWeekday(1), "2026-07-08 00:00"),
        ("2026-07-01 12:00", UntilDaysAhead(0), "2026-07-02 00:00"),
        ("2026-07-01 12:00", UntilDaysAhead(1), "2026-07-03 00:00"),
    ],
)
def test_ends(said_at: str, term: Term, end: str) -> None:
    assert ends_at(term, at(said_at), ZoneInfo(PARIS)) == at(end)


def test_the_day_is_that_of_the_zone() -> None:
    now = at("2026-07-01 23:00", "UTC")
    ends = {zone: utc(ends_at(UntilDaysAhead(0), now, ZoneInfo(zone))) for zone in ("UTC", PARIS, "America/New_York")}
    assert ends == {"UTC": "2026-07-02 00:00", PARIS: "2026-07-02 22:00", "America/New_York": "2026-07-02 04:00"}


@pytest.mark.parametrize(
    ("zone", "last_day", "end"),
    [
        (PARIS, "2026-03-28", "2026-03-28 23:00"),
        (PARIS, "2026-03-29", "2026-03-29 22:00"),
        (PARIS, "2026-10-25", "2026-10-25 23:00"),
        ("Asia/Beirut", "2025-03-29", "2025-03-29 22:00"),
        ("Africa/Cairo", "2025-04-24", "2025-04-24 22:00"),
        ("America/Santiago", "2025-09-06", "2025-09-07 04:00"),
        ("America/Havana", "2025-11-01", "2025-11-02 04:00"),
        ("America/Nuuk", "2025-10-25", "2025-10-26 02:00"),
        ("Pacific/Apia", "2011-12-29", "2011-12-30 10:00"),
        ("America/Toronto", "1919-03-30", "1919-03-31 04:30"),
    ],
    ids=[
        "the day before summer time",
        "a day of 23 hours",
        "a day of 25 hours",
        "no midnight in Beirut",
        "no midnight in Cairo",
        "no midnight in Santiago",
        "midnight twice in Havana",
        "clocks go back at midnight in Nuuk",
        "a whole day left out",
        "clocks jump from before midnight to behind it",
    ],
)
def test_clocks_change(zone: str, last_day: str, end: str) -> None:
    assert utc(ends_at(UntilDay(date.fromisoformat(last_day)), 0, ZoneInfo(zone))) == end


@given(st.dates(date(2012, 1, 1), date(2037, 1, 1)), ZONES)
def test_the_end_is_the_first_millisecond_of_another_day(day: date, zone: ZoneInfo) -> None:
    end = ends_at(UntilDay(day), 0, zone)
    before, behind = (datetime.fromtimestamp(ms / 1000, UTC).astimezone(zone).date() for ms in (end - 1, end))
    assert (before, behind) == (day, day + timedelta(1))


@given(st.integers(1, 2000), MOMENTS, ZONES)
def test_thirty_days_are_thirty_days_at_any_hour(days: int, now: int, zone: ZoneInfo) -> None:
    end = ends_at(For(days * DAY), now, zone)
    assert days_between(now, end, zone) == days
    assert days_between(now, end + 1, zone) == days + 1
    assert end > now + (days - 1) * DAY


@pytest.mark.parametrize("term", [For(2 * HOUR), UntilDaysAhead(0)])
def test_less_than_a_day_is_no_day(term: Term) -> None:
    now = at("2026-07-01 12:00")
    assert days_between(now, ends_at(term, now, ZoneInfo(PARIS)), ZoneInfo(PARIS)) == 0


@pytest.mark.parametrize(
    "term",
    [
        For(999_999 * WEEK),
        For(10**30),
        ForMonths(99_999 * 12),
        ForMonths(10**30),
        UntilDay(date.max),
        UntilDay(date(9999, 12, 28)),
        UntilDaysAhead(10**7),
        UntilDaysAhead(10**12),
    ],
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
def test_too_far_away_is_the_latest_end_there_is(term: Term, zone: str) -> None:
    now = at("2026-07-01 12:00")
    assert ends_at(term, now, ZoneInfo(zone)) == LATEST
    assert days_between(now, LATEST, ZoneInfo(zone)) > 2_000_000


@pytest.mark.parametrize("term", [For(HOUR), For(DAY), ForMonths(1), UntilDate(2, 29), UntilWeekday(0)])
def test_nothing_is_later_than_the_latest(term: Term) -> None:
    assert ends_at(term, LATEST, ZoneInfo(PARIS)) == LATEST
    assert ends_at(UntilDay(date(9999, 12, 27)), 0, ZoneInfo("Pacific/Pago_Pago")) == LATEST
