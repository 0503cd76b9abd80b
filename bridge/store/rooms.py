"""Rooms, held in memory in full, and who is in them, held in the database."""

from collections import ChainMap, Counter
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam, delete, literal_column, select

from bridge.store.json import clean, dump, load
from bridge.store.known import Known
from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert, bulk_select
from bridge.store.tables import members, rooms
from bridge.workflow.records import Room

_columns = (
    *("room_id", "space", "joined", "direct_with", "predecessor", "successor", "defines", "parent", "state"),
    "listed",
)
_all = Prepared(select(*[rooms.c[c] for c in _columns]))
_save = bulk_insert(rooms, _columns, conflict=("room_id",), replace=_columns[1:])

_member_columns = ("room_id", "user_id", "membership", "display_name")
_save_members = bulk_insert(
    members, _member_columns, conflict=("room_id", "user_id"), replace=("membership", "display_name")
)
_drop_member = Prepared(
    delete(members).where(members.c.room_id == bindparam("room"), members.c.user_id == bindparam("person")),
    "room",
    "person",
)
_named_members = Prepared(
    select(members.c.user_id, members.c.membership, members.c.display_name).where(
        members.c.room_id == bindparam("room")
    ),
    "room",
)
_members = Prepared(
    select(members.c.user_id, members.c.membership).where(members.c.room_id == bindparam("room")), "room"
)
_in_company = Prepared(
    select(literal_column("1"))
    .where(
        members.c.room_id == bindparam("room"),
        members.c.membership == literal_column("'join'"),
        members.c.user_id.not_in([bindparam("one"), bindparam("other")]),
    )
    .limit(1),
    "room",
    "one",
    "other",
)
_joined = Prepared(
    select(members.c.room_id).where(
        members.c.user_id == bindparam("person"), members.c.membership == literal_column("'join'")
    ),
    "person",
)
_of_person = Prepared(
    select(members.c.room_id, members.c.membership).where(members.c.user_id == bindparam("person")), "person"
)
_names_in = Prepared(
    select(members.c.user_id, members.c.display_name).where(
        members.c.room_id == bindparam("room"),
        members.c.membership == literal_column("'join'"),
        members.c.display_name != literal_column("''"),
    ),
    "room",
)
_names = bulk_select(members, ("room_id", "user_id"), ("room_id", "user_id", "display_name"))


_NOWHERE = Room("")


