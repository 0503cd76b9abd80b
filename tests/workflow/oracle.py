"""Who may be where and who may read what, thought through person by person, without the classes that bridge uses.

Nothing of `bridge.domain.access` and `bridge.domain.admission` is used here: this is what they are held against.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bridge.domain.grants import Grant
from bridge.domain.spaces import Enforce, Level, Space
from tests.workflow.worlds import CARLA, CAST

OPEN = {Level.COMMUNITY, Level.PUBLIC}
ANY_STAFF, ANYBODY = "any staff", "anybody"
"""People who are not in the cast: a new member of staff, and somebody from anywhere."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that decides at one moment: `space_of` by room id, `members` by room id and user id."""

    spaces: Mapping[str, Space]
    space_of: Mapping[str, str]
    members: Mapping[str, Mapping[str, str]]
    grants: tuple[Grant, ...]
    moderators: tuple[str, ...]
    now: int
    denied: tuple[str, ...] = ()
    readable: frozenset[str] = frozenset()

    def space(self, room: str) -> Space | None:
        return self.spaces.get(self.space_of.get(room, ""))


def is_open(room: str, scene: Scene) -> bool:
    space = scene.space(room)
    return space is not None and space.level in OPEN


def is_ours(person: str, scene: Scene) -> bool:
    if person in scene.denied:
        return False
    return person in {ANY_STAFF, CARLA} or person.endswith(":example.org") or person in scene.moderators


def holds(grant: Grant, space: Space, now: int) -> bool:
    """Whether a grant opens a door now."""
    rules = space.externals
    in_time = grant.ended_at is None and (grant.ends_at is None or now < grant.ends_at)
    server = grant.person.split(":", 1)[1]
    if not in_time or grant.approved_by is None or (rules.servers and server not in rules.servers):
        return False
    if rules.terms is None or grant.terms_accepted == rules.terms.version:
        return True
    return grant.terms_accepted is not None and (grant.terms_due is None or now < grant.terms_due)


def has_place(person: str, room: str, scene: Scene) -> bool:
    space = scene.space(room)
    if space is None or person in scene.denied:
        return False
    if space.level in OPEN or is_ours(person, scene):
        return True
    if space.level is Level.INTERNAL:
        return False
    if person == f"any external of {space.name}":
        return True
    theirs = (g for g in scene.grants if g.person == person and g.space == space.name)
    return any(g.room_id in {None, room} and holds(g, space, scene.now) for g in theirs)


def everybody(scene: Scene) -> Iterable[str]:
    strangers = (f"any external of {space.name}" for space in scene.spaces.values() if space.level is Level.EXTRANET)
    return (*CAST, ANY_STAFF, ANYBODY, *strangers)


def joined(person: str, room: str, scene: Scene) -> bool:
    if person == ANYBODY and room in scene.readable:
        return True
    return scene.members.get(room, {}).get(person) == "join"


def room_may_hold(source: str, target: str, scene: Scene) -> bool:
    """Whether what was asked in one room may be shown in another. What is open to everyone may be shown anywhere."""
    asked, shown = scene.space(source), scene.space(target)
    if asked is None or shown is None:
        return False
    if source == target or asked.level in OPEN:
        return True
    could_read = [p for p in everybody(scene) if has_place(p, target, scene) or joined(p, target, scene)]
    if all(has_place(p, source, scene) for p in could_read):
        return True
    intruders = [p for p in everybody(scene) if joined(p, target, scene) and not has_place(p, target, scene)]
    return shown.name in asked.shares_with and not intruders


def person_may_see(person: str, source: str, scene: Scene) -> bool:
    """In a direct chat. Where a space is not enforced, whoever is in a room is left there, and sees what is there."""
    space = scene.space(source)
    if space is None or person in scene.denied:
        return False
    if space.level in OPEN:
        return True
    tolerated = space.enforce is not Enforce.ON
    return joined(person, source, scene) and (tolerated or has_place(person, source, scene))
