"""`stats`: what was asked and answered, for people and for other programs."""

import csv
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from bridge.chat import numbers
from bridge.chat.grammar import duration
from bridge.domain.spaces import DAY
from bridge.domain.statistics import Figures, Times, day_of, figures_of, read
from bridge.policy import policy_of
from bridge.store.transaction import StoreTransaction
from bridge.verbs.data import reading
from bridge.verbs.ending import loaded, no_space, say
from bridge.verbs.table import show
from bridge.workflow.tallies import Span

COLUMNS = (
    *("day", "space", "new", "answered", "closed", "deflected", "waiting"),
    *("first_response_median_minutes", "first_response_p90_minutes"),
    *("first_response_median_business_minutes", "first_response_p90_business_minutes"),
    *("acceptance_median_minutes", "acceptance_p90_minutes"),
    *("acceptance_median_business_minutes", "acceptance_p90_business_minutes"),
)
"""Of the CSV, in this order; docs/statistics.md says what they mean. More may follow behind them."""
HEADINGS = ("SPACE", "NEW", "ANSWERED", "CLOSED", "DEFLECTED", "WAITING", "FIRST RESPONSE (90 %)", "ACCEPTANCE (90 %)")
_FIRST_DAY = date(1970, 1, 1)
_MINUTE = 60_000


@dataclass(slots=True)
class Spaces:
    """What of each space is shown: its marks by day, by how many more waited after each day, how many wait now."""

    marks: dict[str, dict[int, Counter[int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Counter)))
    waiting: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    now: Counter[str] = field(default_factory=Counter)


def stats(config: Path, as_csv: bool, space: str | None, since: str) -> None:
    """On standard output."""
    back = duration(since)
    if not back:
        raise typer.BadParameter("expected a time such as 30d or 12w", param_hint="--since")
    found = loaded(config).config
    if space is not None and space not in found.spaces:
        raise no_space(space, found)
    last = day_of(time.time_ns() // 1_000_000, ZoneInfo(policy_of(found).zone))
    names = set(found.spaces) if space is None else {space}
    with reading(found.database) as database:
        spaces, counted = database.read_now(lambda tx: _look(tx, names, last - -(-back // DAY) + 1, last))
    if counted < 1:
        say(f"not all questions are counted yet ({counted:.0%}); `askbridge run` goes on with it")
    if as_csv:
        _write(spaces, last)
    else:
        show(HEADINGS, list(_rows(spaces)), str)


def _look(tx: StoreTransaction, names: Collection[str], first: int, last: int) -> tuple[Spaces, float]:
    """Of the rooms of these spaces; a triage room has questions of none."""
    rooms = {room.room_id: room.space for room in tx.rooms.all().values() if room.space and room.space in names}
    spaces = Spaces()
    for day, room_id, waiting, marks in tx.tallies.cells(Span(frozenset(rooms), first, last)):
        spaces.marks[rooms[room_id]][day].update(read([marks]))
        spaces.waiting[rooms[room_id]][day] += waiting
    for name in sorted(set(rooms.values())):
        spaces.now[name] = tx.tallies.waiting([room_id for room_id, owner in rooms.items() if owner == name])
    return spaces, tx.tallies.counted_share()


def _rows(spaces: Spaces) -> Iterator[tuple[str, ...]]:
    for name, waiting in spaces.now.items():
        figures = figures_of(sum(spaces.marks[name].values(), Counter()))
        counts = (figures.asked, figures.answered, figures.closed, figures.deflected, waiting)
        yield (name, *map(str, counts), _took(figures.response), _took(figures.answer))


def _took(times: Times) -> str:
    if not times.count:
        return "-"
    return f"{numbers.lasting(times.median, 'en')} ({numbers.lasting(times.most, 'en')})"


def _write(spaces: Spaces, last: int) -> None:
    """Days on which nothing happened in a space have no row."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    rows = []
    for name, waiting in spaces.now.items():
        for day in range(last, min(spaces.marks[name], default=last + 1) - 1, -1):
            if day in spaces.marks[name]:
                figures = figures_of(spaces.marks[name][day])
                rows.append((_iso(day), name, *_counts(figures), waiting, *_minutes(figures)))
            waiting -= spaces.waiting[name][day]
    out.writerows(sorted(rows))


def _counts(figures: Figures) -> tuple[int, ...]:
    return figures.asked, figures.answered, figures.closed, figures.deflected


def _iso(day: int) -> str:
    return (_FIRST_DAY + timedelta(day)).isoformat()


def _minutes(figures: Figures) -> Iterator[str]:
    """Empty where nothing was measured."""
    for times in (figures.response, figures.response_at_work, figures.answer, figures.answer_at_work):
        yield from (str(round(t / _MINUTE)) if times.count else "" for t in (times.median, times.most))
