"""What a difference between a room and its space's policy is: plain values, and the view of a room they come from."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bridge.domain.people import People, Powers
from bridge.domain.spaces import OPEN_LEVELS, Space

State = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Event type -> state key -> an event with `content`."""
LONGEST = 300


class Kind(StrEnum):
    """What differs; the words for it are `drift-<value>`."""

    JOIN_RULE = "join_rule"
    HISTORY = "history"
    GUESTS = "guests"
    ENCRYPTION = "encryption"
    ALIAS = "alias"
    LISTED = "listed"
    POWER = "power"
    SERVERS = "servers"
    PARENT = "parent"
    INTEGRATION = "integration"
    FEDERATION = "federation"
    MARK = "mark"
    LABEL = "label"


QUIET = frozenset({Kind.MARK, Kind.LABEL})
"""The bot's own upkeep: put right without a word to anybody."""


class Remedy(StrEnum):
    """What people have to do where the bot cannot; the words are `drift-remedy-<value>`.

    `rights`: give the bot more power. `reverted`: settle it with whoever changes it back again and again.
    """

    RIGHTS = "rights"
    REVERTED = "reverted"
    REFUSED = "refused"
    ENCRYPT = "encrypt"
    REMAKE = "remake"
    UPGRADE = "upgrade"
    FAMILY = "family"
    CREATOR = "creator"
    ABOVE = "above"
    EVERYBODY = "everybody"
    OWNED = "owned"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class SetState:
    event_type: str
    state_key: str
    content: dict[str, Any]

    @property
    def takes(self) -> str:
        """The event type whose power level it takes."""
        return self.event_type


@dataclass(frozen=True, slots=True)
class SetListing:
    """In or out of the homeserver's public directory; homeservers ask for the right to set the canonical alias."""

    listed: bool

    @property
    def takes(self) -> str:
        return "m.room.canonical_alias"


Mend = SetState | SetListing


@dataclass(frozen=True, slots=True)
class Drift:
    """`about` tells several of a kind in one room apart. `found` and `wanted` are shown, and `found` tells two apart.

    `source` is the state event that says so (None: the directory). Where `mend` is None, `remedy` says what people do.
    """

    kind: Kind
    found: str
    wanted: str
    mend: Mend | None = None
    about: str = ""
    remedy: Remedy | None = None
    source: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside the room: the space of each of our rooms (a Matrix space counts as the space it defines),
    the Matrix space that defines this one, the words of the mark in the space's language and in all languages, and
    whether we take part in encrypted rooms.
    """

    space_of: Callable[[str], Space | None] = lambda _: None
    matrix_space: str | None = None
    mark: str = ""
    marks: tuple[str, ...] = ()
    encrypts: bool = False


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room as it is compared. Contents may be of any wrong type; `listed` is None where nobody knows."""

    state: State
    powers: Powers
    listed: bool | None
    space: Space
    people: People
    me: str
    around: Surroundings = Surroundings()

    @property
    def closed(self) -> bool:
        return self.space.level not in OPEN_LEVELS

    def content(self, event_type: str, state_key: str = "") -> Mapping[str, Any]:
        content = self.state.get(event_type, {}).get(state_key, {}).get("content")
        return content if isinstance(content, dict) else {}

    def contents(self, event_type: str) -> dict[str, Mapping[str, Any]]:
        """By state key, those that are not empty."""
        found = {key: self.content(event_type, key) for key in self.state.get(event_type, {})}
        return {key: content for key, content in found.items() if content}


def shown(text: str) -> str:
    """Text of others, fit to be kept and compared: what is too long is cut, and ends in a digest of the whole."""
    kept = text.encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
    if len(kept) <= LONGEST:
        return kept
    return f"{kept[: LONGEST - 10]}… {hashlib.blake2s(kept.encode(), digest_size=4).hexdigest()}"
