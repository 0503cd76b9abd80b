"""!stats: how things stand, and how they went."""

from dataclasses import replace

from bridge.chat.command import Argument, Command, Group, Invocation
from bridge.chat.grammar import Problem, duration, filters, words
from bridge.domain.filters import Filter
from bridge.domain.spaces import DAY
from bridge.workflow.reporting import LONGEST, AskStatistics, show

DAYS = 30


def build(invocation: Invocation) -> AskStatistics | Problem:
    """A time stands alone, as in `30d`, or is said as `since:30d`."""
    given = words(invocation.rest)
    times = [word for word in given if duration(word) is not None]
    rest = " ".join(f'"{word}"' for word in given if word not in times)
    wanted = filters(rest, Filter(), invocation.speaker)
    if isinstance(wanted, Problem):
        return wanted
    time = duration(times[-1]) if times else wanted.since
    days = -(-(time or DAYS * DAY) // DAY) if time != 0 else 0
    if not 1 <= days <= LONGEST:
        return Problem("usage-stats-time", {})
    return AskStatistics(origin=invocation.said.origin, wanted=replace(wanted, since=None), days=days)


COMMAND = Command(
    name="stats",
    group=Group.FIND,
    arguments=(Argument.FILTERS, Argument.TIME),
    examples=("stats", "stats space:acme 90d", "stats tag:vpn from:external"),
    aliases=("statistics",),
    build=build,
    intent=AskStatistics,
    handle=show,
)
