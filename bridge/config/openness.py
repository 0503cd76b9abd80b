"""Settings of a space that would let out what its level keeps in, or keep in what its level lets out."""

from typing import Any, NamedTuple, get_args

from bridge.config.draft import Draft
from bridge.config.values import Level, as_flag

LEVELS: tuple[str, ...] = get_args(Level)
"""From the most closed to the most open."""

CLOSED = LEVELS[:2]


class _TooOpen(NamedTuple):
    key: str
    value: Any
    effect: str
    expected: str


_TOO_OPEN = (
    _TooOpen("join_rule", "public", "anybody may join", "invite, knock, restricted or knock_restricted"),
    _TooOpen("history_visibility", "world_readable", "anybody may read", "joined, invited or shared"),
    _TooOpen("guest_access", "can_join", "guests may join", "forbidden"),
    _TooOpen("listed", True, "strangers find the room", "off"),
)


def check(draft: Draft) -> None:
    """Record what contradicts the level of a space, and is dangerous. What is merely vain is noticed elsewhere."""
    for space in draft.section("spaces"):
        level = draft.get("spaces", space, "level")
        if level in LEVELS:
            _shares(draft, space, level)
            _externals(draft, space, level)
        if level in CLOSED:
            _room(draft, space, level)


def is_more_open(other: str, level: str) -> bool:
    """Whether a space of the level `other` lets in people whom one of `level` does not.

    Another extranet space does: its externals are others.
    """
    return LEVELS.index(other) > LEVELS.index(level) or other == level == "extranet"


def _shares(draft: Draft, space: str, level: str) -> None:
    if as_flag(draft.get("spaces", space, "even_if_more_open")) is True:
        return
    for path, name in draft.texts("spaces", space, "shares_with"):
        other = draft.get("spaces", name, "level")
        if name == space or other not in LEVELS or not is_more_open(other, level):
            continue
        how = "has other externals" if other == level else f"is more open ({other})"
        said = f"{name} {how} than {space} ({level})"
        hint = f"everybody in {name} could read the questions of {space}"
        draft.blame(path, said, f"spaces that are not more open, or spaces.{space}.even_if_more_open: true", hint)


def _externals(draft: Draft, space: str, level: str) -> None:
    if level not in CLOSED and draft.section("spaces", space, "externals"):
        said = f"in a {level} space everybody may join: this would keep nobody out"
        draft.blame(("spaces", space, "externals"), said, "level: extranet", "or remove externals", at_key=True)


def _room(draft: Draft, space: str, level: str) -> None:
    for key, value, effect, expected in _TOO_OPEN:
        path = ("spaces", space, "room", key)
        written = draft.get(*path)
        if (as_flag(written) if value is True else written) == value:
            draft.blame(path, f"{effect}, but the space is {level}", expected, "or a more open level")
