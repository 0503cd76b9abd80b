"""A made-up organisation: many rooms, many people in each, some from outside, a few who have no place. Nothing is
stored: who is where follows from the number of the room.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

from bench.ledger import JsonObject
from bench.stub import BOT

STAFF = 20_000
PARTNERS = 1_000
MODERATORS = 50
SINCE = 1_700_000_000_000
"""When everybody joined, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Person:
    user_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happens to one person in one room; `name` is the one that they have from then on."""

    room: int
    user_id: str
    membership: Literal["join", "leave"]
    name: str
    renames: bool = False


@dataclass(frozen=True, slots=True)
class Crowd:
    """Every second room is an extranet room, where one in twenty is a partner; half of all rooms hold two strays."""

    rooms: int
    members: int

    def room_id(self, room: int) -> str:
        return f"!{room:05}AbCdEfGhIjKlMnOpQrStUvWxYz0123456789ABCD:localhost"

    def room_of(self, room_id: str) -> int | None:
        digits = room_id[1:6]
        known = digits.isdecimal() and room_id == self.room_id(int(digits)) and int(digits) < self.rooms
        return int(digits) if known else None

    def space(self, room: int) -> Literal["internal", "extranet"]:
        return "internal" if room % 2 else "extranet"

    def moderators(self, room: int) -> list[str]:
        return [staff(room % MODERATORS).user_id, staff((room + 1) % MODERATORS).user_id]

    def strays(self, room: int) -> list[Person]:
        """People without a place, in two of four rooms."""
        names = [f"stray{room}x{index}" for index in range(2)] if room % 4 < 2 else []
        return [Person(f"@{name}:elsewhere.example", f"Lost {name}") for name in names]

    def partners(self, room: int) -> list[Person]:
        if self.space(room) == "internal":
            return []
        count = self.members // 20
        return [partner((room // 2 * count + index) % PARTNERS) for index in range(count)]

    def people(self, room: int) -> list[Person]:
        """All members: the bot, two moderators, staff, partners, strays."""
        others = [*self.partners(room), *self.strays(room)]
        moderators = [room % MODERATORS, (room + 1) % MODERATORS]
        first, span = room * 7919, STAFF - MODERATORS
        plain = [MODERATORS + (first + index) % span for index in range(self.members - 3 - len(others))]
        return [Person(BOT, "Bot"), *(staff(number) for number in (*moderators, *plain)), *others]

    def state(self, room: int) -> list[JsonObject]:
        """As Synapse answers `/rooms/{id}/state`."""
        room_id, moderators = self.room_id(room), self.moderators(room)
        levels = {"users": dict.fromkeys((BOT, *moderators), 100), "users_default": 0, "events_default": 0}
        more = {"state_default": 50, "ban": 50, "kick": 50, "redact": 50, "invite": 50}
        contents: list[tuple[str, JsonObject]] = [
            ("m.room.create", {"creator": moderators[0], "room_version": "10", "m.federate": True}),
            ("m.room.power_levels", levels | more),
            ("m.room.join_rules", {"join_rule": "invite"}),
            ("m.room.guest_access", {"guest_access": "forbidden"}),
            ("m.room.history_visibility", {"history_visibility": "shared"}),
            ("m.room.name", {"name": f"Room {room}"}),
        ]
        facts = [state_event(room_id, kind, "", moderators[0], content, 0) for kind, content in contents]
        people = (member_event(room_id, person, "join", number) for number, person in enumerate(self.people(room), 1))
        return [*facts, *people]

    def changes(self, count: int) -> Iterator[Change]:
        """Joins, leaves and new names in turns over the rooms, the same mix whatever the number of rooms."""
        chance = Random(7)
        for number in range(count):
            room, turn = number % self.rooms, number // self.rooms
            plain = self.members - 3 - len(self.partners(room)) - len(self.strays(room))
            here = staff(MODERATORS + (room * 7919 + turn % plain) % (STAFF - MODERATORS))
            drawn, partners = chance.random(), self.partners(room)[1:]
            if drawn < 0.4:
                yield Change(room, f"@new{number}:localhost", "join", f"New {number}")
            elif drawn < 0.7:
                yield Change(room, here.user_id, "leave", here.name)
            elif drawn < 0.75 and partners:
                yield Change(room, partners[turn % len(partners)].user_id, "join", f"Partner of {number}", renames=True)
            else:
                yield Change(room, here.user_id, "join", f"{here.name} {number}", renames=True)


def staff(number: int) -> Person:
    return Person(f"@staff.member{number:05}:localhost", f"Staff Member {number:05}")


def partner(number: int) -> Person:
    return Person(f"@partner{number:04}:partner.example", f"Partner {number:04} (Partner Ltd)")


def member_event(room_id: str, person: Person, membership: str, number: int) -> JsonObject:
    content = {
        "membership": membership,
        "displayname": person.name,
        "avatar_url": f"mxc://localhost/AvatarOf{abs(hash(person.user_id)) % 10**16:016}",
    }
    return state_event(room_id, "m.room.member", person.user_id, person.user_id, content, number)


def state_event(room_id: str, kind: str, key: str, sender: str, content: JsonObject, number: int) -> JsonObject:
    at = SINCE + number
    return {
        "type": kind,
        "room_id": room_id,
        "sender": sender,
        "content": content,
        "state_key": key,
        "origin_server_ts": at,
        "unsigned": {"age": 86_400_000 + number, "replaces_state": f"$before{number:06}{room_id[1:32]}"},
        "event_id": f"${kind[2:8]}{number:06}{room_id[1:32]}",
        "user_id": sender,
        "age": 86_400_000 + number,
    }
