"""Rules: when a question looks like this, do that. `decide` alone says which of them match, and why."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from bridge.domain.people import PersonClass
from bridge.domain.questions import Priority
from bridge.domain.teams import By


class Pattern(Protocol):
    """A regular expression that takes time in proportion to the text."""

    @property
    def source(self) -> str: ...

    def found_in(self, text: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold, all of it; what is empty or None asks for nothing.

    `rooms`: ids or aliases. `open`: whether it is in business hours. `unanswered_for`: so long it has waited, in
    milliseconds of business time.
    """

    spaces: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    text: Pattern | None = None
    classes: tuple[PersonClass, ...] = ()
    languages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    priorities: tuple[Priority, ...] = ()
    assigned: bool | None = None
    open: bool | None = None
    unanswered_for: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """To whom a question goes: to the next of a team."""

    team: str
    by: By = By.ROUND_ROBIN


@dataclass(frozen=True, slots=True)
class Actions:
    """What is done; `say` is a template (see `filled`)."""

    tags: tuple[str, ...] = ()
    priority: Priority | None = None
    assign: Assignment | None = None
    notify: tuple[str, ...] = ()
    say: str = ""
    escalate: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """`goes_on`: rules behind it are looked at as well after it matched."""

    name: str
    when: Conditions = Conditions()
    then: Actions = Actions()
    goes_on: bool = False

    @property
    def timed(self) -> bool:
        """Whether it is looked at when a question has waited, instead of when it is asked."""
        return self.when.unanswered_for is not None


@dataclass(frozen=True, slots=True)
class Situation:
    """A question as rules see it at a moment.

    `rooms`: the id and the aliases of its room; `language` is None where it is not known; `waited` as in `Conditions`.
    """

    space: str
    rooms: frozenset[str]
    text: str
    asker: PersonClass
    language: str | None = None
    tags: frozenset[str] = field(default_factory=frozenset)
    priority: Priority = Priority.NORMAL
    assigned: bool = False
    open: bool = True
    waited: int = 0


class Outcome(StrEnum):
    """What became of a rule."""

    MATCHED = "matched"
    FAILED = "failed"
    BEFORE = "before"
    """It matched at an earlier time, and is not carried out again."""
    UNREACHED = "unreached"
    """One before it matched, and that was that."""


@dataclass(frozen=True, slots=True)
class Check:
    """Whether one condition of a rule holds; `key` as in the config."""

    key: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Look:
    """A rule that was looked at."""

    rule: Rule
    checks: tuple[Check, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of each rule, in their order."""

    looks: tuple[Look, ...] = ()

    @property
    def matched(self) -> tuple[Rule, ...]:
        return tuple(look.rule for look in self.looks if look.outcome is Outcome.MATCHED)


def at_asking(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules that are looked at when a question is asked."""
    return tuple(rule for rule in rules if not rule.timed)


def after_waiting(rules: Sequence[Rule], waited: int) -> tuple[Rule, ...]:
    """The rules that are looked at when a question has waited just so long, in milliseconds of business time."""
    return tuple(rule for rule in rules if rule.when.unanswered_for == waited)


def waits(rules: Sequence[Rule], space: str) -> list[int]:
    """After which waiting times (milliseconds of business time) rules are looked at in a space, in order."""
    concerned = (rule.when for rule in rules if not rule.when.spaces or space in rule.when.spaces)
    return sorted({when.unanswered_for for when in concerned if when.unanswered_for is not None})


def decide(rules: Sequence[Rule], situation: Situation, before: frozenset[str] = frozenset()) -> Verdict:
    """Which rules match, in order, until one does that does not go on. `before`: names of those that did already.

    What a rule adds, those behind it see: its tags and its priority.
    """
    looks: list[Look] = []
    over = False
    for rule in rules:
        checks = tuple(checked(rule.when, situation))
        outcome = _outcome(checks, over=over, before=rule.name in before)
        looks.append(Look(rule, checks, outcome))
        if outcome is Outcome.MATCHED:
            situation = after(rule.then, situation)
        over = over or (outcome in {Outcome.MATCHED, Outcome.BEFORE} and not rule.goes_on)
    return Verdict(tuple(looks))


def _outcome(checks: tuple[Check, ...], *, over: bool, before: bool) -> Outcome:
    if over:
        return Outcome.UNREACHED
    if before:
        return Outcome.BEFORE
    return Outcome.MATCHED if all(check.holds for check in checks) else Outcome.FAILED


Asks = Callable[[Conditions], object]
Holds = Callable[[Conditions, Situation], bool]

CHECKS: tuple[tuple[str, Asks, Holds], ...] = (
    ("space", lambda when: when.spaces, lambda when, seen: seen.space in when.spaces),
    ("room", lambda when: when.rooms, lambda when, seen: not seen.rooms.isdisjoint(when.rooms)),
    ("text", lambda when: when.text, lambda when, seen: when.text is not None and when.text.found_in(seen.text)),
    ("from", lambda when: when.classes, lambda when, seen: seen.asker in when.classes),
    ("language", lambda when: when.languages, lambda when, seen: seen.language in when.languages),
    ("tag", lambda when: when.tags, lambda when, seen: not seen.tags.isdisjoint(when.tags)),
    ("priority", lambda when: when.priorities, lambda when, seen: seen.priority in when.priorities),
    ("assigned", lambda when: when.assigned is not None, lambda when, seen: seen.assigned is when.assigned),
    ("hours", lambda when: when.open is not None, lambda when, seen: seen.open is when.open),
    (
        "unanswered_for",
        lambda when: when.unanswered_for is not None,
        lambda when, seen: seen.waited >= (when.unanswered_for or 0),
    ),
)
"""Key in the config; whether a rule asks for it; whether it holds."""


def checked(when: Conditions, situation: Situation) -> Iterator[Check]:
    """Each condition that a rule has, in the order of the config."""
    for key, asked, holds in CHECKS:
        if asked(when):
            yield Check(key, holds(when, situation))


def after(then: Actions, situation: Situation) -> Situation:
    """The situation once a rule was carried out."""
    return replace(situation, tags=situation.tags.union(then.tags), priority=then.priority or situation.priority)


PLACEHOLDERS = ("number", "asker", "title")


def filled(template: str, values: dict[str, str]) -> str:
    """What a rule says: `{number}`, `{asker}` and `{title}` are filled in, all else is as it was written."""
    for name in PLACEHOLDERS:
        template = template.replace(f"{{{name}}}", f"\0{name}\0")
    for name in PLACEHOLDERS:
        template = template.replace(f"\0{name}\0", values[name].replace("\0", ""))
    return template
