"""What a room is like and what the bot may do there, from its state. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bridge.chat.events import WATCHED_STATE
from bridge.chat.words import DEFAULT, words
from bridge.domain.conformity import drifts
from bridge.domain.drift import Drift, RoomView
from bridge.domain.rights import lacking
from bridge.verbs.findings import Finding, note, printable, wrong
from bridge.workflow.ports import JsonObject
from bridge.workflow.records import Room

NEEDED = {"m.room.message": "send messages", "m.reaction": "react"}
HEADINGS = ("space", "room", "joined", "power", "sends", "state", "join rule", "history", "members", "version", "id")


@dataclass(frozen=True)
class RoomFacts:
    """One room. `view` is how it is compared with the policy of its space. `room` is None where neither the homeserver
    nor the database know its state. `speaks` is false for a Matrix space, which only names rooms; `known_rooms` are
    those that the bot is in; `encrypts`: whether it takes part in encrypted rooms.
    """

    reference: str
    space: str
    joined: bool
    room: Room | None = None
    members: int | None = None
    speaks: bool = True
    problem: str = ""
    remedy: str = ""
    known_rooms: frozenset[str] = field(default=frozenset())
    view: RoomView | None = None
    encrypts: bool = True

    @property
    def name(self) -> str:
        return printable(self.room.name if self.room else self.reference)

    def row(self, me: str) -> tuple[str, ...]:
        """The cells under HEADINGS."""
        joined = "yes" if self.joined else "no"
        if self.room is None:
            return (self.space, self.name, joined, *["?"] * 7, self.reference)
        powers = self.room.powers
        cells = (
            _number(powers.level(me)),
            _number(max(needed_for(self.room, kind) for kind in NEEDED)),
            _number(_level(self.room.content("m.room.power_levels"), "state_default", 50)),
            _said(self.room, "m.room.join_rules", "join_rule", "invite"),
            _said(self.room, "m.room.history_visibility", "history_visibility", "shared"),
            "?" if self.members is None else str(self.members),
            str(powers.version),
        )
        return (self.space, self.name, joined, *map(printable, cells), self.room.room_id)

    def findings(self, me: str) -> list[Finding]:
        about = f"room {self.name}"
        found = [wrong(about, self.problem, self.remedy)] if self.problem else []
        if self.room is None or not self.joined:
            return found
        if self.speaks:
            found += _rights(about, self.room, me)
        return [
            *found,
            *_encryption(about, self.room, encrypts=self.encrypts),
            *_successor(about, self),
            *(_drift(about, self.view) if self.view else ()),
        ]


def room_from(room_id: str, events: Iterable[JsonObject]) -> tuple[Room, int]:
    """A room by its state events, and how many people are joined."""
    state: dict[str, dict[str, Any]] = {}
    members = 0
    for event in events:
        kind, key, content = event.get("type"), event.get("state_key"), event.get("content")
        if not isinstance(kind, str) or not isinstance(key, str) or not isinstance(content, dict):
            continue
        if kind == "m.room.member":
            members += content.get("membership") == "join"
        elif kind in WATCHED_STATE:
            state.setdefault(kind, {})[key] = {"content": content, "sender": event.get("sender"), "event_id": ""}
    return Room(room_id, joined=True, state=state), members


def children(room: Room) -> list[str]:
    """The rooms that a Matrix space names; a child without `via` is none."""
    named = room.state.get("m.space.child", {})
    return [room_id for room_id, event in named.items() if isinstance(event["content"].get("via"), list)]


def needed_for(room: Room, kind: str) -> int:
    """The power level that sending an event of this kind takes."""
    levels = room.content("m.room.power_levels")
    events = levels.get("events")
    return _level(events if isinstance(events, dict) else {}, kind, _level(levels, "events_default", 0))


def _level(levels: JsonObject, key: str, default: int) -> int:
    value = levels.get(key)
    return value if isinstance(value, int) else default


def _number(level: float) -> str:
    return "creator" if level == float("inf") else str(int(level))


def _said(room: Room, kind: str, key: str, default: str) -> str:
    value = room.content(kind).get(key)
    return value if isinstance(value, str) else default


def _rights(about: str, room: Room, me: str) -> list[Finding]:
    level = room.powers.level(me)
    lacking = {what: needed_for(room, kind) for kind, what in NEEDED.items() if level < needed_for(room, kind)}
    if not lacking:
        return []
    words = ", ".join(f"{what} (needs {needed})" for what, needed in lacking.items())
    return [wrong(about, f"{me} has power level {_number(level)} and may not {words}", "raise it in the room")]


def _encryption(about: str, room: Room, *, encrypts: bool) -> list[Finding]:
    if encrypts or not room.encrypted:
        return []
    return [wrong(about, "encrypted, and encryption.enabled is off: no question is seen here", "turn it on")]


def _successor(about: str, facts: RoomFacts) -> list[Finding]:
    successor = facts.room.content("m.room.tombstone").get("replacement_room") if facts.room else None
    if not isinstance(successor, str):
        return []
    if successor in facts.known_rooms:
        return [note(about, f"replaced by {successor}, which askbridge follows", "name the new room in the config")]
    return [wrong(about, f"replaced by {successor}, where the bot is not", "invite it there")]


def _drift(about: str, view: RoomView) -> Sequence[Finding]:
    """What differs from the policy of the space, and what the bot may not do about it."""
    found = [_differing(about, drift) for drift in drifts(view)]
    lacks = lacking(view.powers, view.space, view.me)
    if lacks:
        words = ", ".join(f"{lack.what} (needs {lack.needed}, has {lack.has})" for lack in lacks)
        needed = max(lack.needed for lack in lacks)
        found.append(wrong(about, f"the bot may not set: {words}", f"give {view.me} power level {needed}"))
    return found


def _differing(about: str, drift: Drift) -> Finding:
    whom = f" of {drift.about}" if drift.about.startswith("@") else ""
    what = words(DEFAULT).say(f"drift-{drift.kind}")
    said = f"{what}{whom} is {drift.found or 'nothing'}, ought to be {drift.wanted or 'nothing'}"
    return note(about, said, words(DEFAULT).say(f"drift-remedy-{drift.remedy}") if drift.remedy else "")
