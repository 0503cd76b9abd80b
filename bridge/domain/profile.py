"""What somebody told us about themselves, and how they want to be told things."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60


class Notify(StrEnum):
    """What the bot writes to somebody for: everything they follow, only what names them, nothing."""

    ALL = "all"
    MENTIONS = "mentions"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of every day, in minutes since midnight of somebody's zone; over midnight where `end` is not later."""

    start: int
    end: int

    def __contains__(self, minute: int) -> bool:
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end

    def opens(self, moment: int, zone: ZoneInfo) -> int:
        """The first moment of such a part from this one on, in milliseconds."""
        outside = Hours(self.end, self.start).until(moment, zone)
        return moment if outside is None else outside

    def until(self, moment: int, zone: ZoneInfo) -> int | None:
        """When the part around a moment ends, both in milliseconds; None where the moment is in none."""
        local = datetime.fromtimestamp(moment // 1000, zone)
        minute = local.hour * 60 + local.minute
        if minute not in self:
            return None
        midnight = datetime.combine(local.date(), time())
        ends = midnight + timedelta(days=self.end <= minute, minutes=self.end)
        found = (int(ends.replace(tzinfo=zone, fold=fold).timestamp()) * 1000 for fold in (0, 1))
        return next((end for end in found if end > moment), moment + 60_000)


@dataclass(frozen=True, slots=True)
class Profile:
    """`zone` is a name of the time-zone database, `away_until` in milliseconds (exclusive).

    `expertise` holds tags that they declared, `languages` codes such as "fr", `region` free words; `sealed`: some of
    these words were written in an encrypted room.
    """

    zone: str | None = None
    notify: Notify = Notify.ALL
    quiet: Hours | None = None
    hours: Hours | None = None
    languages: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()
    region: str = ""
    away_until: int | None = None
    sealed: bool = False

    def away(self, now: int) -> bool:
        return self.away_until is not None and now < self.away_until


NO_PROFILE = Profile()
