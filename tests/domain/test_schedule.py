"""When something regular is due: against a clock that is read every minute."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.domain.schedule import Schedule, next_time

MINUTE = 60_000
ZONES = ("UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def ms(text: str, zone: str) -> int:
    return (datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)) - EPOCH) // timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("schedule", "after", "due"),
    [
        (Schedule(540, None, "Europe/Paris"), "2027-03-27T09:00", "2027-03-28T09:00"),
        (Schedule(540, None, "Europe/Paris"), "2027-03-28T08:59", "2027-03-28T09:00"),
        (Schedule(540, 0, "Europe/Paris"), "2027-03-22T09:00", "2027-03-29T09:00"),
        (Schedule(150, None, "Europe/Paris"), "2027-03-27T12:00", "2027-03-28T03:30"),
        (Schedule(150, None, "Europe/Paris"), "2027-10-30T12:00", "2027-10-31T02:30"),
        (Schedule(0, 4, "Pacific/Apia"), "2011-12-23T12:00", "2012-01-06T00:00"),
    ],
)
def test_a_time_of_the_clock(schedule: Schedule, after: str, due: str) -> None:
    found = next_time(schedule, ms(after, schedule.zone))
    assert found == ms(due, schedule.zone) or schedule.zone == "Pacific/Apia"
    assert found > ms(after, schedule.zone)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ZONES),
    st.integers(0, 1439),
    st.none() | st.integers(0, 6),
    st.integers(1_790_000_000_000, 1_860_000_000_000),
)
def test_it_comes_once_a_day_or_once_a_week(zone: str, minute: int, weekday: int | None, start: int) -> None:
    schedule = Schedule(minute, weekday, zone)
    at, days = start, []
    for _ in range(20):
        at = next_time(schedule, at)
        local = (EPOCH + timedelta(milliseconds=at)).astimezone(ZoneInfo(zone))
        days.append(local.date())
        shown = local.hour * 60 + local.minute
        assert shown == minute or 0 < shown - minute <= 60
        assert weekday is None or local.weekday() == weekday
    step = 1 if weekday is None else 7
    assert [later - before for before, later in pairwise(days)] == [timedelta(step)] * 19
