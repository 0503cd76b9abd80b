"""Which questions a list shows: what may be asked for, what that means, and how it is paged.

Each filter is declared once, in `CRITERIA`. From that come the grammar, the reference, the conditions in SQL
(`store.finding`), and `matches`; whatever takes filters takes these.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bridge.domain.people import People, is_ours
from bridge.domain.questions import Priority, Question, State

PAGE_SIZE = 10


class Order(StrEnum):
    OLDEST_FIRST = "oldest"
    NEWEST_FIRST = "newest"


@dataclass(frozen=True, slots=True)
class Filter:
    """Every field narrows the list; empty ones do not.

    `older` and `since` are ages in milliseconds; `answered`: an answer settled it no
    longer ago. `assigned` is a user id or "none".
    `involves` means asked by or assigned to.
    `from_ours` narrows by the asker's class: True for staff and trusted, False for everybody else.
    `here`: whoever looks keeps to the rooms of the place that it was written in.
    """

    states: frozenset[State] = frozenset()
    spaces: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    here: bool = False
    by: str | None = None
    assigned: str | None = None
    involves: str | None = None
    older: int | None = None
    since: int | None = None
    answered: int | None = None
    from_ours: bool | None = None
    priority: Priority | None = None
    page: int = 1
    order: Order = Order.NEWEST_FIRST


# --- what a filter asks of a question ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OneOf:
    """A property of the question is one of these; None: it has none."""

    name: str
    values: frozenset[str | None]


@dataclass(frozen=True, slots=True)
class Tagged:
    tag: str


@dataclass(frozen=True, slots=True)
class Asked:
    """When it was asked, in milliseconds, both ends included."""

    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """When an answer settled it, in milliseconds, or later."""

    since: int


@dataclass(frozen=True, slots=True)
class FromOurs:
    """Whether its asker is one of ours."""

    ours: bool
    people: People


@dataclass(frozen=True, slots=True)
class Involves:
    """Asked by, or assigned to."""

    person: str


Condition = OneOf | Tagged | Asked | Answered | FromOurs | Involves


def holds(condition: Condition, question: Question) -> bool:
    match condition:
        case OneOf(name, values):
            return getattr(question, name) in values
        case Tagged(tag):
            return tag in question.tags
        case Asked(since, until):
            return (since is None or question.created_at >= since) and (until is None or question.created_at <= until)
        case Answered(since):
            return question.answered_at is not None and question.answered_at >= since
        case FromOurs(ours, people):
            return is_ours(question.asker, people) is ours
        case Involves(person):
            return person in {question.asker, question.assignee}


# --- the declaration -----------------------------------------------------------------------------------------------


class Value(StrEnum):
    """What stands behind a filter's colon."""

    NOTHING = "nothing"
    NAMES = "names"
    TAGS = "tags"
    STATES = "states"
    PERSON = "person"
    ASSIGNEE = "assignee"
    AGE = "age"
    SIDE = "side"
    PRIORITY = "priority"
    PAGE = "page"


Meaning = Callable[[Any, People, int], tuple[Condition, ...]]


def _no_condition(_value: Any, _people: People, _now: int) -> tuple[Condition, ...]:
    """It says where to look, or which page."""
    return ()


def _one_of(name: str) -> Meaning:
    def among(values: frozenset[str], _people: People, _now: int) -> tuple[Condition, ...]:
        return (OneOf(name, frozenset(values)),)

    return among


def _is(name: str) -> Meaning:
    def same(value: str, _people: People, _now: int) -> tuple[Condition, ...]:
        return (OneOf(name, frozenset({value})),)

    return same


@dataclass(frozen=True, slots=True)
class Criterion:
    """One filter: how it is written, as `key:value`, into which field of `Filter` it goes, and what it means."""

    key: str
    field: str
    value: Value
    example: str
    means: Meaning = _no_condition


