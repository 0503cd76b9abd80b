"""Business time: the weekly hours of a calendar in its time zone, without its holidays. Moments are in milliseconds."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bridge.domain.until import DAY, LATEST, MINUTE

Part = tuple[int, int]
"""A part of a day, in minutes since its midnight on the clock; the end is not in it."""
Week = tuple[tuple[Part, ...], ...]
"""The parts of Monday to Sunday."""

NO_HOURS: Week = ((),) * 7
_WHOLE_DAYS: Week = (((0, 24 * 60),),) * 7
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY = date(1970, 1, 1)
_CLOSED_FOR_GOOD = 3
"""After so many years without an hour there will be none."""
_LAST_YEAR = 9998
"""The last that ends on every clock while dates can be written; what comes later counts as its end."""


@dataclass(frozen=True, slots=True)
class _Year:
    """What of a year (UTC) is open: stretches in order, and how much was open before each; times in milliseconds."""

    starts: "array[int]"
    ends: "array[int]"
    before: "array[int]"
    total: int

    def until(self, moment: int) -> int:
        """How much of the year was open before a moment."""
        i = bisect_right(self.starts, moment) - 1
        return 0 if i < 0 else self.before[i] + min(moment, self.ends[i]) - self.starts[i]

    def after(self, spent: int) -> int:
        """The first moment before which so much was open, where 0 < spent <= total."""
        i = bisect_left(self.before, spent) - 1
        return self.starts[i] + spent - self.before[i]


@dataclass(frozen=True)
class Calendar:
    """When work is done. A week without any hours is open all the time; holidays are closed in any case.

    Hours are those that the clock on the wall shows: what it skips is not there, what it shows twice counts twice.
    """

    week: Week = NO_HOURS
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    holidays: Container[date] = frozenset()
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def is_open(self, moment: int) -> bool:
        return self.opens(moment) == moment

    def opens(self, moment: int) -> int:
        """The first open moment from this one on."""
        return self.later(moment, 1) - 1

    def business_time(self, start: int, end: int) -> int:
        """How much of the time from `start` until `end` is open; 0 where the end is not later."""
        if end <= start or start >= LATEST:
            return 0
        end = min(end, LATEST)
        first, last = _year_of(start), _year_of(end)
        between = sum(self._year(year).total for year in range(first, last))
        return between + self._year(last).until(end) - self._year(first).until(start)

    def later(self, start: int, business: int) -> int:
        """The first moment at which so much open time has passed since `start`; `LATEST` where that never comes."""
        if business <= 0 or start >= LATEST:
            return min(start, LATEST)
        year, closed = _year_of(start), 0
        left = business + self._year(year).until(start)
        while left > self._year(year).total:
            closed = 0 if self._year(year).total else closed + 1
            if closed > _CLOSED_FOR_GOOD or year >= _LAST_YEAR:
                return LATEST
            left -= self._year(year).total
            year += 1
        return self._year(year).after(left)

    def _year(self, number: int) -> _Year:
        found = self._years.get(number)
        if found is None:
            found = self._years[number] = self._reckoned(number)
        return found

    def _reckoned(self, number: int) -> _Year:
        starts, stops, before, total = array("q"), array("q"), array("q"), 0
        for start, stop in self._stretches(_start_of_year(number), _start_of_year(number + 1)):
            starts.append(start)
            stops.append(stop)
            before.append(total)
            total += stop - start
        return _Year(starts, stops, before, total)

    def _stretches(self, begins: int, ends: int) -> Iterator[Part]:
        """What is open between two moments: while clocks do not change, a day of the wall is a day of ours."""
        for start, stop, offset in _even(begins, ends, self.zone):
            first, last = ((at + offset) // DAY for at in (start, stop - 1))
            for day in range(first, last + 1):
                for begin, end in self._parts(_FIRST_DAY + timedelta(day)):
                    midnight = day * DAY - offset
                    opening, closing = max(midnight + begin * MINUTE, start), min(midnight + end * MINUTE, stop)
                    if opening < closing:
                        yield opening, closing

    def _parts(self, day: date) -> tuple[Part, ...]:
        week = self.week if any(self.week) else _WHOLE_DAYS
        parts = week[day.weekday()]
        return () if not parts or day in self.holidays else parts


ALWAYS = Calendar()


def merged(parts: list[Part]) -> tuple[Part, ...]:
    """Parts of a day in order, where they overlap or touch as one."""
    found: list[Part] = []
    for start, end in sorted(parts):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return tuple(found)


def _even(begins: int, ends: int, zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """The time between two moments, parted where the zone's distance to UTC changes: (start, end, distance)."""
    start, offset = begins, _offset(begins, zone)
    for stop in range(begins + DAY, ends + 1, DAY):
        while _offset(stop - 1, zone) != offset:
            change = _change(max(start, stop - DAY), stop, offset, zone)
            yield start, change, offset
            start, offset = change, _offset(change, zone)
    yield start, ends, offset


def _change(low: int, high: int, offset: int, zone: ZoneInfo) -> int:
    """The first moment from `low` on at which the distance is another."""
    return low + bisect_left(range(low, high), True, key=lambda at: _offset(at, zone) != offset)


def _offset(moment: int, zone: ZoneInfo) -> int:
    found = (_EPOCH + timedelta(milliseconds=moment)).astimezone(zone).utcoffset()
    return 0 if found is None else found // timedelta(milliseconds=1)


def _year_of(moment: int) -> int:
    return min((_EPOCH + timedelta(milliseconds=moment)).year, _LAST_YEAR)


def _start_of_year(number: int) -> int:
    return (date(number, 1, 1) - _FIRST_DAY).days * DAY
