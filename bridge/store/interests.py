"""What people follow besides single questions, within one transaction. All of it is held in memory, by its keys."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, delete, select

from bridge.chat.grammar import Problem, Speaker, filters
from bridge.domain.filters import EVERYTHING, spelled
from bridge.domain.interests import Interest
from bridge.store.known import Known
from bridge.store.people_tables import interests
from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert
from bridge.workflow.people_ports import Followed

ByKey = Mapping[str, frozenset[Followed]]

_columns = ("person", "about", "filters", "room_id")
_key = _columns[:3]
_insert = bulk_insert(interests, _columns, conflict=_key)
_drop = Prepared(
    delete(interests).where(*[interests.c[c] == bindparam(f"given_{c}") for c in _key]), *[f"given_{c}" for c in _key]
)
_select = select(*[interests.c[c] for c in _columns]).order_by(interests.c.seq)
_all = Prepared(_select)
_of = Prepared(_select.where(interests.c.person == bindparam("who")), "who")


class InterestRows:
    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known
        self._added: set[Followed] = set()
        self._dropped: set[Followed] = set()

    def add(self, followed: Followed) -> bool:
        added = _insert(self._session, [_to_row(followed)]) > 0
        if added:
            self._dropped.discard(followed)
            self._added.add(followed)
        return added

    def drop(self, person: str, interest: Interest) -> bool:
        found = next((f for f in self.of(person) if f.interest == interest), None)
        if found is None:
            return False
        _drop(self._session, *_to_row(found)[:3])
        self._added.discard(found)
        self._dropped.add(found)
        return True

    def of(self, person: str) -> list[Followed]:
        return [_from_row(row) for row in _of(self._session, person)]

    def forget(self, person: str) -> None:
        for followed in map(_from_row, _all(self._session)):
            if person in {followed.person, followed.interest.about}:
                self.drop(followed.person, followed.interest)

    def said_in(self, rooms: Collection[str]) -> list[Followed]:
        return [followed for followed in map(_from_row, _all(self._session)) if followed.room_id in rooms]

    def under(self, keys: Collection[str]) -> list[Followed]:
        held = {followed for key in keys for followed in self._known.interests.get(key, ())} - self._dropped
        new = {followed for followed in self._added if not followed.interest.keys.isdisjoint(keys)}
        return sorted(held | new, key=lambda followed: followed.person)

    def publish(self) -> None:
        if self._added or self._dropped:
            self._known.interests = changed(self._known.interests, self._added, self._dropped)


def changed(before: ByKey, added: Iterable[Followed], dropped: Iterable[Followed]) -> ByKey:
    after = dict(before)
    for followed in dropped:
        for key in followed.interest.keys:
            after[key] = after.get(key, frozenset()) - {followed}
    for followed in added:
        for key in followed.interest.keys:
            after[key] = after.get(key, frozenset()) | {followed}
    return after


def all_interests(session: Session) -> ByKey:
    found: dict[str, set[Followed]] = {}
    for followed in map(_from_row, _all(session)):
        for key in followed.interest.keys:
            found.setdefault(key, set()).add(followed)
    return {key: frozenset(each) for key, each in found.items()}


def _to_row(followed: Followed) -> tuple[str, str, str, str]:
    interest = followed.interest
    return followed.person, interest.about, spelled(interest.wanted), followed.room_id


def _from_row(row: Any) -> Followed:
    person, about, words, room_id = row
    wanted = filters(words, EVERYTHING, Speaker(person, "", {}))
    return Followed(person, Interest(about, EVERYTHING if isinstance(wanted, Problem) else wanted), room_id)
