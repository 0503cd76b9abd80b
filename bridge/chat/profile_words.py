"""What people say of themselves, as words: hours, zones, languages, tags."""

import re
import unicodedata
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from bridge.chat.text import tags
from bridge.domain.profile import DAY_MINUTES, Hours

NOTHING = frozenset({"none", "off", "default", "-", "–"})
"""What takes something back that was said."""
REGION_LENGTH = 60
MOST_LANGUAGES = 10
_HOURS = re.compile(r"(\d{1,2})(?:[:h.](\d{2})?)?\s*(?:-|–|—|to|bis|à|tot|до)\s*(\d{1,2})(?:[:h.](\d{2})?)?")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def hours(text: str) -> Hours | None:
    """`22:00-07:00`, `9-17`, `9h–17h30`; None where that is no part of a day."""
    match = _HOURS.fullmatch(text.strip().lower())
    if match is None:
        return None
    start, start_minute, end, end_minute = (int(part or 0) for part in match.groups())
    found = Hours(start * 60 + start_minute, end * 60 + end_minute)
    fits = max(start_minute, end_minute) < 60 and found.start < DAY_MINUTES and found.end <= DAY_MINUTES
    return found if fits and found.start != found.end % DAY_MINUTES else None


def clock(part: Hours | None) -> str:
    """As it is written; "–" for none."""
    if part is None:
        return "–"
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in (part.start, part.end))


def zone(text: str) -> str | None:
    """The name in the time-zone database that is meant: whole, or the place alone, in any case."""
    return _zones().get(text.strip().replace(" ", "_").casefold())


def nearest_zone(text: str) -> str:
    near = get_close_matches(text.strip().replace(" ", "_").casefold(), _zones(), n=1)
    return _zones()[near[0]] if near else "Europe/Paris"


@cache
def _zones() -> dict[str, str]:
    names = sorted(
        name for name in available_timezones() if not name.startswith(("Etc/", "SystemV/", "posix", "right"))
    )
    places = {name.rpartition("/")[2].casefold(): name for name in reversed(names) if "/" in name}
    return places | {name.casefold(): name for name in names}


def languages(text: str) -> tuple[str, ...] | None:
    """Codes such as `fr, en`; None where there are others."""
    found = tuple(dict.fromkeys(text.lower().replace(",", " ").split()))
    return found if found and len(found) <= MOST_LANGUAGES and all(map(_LANGUAGE.fullmatch, found)) else None


def tag(word: str) -> str | None:
    """A tag, with or without `#`; None where it is none."""
    bare = unicodedata.normalize("NFC", word.strip()).lstrip("#").rstrip("-")
    return bare.lower() if tags(f"#{bare}") == (bare.lower(),) else None
