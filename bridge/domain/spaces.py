"""Collaboration spaces: how open one is, and the policy that its rooms and people from outside are held to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bridge.domain.calendar import ALWAYS, Calendar

DAY = 86_400_000


class Level(StrEnum):
    INTERNAL = "internal"
    EXTRANET = "extranet"
    COMMUNITY = "community"
    PUBLIC = "public"


OPEN_LEVELS = frozenset({Level.COMMUNITY, Level.PUBLIC})


class Enforce(StrEnum):
    """Whether doors and rooms are kept as the policy says; `report` says what would be done, and does nothing."""

    OFF = "off"
    REPORT = "report"
    ON = "on"


class Mark(StrEnum):
    """Where a room says for everybody to see that people from outside are in it."""

    NAME = "name"
    TOPIC = "topic"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Terms:
    """What an external accepts first. `version` is a digest of the text: another text wants accepting anew."""

    version: str
    text: str


@dataclass(frozen=True, slots=True)
class Externals:
    """How people from outside get into a space. No `servers`: from any. `terms_grace` in milliseconds."""

    servers: frozenset[str] = frozenset()
    by_moderators: bool = False
    max_days: int | None = None
    terms: Terms | None = None
    terms_grace: int = 14 * DAY


@dataclass(frozen=True, slots=True)
class RoomPolicy:
    """What the rooms of a space ought to be like; None: as their level wants it, or not looked at.

    `servers`: the server ACL allows these and no others. `integrations`: whether widgets and bridges may be there.
    `outsider_power`: the highest power level that somebody not of ours may hold.
    """

    join_rule: str | None = None
    history_visibility: str | None = None
    guest_access: str | None = None
    encrypted: bool | None = None
    listed: bool | None = None
    federated: bool | None = None
    servers: frozenset[str] | None = None
    integrations: bool | None = None
    outsider_power: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """After how much business time an assignee who stays silent is reminded, and after how much they are one no more.

    In milliseconds, both from the assignment on; None: never.
    """

    remind_after: int | None = None
    return_after: int | None = None


@dataclass(frozen=True, slots=True)
class Space:
    """A collaboration space; `shares_with` names spaces that may be shown its questions.

    `nudge_after`: so long, in milliseconds of business time, an answer is there before the asker is asked about it; 0:
    never. `zone` is the time zone in which its days end, `calendar` says when work is done. A triage room is a space
    of its own, for staff alone: `triages` names the spaces whose questions it looks after, and theirs is its `triage`.
    `kept`: for how many milliseconds the text of settled questions is; None: for good.
    `names`: whether statistics say who helped; `cost_per_question`: what an answered question is worth there.
    """

    name: str
    level: Level
    shares_with: frozenset[str] = frozenset()
    language: str = "en"
    staff_may_accept: bool = False
    externals: Externals = Externals()
    enforce: Enforce = Enforce.OFF
    room: RoomPolicy = RoomPolicy()
    mark: Mark = Mark.NONE
    zone: str = "UTC"
    ask_experts: bool = False
    nudge_after: int = 0
    kept: int | None = None
    calendar: Calendar = ALWAYS
    names: bool = True
    cost_per_question: float | None = None
    assignment: Assignment = Assignment()
    triage: str = ""
    triages: tuple[str, ...] = ()


def triage_name(names: Sequence[str]) -> str:
    """What the space of a triage room is called; no space of a config has a blank in its name."""
    return f"{'+'.join(names)} triage"


def triage_of(spaces: Sequence[Space]) -> Space:
    """The space of a triage room: for staff, kept as strictly as the strictest of those that it looks after."""
    names = tuple(space.name for space in spaces)
    strictest = max((space.enforce for space in spaces), key=tuple(Enforce).index)
    first = spaces[0]
    return Space(
        name=triage_name(names),
        level=Level.INTERNAL,
        language=first.language,
        enforce=strictest,
        zone=first.zone,
        calendar=first.calendar,
        triages=names,
    )
