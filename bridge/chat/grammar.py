"""How words become arguments: numbers of questions, people, filters, durations, in any order."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from bridge.domain.filters import BY_KEY, Criterion, Filter, Value
from bridge.domain.questions import UNANSWERED, Priority, State

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛", "'"))
_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+|"')
_NUMBER = re.compile(r"[Qq#]?0*([1-9]\d{0,8})[.,:;]?")
_PAGE = re.compile(r"0*[1-9]\d{0,4}")
_DURATION = re.compile(r"(\d{1,5})(m|min|h|d|j|w)", re.IGNORECASE)
_MILLISECONDS = {"m": 60_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "j": 86_400_000, "w": 604_800_000}
KEYS = tuple(BY_KEY)
"""The filters' names."""
_MISSPELT = 0.75
"""How like a filter's name a word must be to be taken for one (see `difflib.get_close_matches`)."""


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


def person_first(text: str, speaker: Speaker) -> tuple[str | None, str]:
    """The person named at the very start, and what stands behind; a pill's name may hold blanks."""
    for name, user_id in sorted(speaker.names.items(), key=lambda shown: -len(shown[0])):
        for shown in (name, f"@{name}"):
            behind = text[len(shown) :]
            if text.startswith(shown) and (not behind or behind[0].isspace() or behind[0] in ":,"):
                return user_id, behind.lstrip(" :,\t\n")
    first, _, rest = text.partition(" ")
    return person(first.rstrip(",:"), speaker), rest.strip()


def number_first(text: str) -> tuple[int | None, str]:
    """The question's number at the very start, and what stands behind."""
    first, _, rest = text.partition(" ")
    found = number(first)
    return (found, rest.strip()) if found else (None, text)


def filters_and_words(text: str, start: Filter, speaker: Speaker) -> tuple[Filter, str] | Problem:
    """`start` narrowed by the filters among the words, and the other words; what stands in quotes is no filter."""
    free: list[str] = []
    for written in _WORD.findall(straight(_joined_names(text, speaker))):
        word = written.replace('"', "")
        if written.startswith('"') or not _is_filter(word):
            free.append(word.strip())
            continue
        narrowed = _narrow(start, word, speaker)
        if isinstance(narrowed, Problem):
            return narrowed
        start = narrowed
    return start, " ".join(filter(None, free))


def _is_filter(word: str) -> bool:
    """Or so nearly one that it was meant to be: `tags:vpn`."""
    key, colon, value = word.lower().partition(":")
    if key == "here":
        return not colon
    near = get_close_matches(key, KEYS, n=1, cutoff=_MISSPELT)
    return bool(colon and near and (value or key in BY_KEY) and not value.startswith("//"))


def _joined_names(text: str, speaker: Speaker) -> str:
    """A pill's name may hold blanks: put the user id in its place."""
    for name, user_id in sorted(speaker.names.items(), key=lambda shown: -len(shown[0])):
        text = text.replace(f":{name}", f":{user_id}") if " " in name else text
    return text


def _narrow(wanted: Filter, word: str, speaker: Speaker) -> Filter | Problem:
    key, colon, value = word.partition(":")
    criterion = BY_KEY.get(key.lower())
    if criterion is None or bool(colon) is (criterion.value is Value.NOTHING):
        near = get_close_matches(key.lower(), KEYS, n=1)
        return Problem("usage-filter-unknown", {"word": word[:64], "hint": _as_written(near[0]) if near else "none"})
    found = _read(criterion, getattr(wanted, criterion.field), value, speaker)
    if found is None:
        return Problem("usage-filter-value", {"word": word[:64], "example": criterion.example})
    return replace(wanted, **{criterion.field: found})


def _as_written(key: str) -> str:
    return key if BY_KEY[key].value is Value.NOTHING else f"{key}:"


def _read(criterion: Criterion, before: Any, value: str, speaker: Speaker) -> Any:
    """What goes into the filter's field; None where the value makes no sense."""
    if criterion.value is Value.ASSIGNEE and value.lower() == "none":
        return "none"
    if criterion.value in {Value.PERSON, Value.ASSIGNEE}:
        return person(value, speaker)
    return _READERS[criterion.value](value, before)


def _names(value: str, before: frozenset[str]) -> frozenset[str] | None:
    names = {part.lstrip("#") for part in value.lower().split(",")} - {""}
    return before | names if names else None


def _states(value: str) -> frozenset[State] | None:
    names = {part.lstrip("#") for part in value.split(",")} - {""}
    if not names or not names <= {*State, "unanswered"}:
        return None
    return frozenset({State(n) for n in names & set(State)} | (UNANSWERED if "unanswered" in names else set()))


_SIDES = {"staff": True, "external": False}
_READERS: Mapping[Value, Callable[[str, Any], Any]] = {
    Value.NOTHING: lambda _value, _before: True,
    Value.TAGS: _names,
    Value.NAMES: lambda value, before: _names(value.replace("|", ","), before),
    Value.STATES: lambda value, _before: _states(value.lower().replace("|", ",")),
    Value.AGE: lambda value, _before: duration(value),
    Value.SIDE: lambda value, _before: _SIDES.get(value.lower()),
    Value.PRIORITY: lambda value, _before: Priority(value.lower()) if value.lower() in set(Priority) else None,
    Value.PAGE: lambda value, _before: int(value) if _PAGE.fullmatch(value) else None,
}
"""How what stands behind a filter's colon is read; people need to know who speaks."""
