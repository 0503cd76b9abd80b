"""People who chose something or have a direct chat with the bot. All of them are held in memory."""

from collections.abc import Collection, Mapping
from dataclasses import asdict

from sqlalchemy import select

from bridge.domain.profile import NO_PROFILE, Hours, Notify, Profile
from bridge.store.json import dump, load
from bridge.store.known import Known
from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert
from bridge.store.tables import persons
from bridge.workflow.records import Person

_columns = ("user_id", "language", "direct_room", "profile")
_all = Prepared(select(*[persons.c[c] for c in _columns]))
_save = bulk_insert(persons, _columns, conflict=("user_id",), replace=_columns[1:])


class PersonRows:
    """The people within one transaction."""

    def __init__(self, session: Session, known: Known) -> None:
        self._session = session
        self._known = known
        self._saved: dict[str, Person] = {}
        self._unwritten: dict[str, Person] = {}

    def get(self, user_id: str) -> Person:
        return self._saved.get(user_id) or self._known.persons.get(user_id) or Person(user_id)

    def several(self, user_ids: Collection[str]) -> dict[str, Person]:
        return {user_id: self.get(user_id) for user_id in user_ids}

    def declaring(self, tag: str) -> Collection[str]:
        found = set(self._known.declared.get(tag, ())) - set(self._saved)
        return found | {p.user_id for p in self._saved.values() if tag in p.profile.expertise}

    def everybody(self) -> list[Person]:
        return list({**self._known.persons, **self._saved}.values())

    def save(self, person: Person) -> None:
        self._saved[person.user_id] = self._unwritten[person.user_id] = person

    def flush(self) -> None:
        if self._unwritten:
            unwritten, self._unwritten = self._unwritten, {}
            _save(self._session, [_to_row(p) for p in unwritten.values()])

    def publish(self) -> None:
        if self._saved:
            self._known.declared = _declared_by(self._saved, self._known)
            self._known.persons = {**self._known.persons, **self._saved}


def _declared_by(saved: Mapping[str, Person], known: Known) -> dict[str, frozenset[str]]:
    """Who declares which tag, after some people may have changed that."""
    declared = dict(known.declared)
    for who, person in saved.items():
        before = known.persons[who].profile.expertise if who in known.persons else ()
        for tag in {*before, *person.profile.expertise}:
            others = declared.get(tag, frozenset()) - {who}
            declared[tag] = others | {who} if tag in person.profile.expertise else others
    return declared


def who_declares(persons: Mapping[str, Person]) -> dict[str, frozenset[str]]:
    """Tag -> those who say that they know about it."""
    found: dict[str, frozenset[str]] = {}
    for who, person in persons.items():
        for tag in person.profile.expertise:
            found[tag] = found.get(tag, frozenset()) | {who}
    return found


def all_persons(session: Session) -> dict[str, Person]:
    return {row[0]: Person(row[0], row[1], row[2], _profile(row[3])) for row in _all(session)}


def _to_row(person: Person) -> tuple[str | None, ...]:
    kept = {} if person.profile == NO_PROFILE else asdict(person.profile)
    return person.user_id, person.language, person.direct_room, dump(kept)


def _profile(text: str) -> Profile:
    kept = load(text)
    if not kept:
        return NO_PROFILE
    hours = {name: Hours(**kept[name]) if kept[name] else None for name in ("quiet", "hours")}
    listed = {name: tuple(kept[name]) for name in ("languages", "expertise")}
    return Profile(**{**kept, **hours, **listed, "notify": Notify(kept["notify"])})
