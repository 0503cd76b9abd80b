"""What somebody told us about themselves, and how they want to be told things."""

from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Profile:
    """`zone` is a name of the time-zone database, `away_until` in milliseconds (exclusive).

    `expertise` holds tags that they declared, `languages` codes such as "fr", `region` free words.
    """

    zone: str | None = None
    notify: Notify = Notify.ALL
    quiet: Hours | None = None
    hours: Hours | None = None
    languages: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()
    region: str = ""
    away_until: int | None = None

    def away(self, now: int) -> bool:
        return self.away_until is not None and now < self.away_until


NO_PROFILE = Profile()
