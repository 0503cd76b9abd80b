"""`!stats`: from which rooms, over which days, and what comes out."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from zoneinfo import ZoneInfo

from bridge.chat import grammar
from bridge.chat.grammar import Problem, Speaker
from bridge.chat.intents import Intent
from bridge.chat.render import statistics as render
from bridge.chat.render.content import Content, notice
from bridge.domain.filters import EVERYTHING, Filter, spelled
from bridge.domain.people import is_ours
from bridge.domain.reports import Helper, Report
from bridge.domain.statistics import (
    DAY,
    Change,
    Course,
    Figures,
    Terms,
    counts_of,
    day_of,
    figures_of,
    read,
    share_of,
    trend_of,
)
from bridge.workflow import guard
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.counting import zone_of
from bridge.workflow.desk import (
    Desk,
    Done,
    Outcome,
    Policy,
    place_of,
    quotable,
    with_replaced,
)
from bridge.workflow.effects import ShowStatistics, ShowTrend
from bridge.workflow.materials import Materials
from bridge.workflow.storage import Transaction
from bridge.workflow.tallies import Span, Wanted

LONGEST = 92
"""The longest time that statistics look back, in days."""
NAMED = 5
"""How many tags and people are named."""
ENOUGH = 1_500
"""How many questions are looked at one by one; of more, every so manieth is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStatistics(Intent):
    """`days`: how far back, today included."""

    wanted: Filter
    days: int


def show(intent: AskStatistics, desk: Desk) -> Outcome:
    origin = desk.origin
    text = ShowStatistics(
        room_id=origin.room_id,
        reader=desk.sender,
        reply_to=origin.event_id,
        thread_root=origin.thread_root,
        filters=spelled(replace(intent.wanted, page=1, since=None)),
        days=intent.days,
    )
    return Done(effects=(text, ShowTrend(**asdict(text) | {"aside": True})))


@dataclass(frozen=True, slots=True)
class Tally:
    """Marks of a part of the questions, and what single days changed."""

    now: Mapping[tuple[str, bool], Counter[int]]
    before: Counter[int]
    days: Mapping[int, Change]
    waiting: int
    helpers: Sequence[tuple[str, int]]
    part: int = 1


Shown = ShowStatistics | ShowTrend


def wanted_by(effect: Shown) -> Filter:
    found = grammar.filters(effect.filters, Filter(), Speaker(effect.reader, "", {}))
    return EVERYTHING if isinstance(found, Problem) else found


def rooms_of(effect: Shown, tx: Transaction, policy: Policy) -> frozenset[str]:
    """The rooms that may be counted where it is shown. Whoever counts by a tag learns that it is there."""
    wanted, viewer = wanted_by(effect), guard.viewer_in(effect.room_id, tx, policy)
    rooms = guard.rooms_for(viewer, tx, policy)
    if wanted.here:
        rooms &= with_replaced(effect.room_id, tx)
    if wanted.spaces:
        rooms = {room_id for room_id in rooms if _space_of(room_id, tx) in wanted.spaces}
    return worded(rooms, effect, tx) if wanted.tags else frozenset(rooms)


def worded(rooms: Collection[str], effect: Shown, tx: Transaction) -> frozenset[str]:
    """Those whose words may be repeated where it is shown."""
    return frozenset(room_id for room_id in rooms if quotable(tx, room_id, effect.room_id))


def outdated(effect: Shown, report: Report, around: Circumstances) -> bool:
    """Whether it tells of rooms that may be shown there no longer: then it is made anew."""
    tx, policy = around.tx, around.policy
    return not (report.rooms <= rooms_of(effect, tx, policy) and report.worded <= worded(report.worded, effect, tx))


def _space_of(room_id: str, tx: Transaction) -> str:
    room = tx.rooms.get(room_id)
    return (room.space or "") if room else ""


def gather(effect: Shown, around: Circumstances) -> Report:
    tx, policy = around.tx, around.policy
    rooms = rooms_of(effect, tx, policy)
    last = day_of(around.now, _zone(effect, around))
    span = Span(rooms, last - effect.days + 1, last)
    wanted = Wanted(_narrowing(wanted_by(effect)), rooms, policy.people, around.now)
    asked_by = wanted_by(effect).from_ours
    if wanted.filters == EVERYTHING:
        tally = _counted(replace(span, outside=None if asked_by is None else not asked_by), around)
    else:
        tally = _looked_at(replace(wanted, filters=replace(wanted.filters, from_ours=asked_by)), span, around)
    return _report(effect, span, tally, replace(wanted, filters=wanted_by(effect)), around)


def _narrowing(wanted: Filter) -> Filter:
    """What is left of a filter besides where, by whom and since when."""
    return replace(wanted, here=False, spaces=frozenset(), from_ours=None, since=None, page=1)


def _zone(effect: Shown, around: Circumstances) -> ZoneInfo:
    place = place_of(around.tx.rooms.get(effect.room_id), around.tx, around.policy)
    own = around.tx.persons.get(effect.reader).profile.zone
    return zone_of(place.space.zone if place else own or around.policy.zone)


def _before(span: Span) -> Span:
    return replace(span, first=2 * span.first - span.last - 1, last=span.first - 1)


def _counted(span: Span, around: Circumstances) -> Tally:
    """From what is kept by day and room."""
    tallies = around.tx.tallies
    named = frozenset(r for r in span.rooms if _names_people(r, around))
    return Tally(
        now={(room_id, outside): read([bag]) for room_id, outside, bag in tallies.bags(span)},
        before=read(bag for _, _, bag in tallies.bags(_before(span))),
        days=tallies.days(span),
        waiting=tallies.waiting(span.rooms, span.outside),
        helpers=tallies.helpers(replace(span, rooms=named), NAMED) if named else (),
    )


