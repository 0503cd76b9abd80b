"""Random worlds of spaces, rooms and people, as values: what hypothesis draws, and what a failing example prints."""

from dataclasses import dataclass, replace
from itertools import product

from hypothesis import strategies as st

from bridge.chat.command import Setting
from bridge.domain.grants import Grant
from bridge.domain.people import People
from bridge.domain.spaces import DAY, Enforce, Externals, Level, Space, Terms
from bridge.workflow.commands import commands
from bridge.workflow.desk import Policy

BOT = "@qa:example.org"
NOW = 1_800_000_000_000
SETTING = Setting(BOT, "!", commands())

AMY, BOB, LEAD = "@amy:example.org", "@bob:example.org", "@lead:example.org"
DAN = "@dan:example.org"
"""A member of staff whom the config denies every place."""
CARLA = "@carla:contractor.net"
ANN, ART, BEN = "@anja:acme.com", "@art:acme.com", "@ben:beta.org"
OUT, MOD = "@out:else.net", "@mod:else.net"
"""Outsiders; the second may have power in some rooms."""
CAST = (AMY, BOB, LEAD, CARLA, ANN, ART, BEN, OUT, MOD, DAN)
OURS = (AMY, BOB, LEAD, CARLA)
EXTERNALS = (ANN, ART, BEN)
NAMES = ("one", "two", "three", "four")
KEYS = tuple(f"{name}-{letter}" for letter in "ab" for name in NAMES)
"""Names of rooms: `one-a` is the first room of the space `one`."""
CREATOR = 1000
"""The power of somebody who created a room of version 12: more than anybody can be given."""
TERMS = Terms("v2", "Be kind.")


def room_id(key: str) -> str:
    """`key` is a room's name: `one-a` is the first room of the space `one`."""
    return f"!{key}:example.org"


def direct(person: str) -> str:
    return f"!dm-{local(person)}:example.org"


def local(person: str) -> str:
    return person[1:].partition(":")[0]


def sponsor_of(person: str) -> str:
    """Each external's own sponsor, so that a sponsor's name gives away whose it is."""
    return f"@for-{local(person)}:example.org"


@dataclass(frozen=True, slots=True)
class World:
    """`astray`: memberships other than those that everybody ought to have; `powers`: of people other than the bot."""

    spaces: tuple[Space, ...]
    rooms: tuple[str, ...]
    grants: tuple[Grant, ...]
    astray: tuple[tuple[str, str, str], ...] = ()
    moderators: tuple[str, ...] = ()
    powers: tuple[tuple[str, str, int], ...] = ()
    in_chats: tuple[tuple[str, str], ...] = ()
    followers: tuple[tuple[str, str], ...] = ()

    @property
    def policy(self) -> Policy:
        people = People(("@*:example.org",), (CARLA,), self.moderators, (DAN,))
        return Policy(SETTING, people, {space.name: space for space in _with_triage(self.spaces)})


def _with_triage(spaces: tuple[Space, ...]) -> list[Space]:
    """A second space that is internal looks after the questions of the others."""
    if len(spaces) < 2 or spaces[1].level is not Level.INTERNAL:
        return list(spaces)
    room = spaces[1]
    others = tuple(space.name for space in spaces if space is not room)
    return [replace(s, triages=others) if s is room else replace(s, triage=room.name) for s in spaces]


def _spaces() -> tuple[Space, ...]:
    """Every space there may be, the plainest first; one draw picks one."""
    none: frozenset[str] = frozenset()
    shares = (none, frozenset(NAMES), frozenset({"one"}), frozenset({"two"}), none, frozenset(NAMES))
    servers = (none, frozenset({"acme.com"}), frozenset({"acme.com", "beta.org"}))
    levels = (Level.EXTRANET, Level.INTERNAL, Level.COMMUNITY, Level.PUBLIC, Level.EXTRANET)
    rules = [
        Externals(s, by_moderators=m, terms=t) for t in (None, None, TERMS) for m in (False, True) for s in servers
    ]
    return tuple(
        Space("", level, with_whom, staff_may_accept=accept, externals=externals, enforce=enforce)
        for externals in rules
        for accept in (False, True)
        for enforce in (Enforce.ON, Enforce.REPORT, Enforce.OFF)
        for with_whom in shares
        for level in levels
    )


_STATES = ("live", "ends soon", "requested", "terms", "older terms", "ended", "over")
_GRANTED = tuple(product(EXTERNALS, range(8), (True, False), _STATES))
_ASTRAY = tuple(product(range(8), CAST, ("join", "join", "leave", "invite", "knock")))


def grant(number: int, person: str, space: str, room: str | None, state: str) -> Grant:
    """A grant as it stands at the beginning; `over`: its end has just come and nobody has done anything about it."""
    made = Grant(
        number=number,
        person=person,
        space=space,
        room_id=room,
        sponsor=sponsor_of(person),
        reason=f"because-of-{local(person)}",
        created_at=NOW - 40 * DAY,
        ends_at=NOW + 20 * DAY,
        approved_by=None if state == "requested" else LEAD,
        terms_accepted=None if state == "terms" else "v1" if state == "older terms" else TERMS.version,
        terms_due=NOW + DAY if state == "older terms" else None,
    )
    ends = {"ends soon": NOW + DAY // 2, "over": NOW - 1}
    made = replace(made, ends_at=ends.get(state, made.ends_at))
    return replace(made, ended_at=NOW - DAY, ended_by=AMY) if state == "ended" else made


_MANY_SPACES = st.lists(st.sampled_from(_spaces()), min_size=2, max_size=4)
_MANY_GRANTS = st.lists(st.sampled_from(_GRANTED), max_size=5)
_FEW_ASTRAY = st.lists(st.sampled_from(_ASTRAY), max_size=4)
_FEW_POWERS = st.lists(st.sampled_from(tuple(product(range(8), (MOD, AMY, BEN), (50, 100, CREATOR)))), max_size=2)
_FEW_FOLLOWERS = st.lists(st.sampled_from(tuple(product(range(8), (*CAST, DAN, DAN)))), max_size=3)
_REST = st.sampled_from(tuple(product(((LEAD,), ()), ((), *(((who, other),) for who, other in product(CAST, CAST))))))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    spaces = [replace(space, name=name) for space, name in zip(draw(_MANY_SPACES), NAMES, strict=False)]
    second = draw(st.integers(0, 15))
    rooms = [f"{space.name}-a" for space in spaces]
    rooms += [f"{space.name}-b" for index, space in enumerate(spaces) if second >> index & 1]
    moderators, in_chats = draw(_REST)

    def room(index: int) -> str:
        return rooms[index % len(rooms)]

    return World(
        spaces=tuple(spaces),
        rooms=tuple(rooms),
        grants=tuple(_granted(draw(_MANY_GRANTS), rooms)),
        astray=tuple((room(index), who, membership) for index, who, membership in draw(_FEW_ASTRAY)),
        moderators=moderators,
        powers=tuple((room(index), who, level) for index, who, level in draw(_FEW_POWERS)),
        in_chats=in_chats,
        followers=tuple((room(index), who) for index, who in draw(_FEW_FOLLOWERS)),
    )


def _granted(drawn: list[tuple[str, int, bool, str]], rooms: list[str]) -> list[Grant]:
    grants = []
    for number, (person, index, whole, state) in enumerate(drawn, start=1):
        room = rooms[index % len(rooms)]
        grants.append(grant(number, person, room.partition("-")[0], None if whole else room_id(room), state))
    return grants
