"""Reading the log of facts, which nobody can change: the database refuses it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select

from bridge.domain.facts import Fact
from bridge.store.database import Database
from bridge.store.exchange import BY_TYPE, Object
from bridge.store.tables import facts


@dataclass(frozen=True, slots=True)
class Wanted:
    """Every field narrows it; None does not. `since` in milliseconds."""

    person: str | None = None
    question: int | None = None
    space: str | None = None
    kind: str | None = None
    since: int | None = None


def facts_of(database: Database, wanted: Wanted) -> Iterator[Object]:
    """In the order in which they happened, a few at a time, of one snapshot."""
    statement = select(*facts.c).order_by(facts.c.seq)
    for column, value in (("number", wanted.question), ("space", wanted.space), ("kind", wanted.kind)):
        if value is not None:
            statement = statement.where(facts.c[column] == value)
    if wanted.since is not None:
        statement = statement.where(facts.c.at >= wanted.since)
    if wanted.person is not None:
        named = facts.c.data.contains(f'"{wanted.person}"', autoescape=True)
        statement = statement.where(or_(facts.c.actor == wanted.person, named))
    kind = BY_TYPE["fact"]
    with database.snapshot() as conn:
        for row in conn.execution_options(yield_per=500).execute(statement).mappings():
            yield kind.to_object(row)  # type: ignore[arg-type]


def known_kinds(database: Database) -> dict[str, None]:
    """Those that this version writes, and those that others wrote here."""
    with database.snapshot() as conn:
        written = set(conn.scalars(select(facts.c.kind).distinct()))
    return dict.fromkeys(sorted(written | set(_leaves(Fact))))


def _leaves(kind: type[Fact]) -> Iterator[str]:
    below = kind.__subclasses__()
    if not below:
        yield kind.__name__
    for each in below:
        yield from _leaves(each)
