"""Business time, minute by minute."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.domain.calendar import ALWAYS, Calendar, Week, merged
from bridge.domain.until import DAY, HOUR, LATEST, MINUTE
from tests.workflow.examples import tried

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

CHANGES = {
    "Europe/Paris": ("2026-03-29T01:00", "2026-10-25T01:00"),
    "America/New_York": ("2026-03-08T07:00", "2026-11-01T06:00"),
    "Australia/Lord_Howe": ("2026-04-04T15:00", "2026-10-03T15:30"),
    "Africa/Casablanca": ("2026-02-15T02:00", "2026-03-22T02:00"),
    "Pacific/Apia": ("2011-12-30T10:00", "2011-09-24T14:00"),
    "America/St_Johns": ("2011-03-13T03:31", "2011-11-06T02:31"),
    "Asia/Kolkata": ("2026-12-31T18:30", "2026-01-01T00:00"),
    "UTC": ("2026-12-31T23:59", "2024-02-29T00:00"),
}
"""Around which moments (UTC) something happens in a zone: clocks change, a day is left out, a year ends."""


def at(text: str, zone: str = "UTC") -> int:
    return int((datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)) - EPOCH) / timedelta(milliseconds=1))


def clock(moment: int, zone: ZoneInfo) -> datetime:
    return (EPOCH + timedelta(milliseconds=moment)).astimezone(zone)


def open_minute(calendar: Calendar, moment: int) -> bool:
    """What somebody says who looks at the clock on the wall."""
    here = clock(moment, calendar.zone)
    if here.date() in calendar.holidays:
        return False
    minute = here.hour * 60 + here.minute
    if not any(calendar.week):
        return True
    return any(start <= minute < end for start, end in calendar.week[here.weekday()])


def minutes(start: int, end: int) -> Iterator[int]:
    return iter(range(start, end, MINUTE))


parts = st.tuples(st.integers(0, 1439), st.integers(0, 1439)).map(lambda p: (min(p), max(p) + 1))
nights = st.sampled_from([(0, 1440), (60, 200), (0, 95), (1380, 1440), (119, 121)])
weeks = st.lists(st.lists(parts | nights, max_size=3).map(merged), min_size=7, max_size=7).map(tuple)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Calendar, int, int]:
    """A calendar, and a stretch of a few days in which clocks change or holidays are."""
    name = draw(st.sampled_from(sorted(CHANGES)))
    change = at(draw(st.sampled_from(CHANGES[name])))
    start = change + draw(st.integers(-2 * 1440, 1440)) * MINUTE
    end = start + draw(st.integers(0, 3 * 1440)) * MINUTE
    zone = ZoneInfo(name)
    days = st.sampled_from([clock(change + day * DAY, zone).date() for day in range(-2, 4)])
    week: Week = draw(weeks)
    return Calendar(week, zone, draw(st.frozensets(days, max_size=3))), start, end


@given(cases())
@tried("business_time", 1_000)
def test_business_time_is_what_the_clock_on_the_wall_counts(case: tuple[Calendar, int, int]) -> None:
    calendar, start, end = case
    opened = [minute for minute in minutes(start, end) if open_minute(calendar, minute)]
    assert calendar.business_time(start, end) == len(opened) * MINUTE
    assert calendar.is_open(start) == open_minute(calendar, start)
    for count in {1, len(opened) // 2, len(opened)} - {0}:
        if count <= len(opened):
            assert calendar.later(start, count * MINUTE) == opened[count - 1] + MINUTE
    if opened:
        assert calendar.opens(start) == opened[0]


@given(cases(), st.integers(0, 400 * DAY), st.integers(0, 400 * DAY), st.integers(1, 60 * DAY))
@tried("later_inverts", 1_000)
def test_business_time_adds_up_and_later_is_the_first_such_moment(
    case: tuple[Calendar, int, int], first: int, second: int, wanted: int
) -> None:
    calendar, start, _ = case
    middle, end = start + first, start + first + second
    whole = calendar.business_time(start, end)
    assert whole == calendar.business_time(start, middle) + calendar.business_time(middle, end)
    due = calendar.later(start, wanted)
    if due < LATEST:
        assert calendar.business_time(start, due) == wanted
        assert calendar.business_time(start, due - 1) == wanted - 1


OFFICE: Week = (((540, 750), (810, 1080)),) * 5 + ((), ())


def test_a_question_on_friday_evening_waits_from_monday_on() -> None:
    paris = Calendar(OFFICE, ZoneInfo("Europe/Paris"), frozenset({date(2026, 7, 14)}))
    friday = at("2026-07-10T17:30", "Europe/Paris")
    assert paris.later(friday, 2 * HOUR) == at("2026-07-13T10:30", "Europe/Paris")
    assert paris.later(friday, 9 * HOUR) == at("2026-07-15T09:30", "Europe/Paris")
    assert paris.business_time(friday, at("2026-07-15T09:00", "Europe/Paris")) == int(8.5 * HOUR)
    assert not paris.is_open(at("2026-07-14T10:00", "Europe/Paris"))
    assert paris.opens(at("2026-07-13T12:45", "Europe/Paris")) == at("2026-07-13T13:30", "Europe/Paris")


def test_night_hours_follow_the_clock_when_it_is_changed() -> None:
    night = Calendar((((60, 240),),) * 7, ZoneInfo("Europe/Paris"))
    day = at("2026-03-29T00:00", "Europe/Paris")
    assert night.business_time(day, day + DAY) == 2 * HOUR
    day = at("2026-10-25T00:00", "Europe/Paris")
    assert night.business_time(day, day + DAY) == 4 * HOUR


def test_without_hours_all_time_counts_and_a_calendar_that_never_opens_never_ends() -> None:
    now = at("2026-05-05T05:05")
    assert ALWAYS.is_open(now) and ALWAYS.later(now, HOUR) == now + HOUR
    assert ALWAYS.business_time(now, now + 9 * DAY) == 9 * DAY
    assert ALWAYS.business_time(now, now - 1) == 0 == ALWAYS.business_time(now, now)

    class EveryDay:
        def __contains__(self, day: object) -> bool:
            return True

    never = Calendar(OFFICE, holidays=EveryDay())
    assert never.later(now, 1) == LATEST == never.opens(now) + 1
    assert never.business_time(now, LATEST // 100) == 0
    assert ALWAYS.later(LATEST - DAY * 400, 900 * DAY) == LATEST


@pytest.mark.parametrize("business", [0, -5])
def test_nothing_to_wait_for_is_now(business: int) -> None:
    assert Calendar(OFFICE).later(12345, business) == 12345
