"""Everything as plain objects, one after the other, for JSON Lines. Holds few at a time."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Text, collate, false, func, or_, select

from bridge.domain.questions import Acceptance, Discussion, Voice
from bridge.store.database import Database
from bridge.store.exchange import END, HEAD, KINDS, ROOM, VERSION, Kind, Object, iso
from bridge.store.json import load
from bridge.store.tables import acceptances, facts, questions, rooms, settings

__all__ = ["Object", "export", "iso", "total"]

_SLICE = 500
COUNTERS: Mapping[str, str] = {"numbers": "last_number", "pseudonyms": "last_pseudonym"}
"""Field of the first line -> setting: what was given away once is never given again."""


def export(db: Database, space: str | None = None, person: str | None = None) -> Iterator[Object]:
    """All objects of one snapshot, with a first and a last one by which it can be read back.

    Of one space, or what concerns one person, where these are given: the objects alone.
    """
    with db.snapshot() as conn:
        if space is not None or person is not None:
            yield from _objects(conn, space, person)
            return
        count = 0
        yield _head(conn)
        for found in (each for part in (_rooms(conn), _objects(conn, None, None)) for each in part):
            count += 1
            yield found
        yield {"type": END, "objects": count}


def total(db: Database, space: str | None = None, person: str | None = None) -> int:
    """How many objects that will be, about."""
    with db.snapshot() as conn:
        wanted = (select(func.count()).select_from(_selected(kind, space, person).subquery()) for kind in KINDS)
        return sum(int(conn.execute(statement).scalar() or 0) for statement in wanted)


def _objects(conn: Connection, space: str | None, person: str | None) -> Iterator[Object]:
    for kind in KINDS:
        yield from _rows(conn, kind, space, person)


def _head(conn: Connection) -> Object:
    kept = {row.name: row.value for row in conn.execute(select(settings.c.name, settings.c.value))}
    return {"type": HEAD, "version": VERSION, **{name: int(kept.get(key, 0)) for name, key in COUNTERS.items()}}


def _rooms(conn: Connection) -> Iterator[Object]:
    """What the homeserver may not say again: whose direct chat it is, what it replaced, that it is encrypted."""
    columns = [rooms.c[name] for name in ("room_id", "direct_with", "predecessor", "successor", "state")]
    for *kept, state in conn.execute(select(*columns).order_by(_ordered(conn, rooms.c.room_id))):
        names = ("room_id", "direct_with", "predecessor", "successor")
        encrypted = "" in load(state).get("m.room.encryption", {})
        yield {"type": ROOM, **dict(zip(names, kept, strict=True)), "encrypted": encrypted}


def _rows(conn: Connection, kind: Kind, space: str | None, person: str | None) -> Iterator[Object]:
    order = [_ordered(conn, kind.table.c[name]) for name in kind.order]
    statement = _selected(kind, space, person).order_by(*order)
    found = conn.execution_options(yield_per=_SLICE).execute(statement)
    for part in found.mappings().partitions(_SLICE):
        objects = [kind.to_object(row) for row in part]  # type: ignore[arg-type]
        if kind.table is questions:
            _accept(conn, objects)
        yield from objects


def _ordered(conn: Connection, column: Column[Any]) -> ColumnElement[Any]:
    """The same order whatever the database: that of SQLite."""
    text = isinstance(column.type, Text) and conn.dialect.name == "postgresql"
    return collate(column, "C") if text else column


def _selected(kind: Kind, space: str | None, person: str | None) -> Select[Any]:
    statement = select(*kind.table.c)
    if space is not None:
        statement = _of_space(kind, statement, space)
    if person is not None:
        statement = statement.where(_of_person(kind, person))
    return statement


def _of_space(kind: Kind, statement: Select[Any], space: str) -> Select[Any]:
    """Also what belongs to its questions; nothing else."""
    table = kind.table
    if "space" in table.c:
        return statement.where(table.c.space == space)
    if "number" not in table.c:
        return statement.where(false())
    return statement.join(questions, questions.c.number == table.c.number).where(questions.c.space == space)


def _of_person(kind: Kind, person: str) -> ColumnElement[bool]:
    if kind.table is facts:
        return or_(facts.c.actor == person, facts.c.data.contains(f'"{person}"', autoescape=True))
    return or_(false(), *(kind.table.c[name] == person for name in kind.people))


def _accept(conn: Connection, objects: list[Object]) -> None:
    """Say of questions which answers are accepted, the primary one first."""
    columns = [acceptances.c[c] for c in ("answer", "number", "person", "voice", "at", "reaction")]
    among = acceptances.c.number.between(objects[0]["number"], objects[-1]["number"])
    found: dict[int, list[Acceptance]] = {}
    for answer, number, by, voice, at, reaction in conn.execute(
        select(*columns).where(among).order_by(acceptances.c.number, acceptances.c.seq)
    ):
        found.setdefault(number, []).append(Acceptance(answer, number, by, Voice(voice), at, reaction))
    for each in objects:
        each["accepted"] = list(Discussion((), tuple(found.get(each["number"], ()))).accepted)
