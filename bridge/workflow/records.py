"""What the store keeps besides questions: rooms, people, pending rows. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from bridge.domain.people import Powers
from bridge.domain.profile import NO_PROFILE, Profile
from bridge.workflow.ports import JsonObject


class Role(StrEnum):
    """What an event is to the question it belongs to."""

    QUESTION = "question"
    THREAD = "thread"
    CARD = "card"
    ANSWER = "answer"
    COMMENT = "comment"
    NUDGE = "nudge"
    """Our question to the asker whether a proposed answer is it; what is said to it is said to that answer."""
    TRIAGE = "triage"
    """Its card in a triage room."""
    NOTE = "note"
    """What somebody who works on it wrote for the triage room, and our message that repeats it there."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """An event that belongs to a question."""

    event_id: str
    number: int
    role: Role


@dataclass(frozen=True, slots=True)
class Reaction:
    """A reaction that meant something, kept so that removing it can undo that."""

    event_id: str
    number: int
    target: str
    sender: str
    key: str


@dataclass(frozen=True)
class Room:
    """A room that the bot is in, was invited to, or follows.

    `defines` names the collaboration space whose rooms are this Matrix space's children, `parent` the Matrix space
    that put this room into its `space`. `state` maps event type -> state key ->
    `{"content": …, "sender": …, "event_id": …}` for the watched types. `listed`: whether it stands in the homeserver's
    public directory; None where that is not known.
    """

    room_id: str
    space: str | None = None
    joined: bool = False
    direct_with: str | None = None
    predecessor: str | None = None
    successor: str | None = None
    defines: str | None = None
    parent: str | None = None
    state: Mapping[str, Mapping[str, JsonObject]] = field(default_factory=dict)
    listed: bool | None = None

    def content(self, event_type: str, state_key: str = "") -> JsonObject:
        """The content of a state event; empty where it is absent or no object."""
        content = self.state.get(event_type, {}).get(state_key, {}).get("content")
        return content if isinstance(content, dict) else {}

    @cached_property
    def powers(self) -> Powers:
        return powers_of(self)

    @property
    def encrypted(self) -> bool:
        """Once encrypted, a room stays so, whatever the event says later (Client-Server API, m.room.encryption)."""
        return "" in self.state.get("m.room.encryption", {})

    @property
    def plain(self) -> bool:
        """Whether it is known not to be encrypted: its state was read."""
        return "m.room.create" in self.state and not self.encrypted

    @property
    def name(self) -> str:
        for event_type, key in (("m.room.name", "name"), ("m.room.canonical_alias", "alias")):
            value = self.content(event_type).get(key)
            if isinstance(value, str) and value.strip():
                return value.strip()
        return self.room_id


SENDER_CREATES = 11


def powers_of(room: Room) -> Powers:
    """Who may do what, from `m.room.create` and `m.room.power_levels`; defaults of the spec where they say nothing."""
    create = room.content("m.room.create")
    sender = room.state.get("m.room.create", {}).get("", {}).get("sender")
    said = create.get("room_version", "1")
    version = int(said) if isinstance(said, str) and said.isdecimal() else 1
    additional = create.get("additional_creators")
    # From version 11 on, who sent the creation made the room, and `creator` is anybody's word.
    named = [create.get("creator")] if version < SENDER_CREATES else []
    creators = [sender, *named, *(additional if isinstance(additional, list) else [])]
    known = frozenset(c for c in creators if isinstance(c, str))
    levels = room.content("m.room.power_levels")
    users = _levels(levels.get("users"))
    if not room.state.get("m.room.power_levels"):
        users = dict.fromkeys(known, 100)
    return Powers(
        version=version,
        creators=known,
        users=users,
        events=_levels(levels.get("events")),
        **{name: level for name, level in _levels(levels).items() if name in _DEFAULTS},
    )


_DEFAULTS = frozenset({"users_default", "events_default", "state_default", "kick", "invite"})


def _levels(value: Any) -> dict[str, int]:
    return {name: level for name, level in _object(value).items() if _is_level(level)}


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _is_level(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Person:
    """What we keep about somebody. `language` is their own choice; `direct_room` the chat we write to them in."""

    user_id: str
    language: str | None = None
    direct_room: str | None = None
    profile: Profile = NO_PROFILE


@dataclass(frozen=True, slots=True)
class Pending:
    """An inbox row to be handled. `received_at` in milliseconds."""

    seq: int
    event_id: str
    room_id: str
    event: JsonObject
    received_at: int
    tries: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """An inbox row that cannot be read yet. `waits_for`: the room session whose key opens it; "" where no key would."""

    seq: int
    event_id: str
    room_id: str
    event: JsonObject
    received_at: int
    waits_for: str


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An effect to be carried out. Rows of one `lane` go out in order; `payload` is the effect as JSON."""

    seq: int
    effect_id: str
    lane: str
    kind: str
    payload: JsonObject
    created_at: int
    tries: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of an effect. `event_id` is None where it produced no event."""

    seq: int
    effect_id: str
    event_id: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of question numbers, in order, out of `total`; with `more`, out of more than can be counted at once."""

    numbers: tuple[int, ...]
    total: int
    page: int
    pages: int
    more: bool = False


COUNTED = 1000
"""So many questions of a list are counted, and can be paged through."""
