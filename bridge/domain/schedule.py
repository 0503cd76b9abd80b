"""When something regular is due next: each day, or one day a week, at a time of the clock in a zone."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LONGEST = 9
"""Days in which a weekly time surely comes, also where a zone left out a day."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """`minute` since midnight; `weekday` with Monday as 0, None: each day; `zone` a name of the time-zone database."""

    minute: int
    weekday: int | None = None
    zone: str = "UTC"


def next_time(schedule: Schedule, after: int) -> int:
    """The first such moment later than `after`, in milliseconds.

    A time that clocks jump over comes as much later as they jump; one that comes twice counts the first time.
    """
    zone = ZoneInfo(schedule.zone)
    today = (_EPOCH + after * _MILLISECOND).astimezone(zone).date()
    at = time(schedule.minute // 60, schedule.minute % 60)
    for ahead in range(-1, _LONGEST):
        day = today + timedelta(ahead)
        if schedule.weekday is not None and day.weekday() != schedule.weekday:
            continue
        moment = (datetime.combine(day, at, zone) - _EPOCH) // _MILLISECOND
        if moment > after:
            return moment
    raise ValueError(f"no such time after {after}")