class RoomRows:
    """Rooms and their members within one transaction."""

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known
        self._saved: dict[str, Room] = {}
        self._unwritten: dict[str, Room] = {}
        self._members: dict[tuple[str, str], tuple[str, str]] = {}
        self._changes: Counter[str] = Counter()
        self.newly_encrypted: set[str] = set()
        """Rooms of which no text is to be kept any more."""

    def get(self, room_id: str) -> Room | None:
        return self._saved.get(room_id) or self._known.rooms.get(room_id)

    def all(self) -> Mapping[str, Room]:
        return ChainMap(self._saved, self._known.rooms) if self._saved else MappingProxyType(self._known.rooms)

    def of_space(self, space: str) -> list[Room]:
        """Gathered once and kept until a room changes its space: there may be thousands of direct chats."""
        if self._known.spaces is None:
            self._known.spaces = _by_space(self._known.rooms)
        before = [room_id for room_id in self._known.spaces.get(space, ()) if room_id not in self._saved]
        saved = [room for room in self._saved.values() if room.space == space]
        return [self._known.rooms[room_id] for room_id in before] + saved

    def save(self, room: Room) -> None:
        before = self.get(room.room_id)
        if self.textless and room.encrypted and before is not None and not before.encrypted:
            self.newly_encrypted.add(room.room_id)
        self._saved[room.room_id] = self._unwritten[room.room_id] = room
        self._changes[room.room_id] += 1

    @property
    def textless(self) -> bool:
        return self._known.keeping.textless

    def keeps_no_text(self, room_id: str) -> bool:
        """Also where the room is not known."""
        if not self.textless:
            return False
        room = self.get(room_id)
        return room is None or room.encrypted

    def revision(self, room_id: str) -> int:
        return self._known.epoch + self._known.changes[room_id] + self._changes[room_id]

    def set_member(self, room_id: str, user_id: str, membership: str, display_name: str) -> None:
        self._members[room_id, user_id] = (membership, clean(display_name))
        self._changes[room_id] += 1

    def replace_members(self, room_id: str, members: Mapping[str, tuple[str, str]]) -> None:
        """Writes only what differs: in a big room that is read again, almost nothing does."""
        self.flush()
        self._changes[room_id] += 1
        before = {row[0]: (row[1], row[2]) for row in _named_members(self._session, room_id)}
        for user_id in before.keys() - members.keys():
            _drop_member(self._session, room_id, user_id)
        for user_id, (membership, display_name) in sorted(members.items()):
            now = (membership, clean(display_name))
            if before.get(user_id) != now:
                self._members[room_id, user_id] = now

    def members(self, room_id: str) -> dict[str, str]:
        self.flush()
        return {row[0]: row[1] for row in _members(self._session, room_id)}

    def in_company(self, room_id: str, one: str, other: str) -> bool:
        self.flush()
        return _in_company.value(self._session, room_id, one, other) is not None

    def joined_by(self, user_id: str) -> set[str]:
        self.flush()
        return {room_id for (room_id,) in _joined(self._session, user_id)}

    def memberships_of(self, user_id: str) -> dict[str, str]:
        self.flush()
        return {row[0]: row[1] for row in _of_person(self._session, user_id)}

    def names_in(self, room_id: str) -> dict[str, str]:
        self.flush()
        return {row[0]: row[1] for row in _names_in(self._session, room_id)}

    def display_names(self, people: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        self.flush()
        found = _names.fetch(self._session, sorted(set(people)))
        return {(room_id, user_id): name for room_id, user_id, name in found if name}

    def flush(self) -> None:
        if self._unwritten:
            unwritten, self._unwritten = self._unwritten, {}
            _save(self._session, [_to_row(room) for room in unwritten.values()])
        if self._members:
            changed, self._members = self._members, {}
            _save_members(self._session, [(*who, *what) for who, what in changed.items()])

    def publish(self) -> None:
        self._known.changes.update(self._changes)
        before = self._known.rooms
        moved = any(before.get(room_id, _NOWHERE).space != room.space for room_id, room in self._saved.items())
        if self._saved.keys() <= self._known.rooms.keys():
            self._known.rooms.update(self._saved)
        else:
            # Another thread may be going through them: a dict that grows meanwhile would stop it.
            self._known.rooms = {**self._known.rooms, **self._saved}
        if moved:
            self._known.spaces = _by_space(self._known.rooms)


def _by_space(rooms: Mapping[str, Room]) -> dict[str, tuple[str, ...]]:
    gathered: dict[str, list[str]] = {}
    for room in rooms.values():
        if room.space:
            gathered.setdefault(room.space, []).append(room.room_id)
    return {space: tuple(sorted(found)) for space, found in gathered.items()}


def all_rooms(session: Session) -> dict[str, Room]:
    return {row[0]: _from_row(row) for row in _all(session)}


def _to_row(room: Room) -> tuple[Any, ...]:
    state = dump(room.state)
    came_from = (room.predecessor, room.successor, room.defines, room.parent)
    return (room.room_id, room.space, room.joined, room.direct_with, *came_from, state, room.listed)


def _from_row(row: Any) -> Room:
    room_id, space, joined, direct_with, predecessor, successor, defines, parent, state, listed = row
    return Room(
        room_id=room_id,
        space=space,
        joined=bool(joined),
        direct_with=direct_with,
        predecessor=predecessor,
        successor=successor,
        defines=defines,
        parent=parent,
        state=load(state),
        listed=None if listed is None else bool(listed),
    )
