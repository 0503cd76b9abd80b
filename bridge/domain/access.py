"""What may be shown where. One pure function, `may_show`, that every way out asks.

An audience is the set of classes that a room's space and its live grants admit. A question may be shown in another
room only if everybody who can read that room could read it where it was asked, or where its space says so.
"""

from dataclasses import dataclass

from bridge.domain.spaces import OPEN_LEVELS, Level, Space

STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Place:
    """A room of a space. `granted` is true while somebody holds a grant for this room alone.

    `exposed`: somebody who has no place here reads along, or the room's history is open to the world.
    """

    room_id: str
    space: Space
    granted: bool = False
    exposed: bool = False


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
    """A person looks in a direct chat with the bot; `joined` holds the rooms they rightly are in at this moment."""

    user_id: str
    joined: frozenset[str]


Viewer = InRoom | InPrivate


def audience(place: Place) -> Audience:
    """The classes of people that a room is for."""
    space = place.space
    if space.level in OPEN_LEVELS:
        return Audience(everyone=True)
    if space.level is Level.INTERNAL:
        return Audience(frozenset({STAFF}))
    partner = f"external:{space.name}"
    alone = {f"{partner}/{place.room_id}"} if place.granted else set()
    return Audience(frozenset({STAFF, partner} | alone))


def readers(place: Place) -> Audience:
    """The classes of people that what is said in a room reaches: its audience, unless others read along."""
    return Audience(everyone=True) if place.exposed else audience(place)


def is_secluded(place: Place) -> bool:
    """Whether only people of ours read along."""
    return readers(place).within(Audience(frozenset({STAFF})))


def may_show(source: Place, viewer: Viewer) -> bool:
    """Whether a question asked at `source` may be shown to `viewer`."""
    if isinstance(viewer, InPrivate):
        return source.room_id in viewer.joined or audience(source).everyone
    target = viewer.place
    if source.room_id == target.room_id or readers(target).within(audience(source)):
        return True
    return target.space.name in source.space.shares_with and not target.exposed
