"""Facts: added, never changed; the database refuses anything else."""

from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import bindparam, select

from bridge.domain.facts import Fact
from bridge.store.json import dump, load
from bridge.store.session import Session
from bridge.store.statement import Prepared, bulk_insert
from bridge.store.tables import facts

_insert = bulk_insert(facts, ("at", "kind", "actor", "room_id", "space", "number", "data"))
_COMMON = frozenset(f.name for f in fields(Fact))
_of = Prepared(
    select(facts.c.at, facts.c.actor, facts.c.room_id, facts.c.space, facts.c.number, facts.c.data)
    .where(facts.c.number == bindparam("question"), facts.c.kind == bindparam("which"))
    .order_by(facts.c.seq),
    "question",
    "which",
)
F = TypeVar("F", bound=Fact)
Row = tuple[int, str, str, str, str, int, str]
_FIELDS: dict[str, tuple[str, ...]] = {}


class FactRows:
    """The facts of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._added: list[Row] = []
        self.fresh: list[Row] = []
        """All that were added in this transaction, flushed or not."""

    def add(self, fact: Fact) -> None:
        data = {name: getattr(fact, name) for name in _own_fields(type(fact))}
        kind = type(fact).__name__
        row = fact.at, kind, fact.actor, fact.room_id, fact.space, fact.number, dump(data)
        self._added.append(row)
        self.fresh.append(row)

    def of(self, number: int, kind: type[F]) -> list[F]:
        """Those of a kind about a question, the oldest first."""
        self.flush()
        return [_from_row(kind, row) for row in _of(self._session, number, kind.__name__)]

    def flush(self) -> None:
        if self._added:
            added, self._added = self._added, []
            _insert(self._session, added)


def _own_fields(kind: type[Fact]) -> tuple[str, ...]:
    found = _FIELDS.get(kind.__name__)
    if found is None:
        found = _FIELDS[kind.__name__] = tuple(f.name for f in fields(kind) if f.name not in _COMMON)
    return found


def _from_row(kind: type[F], row: Any) -> F:
    """JSON's lists become tuples again."""
    at, actor, room_id, space, number, data = row
    own = {name: tuple(value) if isinstance(value, list) else value for name, value in load(data).items()}
    return kind(at=at, actor=actor, room_id=room_id, space=space, number=number, **own)