def _names_people(room_id: str, around: Circumstances) -> bool:
    space = around.policy.spaces.get(_space_of(room_id, around.tx))
    return space is not None and space.names


def _looked_at(wanted: Wanted, span: Span, around: Circumstances) -> Tally:
    """From the questions themselves, which a filter narrows to few; of many, a part that stands for them."""
    tallies = around.tx.tallies
    since = around.now - (2 * (span.last - span.first) + 3) * DAY
    courses, part = tallies.courses(wanted, since, ENOUGH)
    now: dict[tuple[str, bool], Counter[int]] = defaultdict(Counter)
    before: Counter[int] = Counter()
    days: dict[int, Change] = defaultdict(Change)
    helped: list[int] = []
    for number, room_id, course in courses:
        terms = _terms(room_id, course, around)
        share = share_of(course, terms)
        for (day, mark), count in share.marks.items():
            if span.first <= day <= span.last:
                now[room_id, terms.outside][mark] += count * part
                days[day] = _plus(days[day], mark, count * part)
            elif day >= _before(span).first:
                before[mark] += count * part
        for day, change in share.waiting.items():
            days[day] = replace(days[day], waiting=days[day].waiting + change * part)
        if course.answered_at is not None and _names_people(room_id, around):
            helped += [number] if day_of(course.answered_at, terms.zone) >= span.first else []
    helpers = [(person, count * part) for person, count in tallies.helpers_of(helped, NAMED)]
    return Tally(now, before, days, tallies.waiting_of(wanted), helpers, part)


def _plus(change: Change, mark: int, count: int) -> Change:
    asked, answered = counts_of(mark, count)
    return replace(change, asked=change.asked + asked, answered=change.answered + answered)


def _terms(room_id: str, course: Course, around: Circumstances) -> Terms:
    space = around.policy.spaces.get(_space_of(room_id, around.tx))
    outside = not is_ours(course.asker, around.policy.people)
    return Terms(zone_of(space.zone), space.calendar, outside) if space else Terms(zone_of("UTC"), outside=outside)


def _report(effect: Shown, span: Span, tally: Tally, wanted: Wanted, around: Circumstances) -> Report:
    total = _sum(tally.now.values())
    trend = trend_of(tally.days, span.first, span.last, tally.waiting)
    words = worded(span.rooms, effect, around.tx)
    since = around.now - effect.days * DAY
    spaces = _by_space(tally, around)
    return Report(
        rooms=span.rooms,
        worded=words,
        first=span.first,
        last=span.last,
        now=figures_of(total),
        before=figures_of(tally.before),
        waiting=tally.waiting,
        waited=tally.waiting - sum(tally.days[day].waiting for day in tally.days if span.first <= day <= span.last),
        trend=trend,
        tags=_tags(effect, replace(wanted, rooms=words), since, around),
        helpers=_named(tally.helpers, span.rooms, around.tx),
        spaces=spaces,
        sides={side: figures_of(_sum(m for (_, o), m in tally.now.items() if o is side)) for side in (False, True)},
        worth=_worth(spaces, around.policy),
        part=tally.part,
        counted=around.tx.tallies.counted_share(),
    )


def _tags(effect: Shown, wanted: Wanted, since: int, around: Circumstances) -> Sequence[tuple[str, float]]:
    if isinstance(effect, ShowTrend) or not wanted.rooms:
        return ()
    filters = replace(wanted.filters, here=False, spaces=frozenset(), since=None, page=1)
    return around.tx.tallies.tags(replace(wanted, filters=filters), since, NAMED)


def _named(helpers: Sequence[tuple[str, int]], rooms: frozenset[str], tx: Transaction) -> list[Helper]:
    """By the names that they have in one of these rooms."""
    places = {person: sorted(rooms & tx.rooms.memberships_of(person).keys())[:1] for person, _ in helpers}
    names = tx.rooms.display_names([(room_id, person) for person, found in places.items() for room_id in found])
    shown = {person: names.get((places[person][0], person), "") if places[person] else "" for person in places}
    return [Helper(person, shown[person], count) for person, count in helpers]


def _sum(marks: Iterable[Counter[int]]) -> Counter[int]:
    total: Counter[int] = Counter()
    for some in marks:
        total.update(some)
    return total


def _by_space(tally: Tally, around: Circumstances) -> dict[str, Figures]:
    spaces: dict[str, Counter[int]] = defaultdict(Counter)
    for (room_id, _), marks in tally.now.items():
        spaces[_space_of(room_id, around.tx)].update(marks)
    figures = {name: figures_of(marks) for name, marks in spaces.items()}
    return dict(sorted(figures.items(), key=lambda found: (-found[1].asked, found[0])))


def _worth(spaces: Mapping[str, Figures], policy: Policy) -> tuple[int, float] | None:
    """Of spaces that say what an answered question is worth; one that spared an answer is worth as much."""
    worth, count = 0.0, 0
    for name, figures in spaces.items():
        space = policy.spaces.get(name)
        if space is not None and space.cost_per_question:
            count += figures.answered + figures.deflected
            worth += (figures.answered + figures.deflected) * space.cost_per_question
    return (count, worth) if count else None


def rendered(effect: ShowStatistics, materials: Materials) -> Content:
    return notice(render.text(materials.found, materials.words_of(effect.room_id, effect.reader)))
