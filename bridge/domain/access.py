"""What may be shown where. One pure function, `may_show`, that every way out asks.

An audience is the set of classes that a room's space and its live grants admit. A question may be shown in another
room only if everybody who could read it there could read it where it was asked, or where its space says so.
"""

from dataclasses import dataclass
from enum import StrEnum

STAFF = "staff"


class Level(StrEnum):
    INTERNAL = "internal"
    EXTRANET = "extranet"
    COMMUNITY = "community"
    PUBLIC = "public"


OPEN_LEVELS = frozenset({Level.COMMUNITY, Level.PUBLIC})


@dataclass(frozen=True, slots=True)
class Space:
    """A collaboration space as far as access goes; `shares_with` names spaces that may be shown its questions."""

    name: str
    level: Level
    shares_with: frozenset[str] = frozenset()
    language: str = "en"
    staff_may_accept: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A room of a space. `granted` is true while somebody holds a grant for this room alone."""

    room_id: str
    space: Space
    granted: bool = False


@dataclass(frozen=True, slots=True)
class Audience:
    """The classes that can read a room; `everyone` stands for all classes there are."""

    classes: frozenset[str] = frozenset()
    everyone: bool = False

    def within(self, other: "Audience") -> bool:
        return other.everyone or (not self.everyone and self.classes <= other.classes)


@dataclass(frozen=True, slots=True)
class InRoom:
    """Somebody looks in a room, where everyone in it reads along."""

    place: Place


@dataclass(frozen=True, slots=True)
class InPrivate:
    """A person looks in a direct chat with the bot; `joined` holds the rooms they are in at this moment."""

    user_id: str
    joined: frozenset[str]


Viewer = InRoom | InPrivate


def audience(place: Place) -> Audience:
    """The classes of people that can read a room."""
    space = place.space
    if space.level in OPEN_LEVELS:
        return Audience(everyone=True)
    if space.level is Level.INTERNAL:
        return Audience(frozenset({STAFF}))
    partner = f"external:{space.name}"
    alone = {f"{partner}/{place.room_id}"} if place.granted else set()
    return Audience(frozenset({STAFF, partner} | alone))


def may_show(source: Place, viewer: Viewer) -> bool:
    """Whether a question asked at `source` may be shown to `viewer`."""
    if isinstance(viewer, InPrivate):
        return source.room_id in viewer.joined or audience(source).everyone
    target = viewer.place
    return (
        source.room_id == target.room_id
        or audience(target).within(audience(source))
        or target.space.name in source.space.shares_with
    )
