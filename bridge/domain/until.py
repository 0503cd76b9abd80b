"""When a grant ends: what was said ("for 30 days", "until Friday"), and the moment that this means in a time zone."""

from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
WEEK = 7 * DAY
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LAST_DAY = date(MAXYEAR, 12, 28)
LATEST = (datetime.combine(_LAST_DAY, time(), UTC) - _EPOCH) // _MILLISECOND
"""No end is later than this, however far away somebody asks for it; it can still be shown as a date everywhere."""
_YEARS_BETWEEN_LEAP_DAYS = 8


@dataclass(frozen=True, slots=True)
class For:
    """A duration. Less than a day is exact; from a day on, it ends with the day."""

    milliseconds: int


@dataclass(frozen=True, slots=True)
class ForMonths:
    """Months of the calendar: a month from 31 January ends on the last day of February."""

    months: int


@dataclass(frozen=True, slots=True)
class UntilDay:
    """Until the end of a day."""

    day: date


@dataclass(frozen=True, slots=True)
class UntilDate:
    """Until the end of the next such day of a year, which may be today."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class UntilWeekday:
    """Until the end of the next such day of the week (Monday is 0), which is never today."""

    weekday: int


@dataclass(frozen=True, slots=True)
class UntilDaysAhead:
    """Until the end of today (0), tomorrow (1) and so on."""

    days: int


Term = For | ForMonths | UntilDay | UntilDate | UntilWeekday | UntilDaysAhead


def ends_at(term: Term, now: int, zone: ZoneInfo) -> int:
    """The first millisecond that is not covered any more. It may have passed already: a day long gone can be named."""
    if isinstance(term, For) and term.milliseconds < DAY:
        return min(now + term.milliseconds, LATEST)
    try:
        last = _last_day(term, _clock(now, zone))
    except OverflowError:
        return LATEST
    return min(_start_of(last + timedelta(1), zone), LATEST) if last < _LAST_DAY else LATEST


def days_between(now: int, end: int, zone: ZoneInfo) -> int:
    """How many days after today the last day before `end` is: 30 for "30 days", at whatever hour it is said."""
    return (_clock(end - 1, zone).date() - _clock(now, zone).date()).days


def _clock(at: int, zone: ZoneInfo) -> datetime:
    """What calendar and clock show there; without a zone, so that adding days never moves the hour."""
    return (_EPOCH + at * _MILLISECOND).astimezone(zone).replace(tzinfo=None)


def _last_day(term: Term, here: datetime) -> date:
    match term:
        case For(milliseconds):
            return (here + milliseconds * _MILLISECOND).date()
        case ForMonths(months):
            return _months_later(here.date(), months)
        case UntilDay(day):
            return day
        case UntilDate(month, day_of_month):
            return _next_date(here.date(), month, day_of_month)
        case UntilWeekday(weekday):
            return here.date() + timedelta((weekday - here.weekday() - 1) % 7 + 1)
        case UntilDaysAhead(days):
            return here.date() + timedelta(days)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _next_date(today: date, month: int, day: int) -> date:
    years = range(today.year, min(today.year + _YEARS_BETWEEN_LEAP_DAYS, MAXYEAR) + 1)
    found = (date(year, month, day) for year in years if day <= monthrange(year, month)[1])
    return next((day for day in found if day >= today), date.max)


def _start_of(day: date, zone: ZoneInfo) -> int:
    """The first millisecond of a day. Where clocks jump over midnight, it is the moment of the jump.

    For a time that the clocks jump over, fold 0 gives a moment behind the jump and fold 1 one before it.
    """
    late, other = ((datetime.combine(day, time(fold=f), zone) - _EPOCH) // _MILLISECOND for f in (0, 1))
    early = min(late, other)
    return early + bisect_left(range(early, late), day, key=lambda at: _clock(at, zone).date())
