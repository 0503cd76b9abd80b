"""Facts: added, never changed; the database refuses anything else."""

from dataclasses import fields

from bridge.domain.facts import Fact
from bridge.store.json import dump
from bridge.store.session import Session
from bridge.store.statement import bulk_insert
from bridge.store.tables import facts

_insert = bulk_insert(facts, ("at", "kind", "actor", "room_id", "space", "number", "data"))
_COMMON = frozenset(f.name for f in fields(Fact))
_FIELDS: dict[str, tuple[str, ...]] = {}


class FactRows:
    """The facts of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._added: list[tuple[int, str, str, str, str, int, str]] = []

    def add(self, fact: Fact) -> None:
        data = {name: getattr(fact, name) for name in _own_fields(type(fact))}
        kind = type(fact).__name__
        self._added.append((fact.at, kind, fact.actor, fact.room_id, fact.space, fact.number, dump(data)))

    def flush(self) -> None:
        if self._added:
            added, self._added = self._added, []
            _insert(self._session, added)


def _own_fields(kind: type[Fact]) -> tuple[str, ...]:
    found = _FIELDS.get(kind.__name__)
    if found is None:
        found = _FIELDS[kind.__name__] = tuple(f.name for f in fields(kind) if f.name not in _COMMON)
    return found
