"""How words become arguments: numbers of questions, people, filters, durations, in any order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from bridge.domain.filters import Filter
from bridge.domain.questions import UNANSWERED, Priority, State

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛", "'"))
_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+|"')
_NUMBER = re.compile(r"[Qq#]?0*([1-9]\d{0,8})[.,:;]?")
_PAGE = re.compile(r"0*[1-9]\d{0,4}")
_DURATION = re.compile(r"(\d{1,5})(m|min|h|d|j|w)", re.IGNORECASE)
_MILLISECONDS = {"m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "j": 86_400_000, "w": 604_800_000}
EXAMPLES = {
    "space": "space:helpdesk",
    "tag": "tag:vpn",
    "by": "by:@ann:example.org",
    "assigned": "assigned:me, assigned:none",
    "older": "older:2d",
    "since": "since:7d",
    "is": "is:open, is:claimed, is:answered, is:closed",
    "from": "from:staff, from:external",
    "priority": "priority:low, priority:normal, priority:high, priority:urgent",
    "page": "page:2",
}
"""What each filter looks like in use."""
KEYS = tuple(EXAMPLES)


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with the words: a key of the catalogues, with its arguments."""

    key: str
    arguments: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a filter's words may refer to: who writes, the server of short names, the names of pills."""

    user_id: str
    server: str
    names: Mapping[str, str]


def straight(text: str) -> str:
    """Typographic quotes as plain ones."""
    return text.translate(_QUOTES)


def words(text: str) -> list[str]:
    """Words; double quotes keep blanks together and are removed."""
    return [w.replace('"', "") for w in _WORD.findall(straight(text)) if w.strip('"')]


def number(word: str) -> int | None:
    """`42`, `Q42` or `#42`."""
    match = _NUMBER.fullmatch(word)
    return int(match[1]) if match else None


def duration(word: str) -> int | None:
    """`30m`, `2h`, `7d` (or `7j`), `1w`, in milliseconds."""
    match = _DURATION.fullmatch(word)
    return int(match[1]) * _MILLISECONDS[match[2].lower()] if match else None


def person(word: str, speaker: Speaker) -> str | None:
    """A user id from an id, a short `@name` of our own server, "me", or a name that a pill stands for."""
    if word.lower() == "me":
        return speaker.user_id
    for name, user_id in speaker.names.items():
        if word.lower().lstrip("@") == straight(name).lower().lstrip("@"):
            return user_id
    if word.startswith("@") and len(word) > 1:
        return word if ":" in word else f"{word}:{speaker.server}"
    return None


def filters(text: str, start: Filter, speaker: Speaker) -> Filter | Problem:
    """`start` narrowed by filter words in any order."""
    for word in words(_joined_names(text, speaker)):
        narrowed = _narrow(start, word, speaker)
        if isinstance(narrowed, Problem):
            return narrowed
        start = narrowed
    return start


def _joined_names(text: str, speaker: Speaker) -> str:
    """A pill's name may hold blanks: put the user id in its place."""
    for name, user_id in sorted(speaker.names.items(), key=lambda shown: -len(shown[0])):
        text = text.replace(f":{name}", f":{user_id}") if " " in name else text
    return text


def _narrow(wanted: Filter, word: str, speaker: Speaker) -> Filter | Problem:
    if word.lower() == "here":
        return replace(wanted, here=True)
    key, colon, value = word.partition(":")
    key = key.lower()
    if not colon or key not in KEYS:
        near = get_close_matches(key, [*KEYS, "here"], n=1)
        hint = f"{near[0]}:" if near and near[0] != "here" else near[0] if near else "none"
        return Problem("usage-filter-unknown", {"word": word[:64], "hint": hint})
    narrowed = _by_value(wanted, key, value, speaker)
    return narrowed or Problem("usage-filter-value", {"word": word[:64], "example": EXAMPLES[key]})


def _by_value(wanted: Filter, key: str, value: str, speaker: Speaker) -> Filter | None:
    if not value:
        return None
    if key in {"space", "tag", "is"}:
        return _by_set(wanted, key, value.lower())
    if key in {"by", "assigned"}:
        return _by_person(wanted, key, value, speaker)
    if key in {"older", "since"}:
        return _by_age(wanted, key, duration(value))
    return _by_choice(wanted, key, value.lower())


def _by_age(wanted: Filter, key: str, age: int | None) -> Filter | None:
    if age is None:
        return None
    return replace(wanted, older=age) if key == "older" else replace(wanted, since=age)


def _by_set(wanted: Filter, key: str, value: str) -> Filter | None:
    alternatives = value if key == "tag" else value.replace("|", ",")
    names = {part.lstrip("#") for part in alternatives.split(",")} - {""}
    if not names:
        return None
    if key == "space":
        return replace(wanted, spaces=wanted.spaces | names)
    if key == "tag":
        return replace(wanted, tags=wanted.tags | names)
    states = {State(n) for n in names & set(State)} | (UNANSWERED if "unanswered" in names else set())
    return replace(wanted, states=frozenset(states)) if names <= {*State, "unanswered"} else None


def _by_person(wanted: Filter, key: str, value: str, speaker: Speaker) -> Filter | None:
    if key == "assigned" and value.lower() == "none":
        return replace(wanted, assigned="none")
    who = person(value, speaker)
    if who is None:
        return None
    return replace(wanted, by=who) if key == "by" else replace(wanted, assigned=who)


def _by_choice(wanted: Filter, key: str, value: str) -> Filter | None:
    if key == "from":
        ours = {"staff": True, "external": False}.get(value)
        return replace(wanted, from_ours=ours) if ours is not None else None
    if key == "priority":
        return replace(wanted, priority=Priority(value)) if value in set(Priority) else None
    return replace(wanted, page=int(value)) if _PAGE.fullmatch(value) else None
