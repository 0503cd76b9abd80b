"""Who has a place in a room. Deny wins over everything; then class, then grants."""

from collections.abc import Collection, Iterable
from enum import StrEnum

from bridge.domain.grants import Grant, Standing, admits, covers, is_live, may_come_from, standing
from bridge.domain.people import People, PersonClass, class_of, is_denied, is_ours
from bridge.domain.spaces import OPEN_LEVELS, Level, Space


class NoPlace(StrEnum):
    """Why somebody has no place in a room; the words that they are told are `no-place-<value>`."""

    DENIED = "denied"
    INTERNAL = "internal"
    UNGRANTED = "ungranted"
    SERVER = "server"
    REQUESTED = "requested"
    TERMS = "terms"
    ENDED = "ended"


def class_in(user_id: str, space: Space, people: People, grants: Iterable[Grant], now: int) -> PersonClass:
    """What a person is to a space, by the config, their grants and the time."""
    by_config = class_of(user_id, people)
    if by_config is not PersonClass.OUTSIDER or is_denied(user_id, people):
        return by_config
    live = any(grant.person == user_id and is_live(grant, space, now) for grant in grants)
    return PersonClass.EXTERNAL if live else PersonClass.OUTSIDER


def no_place(
    user_id: str, space: Space, family: Collection[str], people: People, grants: Iterable[Grant], now: int
) -> NoPlace | None:
    """None where the person may be in the room. `grants`: the person's own; `family`: the room and its predecessors."""
    if is_denied(user_id, people):
        return NoPlace.DENIED
    if space.level in OPEN_LEVELS or is_ours(user_id, people):
        return None
    if space.level is Level.INTERNAL:
        return NoPlace.INTERNAL
    theirs = [grant for grant in grants if grant.person == user_id and covers(grant, space.name, family)]
    if admits(theirs, space, family, now):
        return None
    return _why(user_id, space, theirs, now)


def _why(user_id: str, space: Space, grants: Iterable[Grant], now: int) -> NoPlace:
    if not may_come_from(user_id, space.externals):
        return NoPlace.SERVER
    found = {standing(grant, space.externals, now) for grant in grants}
    for state, reason in (
        (Standing.TERMS, NoPlace.TERMS),
        (Standing.REQUESTED, NoPlace.REQUESTED),
        (Standing.ENDED, NoPlace.ENDED),
    ):
        if state in found:
            return reason
    return NoPlace.UNGRANTED
