"""Who somebody is: classes by pattern, and what gives a person standing in a room."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

MODERATOR_LEVEL = 50
CREATORS_ABOVE_ALL = 12
"""From this room version on, creators stand above every power level (MSC4289)."""


class PersonClass(StrEnum):
    """What a person is to a space; computed, never stored."""

    STAFF = "staff"
    TRUSTED = "trusted"
    EXTERNAL = "external"
    OUTSIDER = "outsider"


@dataclass(frozen=True, slots=True)
class People:
    """The patterns of the config's `people:` section: globs over user ids, where `*` never crosses a colon.

    `denied` have no place anywhere, whatever else would admit them.
    """

    staff: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    moderators: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Powers:
    """What decides who may do what in a room (`m.room.create`, `m.room.power_levels`)."""

    version: int = 1
    creators: frozenset[str] = frozenset()
    users: Mapping[str, int] = field(default_factory=dict)
    users_default: int = 0
    events: Mapping[str, int] = field(default_factory=dict)
    events_default: int = 0
    state_default: int = 50
    kick: int = 50
    invite: int = 0

    def level(self, user_id: str) -> float:
        if self.version >= CREATORS_ABOVE_ALL and user_id in self.creators:
            return float("inf")
        return self.users.get(user_id, self.users_default)

    def needed(self, event_type: str) -> int:
        """The level that it takes to change a piece of state."""
        return self.events.get(event_type, self.state_default)

    def may_set(self, user_id: str, event_type: str) -> bool:
        return self.level(user_id) >= self.needed(event_type)


@lru_cache(maxsize=256)
def _pattern(globs: tuple[str, ...]) -> re.Pattern[str]:
    """One for all of them: whole rooms are gone through with it."""
    jokers = {"*": "[^:]*", "?": "[^:]"}
    return re.compile("|".join("".join(jokers.get(c) or re.escape(c) for c in glob) for glob in globs))


def matches(user_id: str, globs: Iterable[str]) -> bool:
    """Whether a user id is named by one of the globs, as a whole and to the letter."""
    named = tuple(globs)
    return bool(named) and _pattern(named).fullmatch(user_id) is not None


def pseudonym(number: int) -> str:
    """What stands in the place of somebody who was forgotten; nobody can have such an id (RFC 2606: `invalid`)."""
    return f"@forgotten-{number}:invalid"


def is_pseudonym(user_id: str) -> bool:
    return user_id.startswith("@forgotten-") and user_id.endswith(":invalid")


def is_denied(user_id: str, people: People) -> bool:
    """Capitals in a server's name make another server for Matrix and the same machine for the network: denied, too."""
    if not people.denied:
        return False
    name, colon, server = user_id.partition(":")
    return matches(f"{name}{colon}{server.lower()}", people.denied)


def class_of(user_id: str, people: People) -> PersonClass:
    """A person's class, before any grant is looked at. Moderators named by the config are trusted at least."""
    if is_denied(user_id, people):
        return PersonClass.OUTSIDER
    if matches(user_id, people.staff):
        return PersonClass.STAFF
    trusted = matches(user_id, people.trusted) or user_id in people.moderators
    return PersonClass.TRUSTED if trusted else PersonClass.OUTSIDER


def is_ours(user_id: str, people: People) -> bool:
    return class_of(user_id, people) in {PersonClass.STAFF, PersonClass.TRUSTED}


def is_moderator(user_id: str, people: People, powers: Powers) -> bool:
    if is_denied(user_id, people):
        return False
    return user_id in people.moderators or powers.level(user_id) >= MODERATOR_LEVEL