CRITERIA = (
    Criterion("here", "here", Value.NOTHING, "here"),
    Criterion("space", "spaces", Value.NAMES, "space:helpdesk", _one_of("space")),
    Criterion("tag", "tags", Value.TAGS, "tag:vpn", lambda tags, _p, _n: tuple(Tagged(tag) for tag in sorted(tags))),
    Criterion("by", "by", Value.PERSON, "by:@ann:example.org", _is("asker")),
    Criterion(
        "assigned",
        "assigned",
        Value.ASSIGNEE,
        "assigned:me, assigned:none",
        lambda who, _p, _n: (OneOf("assignee", frozenset({None if who == "none" else who})),),
    ),
    Criterion("older", "older", Value.AGE, "older:2d", lambda age, _p, now: (Asked(until=now - age),)),
    Criterion("since", "since", Value.AGE, "since:7d", lambda age, _p, now: (Asked(since=now - age),)),
    Criterion("answered", "answered", Value.AGE, "answered:7d", lambda age, _p, now: (Answered(since=now - age),)),
    Criterion("is", "states", Value.STATES, "is:open, is:claimed, is:answered, is:closed", _one_of("state")),
    Criterion(
        "from",
        "from_ours",
        Value.SIDE,
        "from:staff, from:external",
        lambda ours, people, _n: (FromOurs(ours, people),),
    ),
    Criterion(
        "priority",
        "priority",
        Value.PRIORITY,
        "priority:low, priority:normal, priority:high, priority:urgent",
        _is("priority"),
    ),
    Criterion("page", "page", Value.PAGE, "page:2"),
)
"""Every filter that can be written, in the order in which they are told of."""
BY_KEY = {criterion.key: criterion for criterion in CRITERIA}
EVERYTHING = Filter()
_UNITS = ((10_080, "w"), (1_440, "d"), (60, "h"), (1, "m"))


def conditions(wanted: Filter, people: People, now: int) -> tuple[Condition, ...]:
    """What must hold, all of it, of a question that is not withdrawn; where it may be is not said here."""
    written = (c.means(value, people, now) for c, value in _narrowing(wanted))
    involved = (Involves(wanted.involves),) if wanted.involves else ()
    return tuple(condition for found in (*written, involved) for condition in found)


def matches(wanted: Filter, question: Question, people: People, now: int) -> bool:
    """Whether a filter lets a question through; `here` is left to whoever knows where that is."""
    return not question.withdrawn and all(holds(c, question) for c in conditions(wanted, people, now))


def spelled(wanted: Filter) -> str:
    """A filter in words, as `chat.grammar.filters` reads them; all but `involves` and `order`."""
    return " ".join(word for criterion, value in _narrowing(wanted) for word in _spelled(criterion, value))


def _narrowing(wanted: Filter) -> Iterator[tuple[Criterion, Any]]:
    """The filters that say something."""
    for criterion in CRITERIA:
        value = getattr(wanted, criterion.field)
        if value != getattr(EVERYTHING, criterion.field):
            yield criterion, value


def _spelled(criterion: Criterion, value: Any) -> Iterator[str]:
    match criterion.value:
        case Value.NOTHING:
            yield criterion.key
        case Value.TAGS | Value.NAMES:
            yield from (f"{criterion.key}:{_quoted(name)}" for name in sorted(value))
        case Value.STATES:
            yield f"{criterion.key}:{','.join(sorted(value))}"
        case Value.AGE:
            yield f"{criterion.key}:{_age(value)}"
        case Value.SIDE:
            yield f"{criterion.key}:{'staff' if value else 'external'}"
        case _:
            yield f"{criterion.key}:{_quoted(str(value))}"


def _age(milliseconds: int) -> str:
    minutes = milliseconds // 60_000
    size, unit = next((size, unit) for size, unit in _UNITS if minutes % size == 0)
    return f"{minutes // size}{unit}"


def _quoted(name: str) -> str:
    return f'"{name}"' if any(c.isspace() for c in name) else name
