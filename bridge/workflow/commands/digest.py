"""!digest: a summary each day or each week, for the room or for oneself."""

import re

from bridge.chat import dates
from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem, filters
from bridge.domain.filters import Filter
from bridge.workflow.digesting import ChooseDigest, choose

_TIME = re.compile(r"([01]?\d|2[0-3])(?:[:.h]([0-5]\d)|h)")


def build(invocation: Invocation) -> ChooseDigest | Problem:
    origin = invocation.said.origin
    words = invocation.rest.split()
    every = words[0].lower() if words else ""
    if every in {"", "off"}:
        unexpected = Problem("usage-unexpected", {"word": " ".join(words[1:])[:64]})
        return unexpected if words[1:] else ChooseDigest(origin=origin, off=every == "off")
    weekday = dates.weekday(words[1]) if every == "weekly" and len(words) > 1 else None
    at = words[2 if every == "weekly" else 1 :]
    minute = _minute(at[0]) if at else None
    if every not in {"daily", "weekly"} or minute is None or (every == "weekly" and weekday is None):
        return Problem("usage-digest", {})
    wanted = filters(" ".join(at[1:]), Filter(), invocation.speaker)
    if isinstance(wanted, Problem):
        return wanted
    return ChooseDigest(origin=origin, minute=minute, weekday=weekday, wanted=wanted)


def _minute(word: str) -> int | None:
    """`9:00`, `09:00`, `9h`, `9h30`, in minutes since midnight."""
    match = _TIME.fullmatch(word.lower())
    return int(match[1]) * 60 + int(match[2] or 0) if match else None


COMMAND = Command(
    name="digest",
    group=Group.SELF,
    arguments=(Argument.DIGEST, Argument.FILTERS),
    examples=("digest daily 09:00", "digest weekly mon 09:00 tag:vpn", "digest off"),
    build=build,
    intent=ChooseDigest,
    handle=choose,
)
