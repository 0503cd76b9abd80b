"""Statements that are compiled once a dialect and then run on the driver with plain tuples.

SQLAlchemy's own way per row costs more than the row itself, and every step of sqlite3's `executemany` lets go of the
interpreter lock. So many rows go in few statements, of a few fixed sizes, which the drivers keep prepared.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import (
    BindParameter,
    Table,
    and_,
    bindparam,
    column,
    insert,
    select,
    update,
    values,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.selectable import CTE

from bridge.store.session import Session

SIZES = (100, 30, 10, 3, 1)
_KEY_SIZES = (1, 3, 10, 30, 100, 500)

Values = tuple[Any, ...]
AnyRow = tuple[Any, ...]


class Prepared:
    """A statement with named parameters, called with their values in the order of `names`."""

    def __init__(self, statement: Executable, *names: str) -> None:
        self._statement = statement
        self._names = names
        self._compiled: dict[str, tuple[str, Callable[[Values], Values] | None]] = {}

    def __call__(self, session: Session, *given: Any) -> Any:
        text, arrange = self._for(session.dialect)
        return session.run(text, arrange(given) if arrange else given)

    def value(self, session: Session, *given: Any) -> Any:
        """The first column of the first row; None where there is none."""
        row = self(session, *given).fetchone()
        return None if row is None else row[0]

    def _for(self, dialect: Dialect) -> tuple[str, Callable[[Values], Values] | None]:
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = self._compile(dialect)
        return found

    def _compile(self, dialect: Dialect) -> tuple[str, Callable[[Values], Values] | None]:
        compiled: Any = self._statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        order: list[str] = compiled.positiontup or []
        if tuple(order) == self._names:
            return compiled.string, None
        places = [self._names.index(name) if name in self._names else None for name in order]
        fixed = [compiled.params[name] for name in order]

        def arrange(given: Values) -> Values:
            return tuple(f if p is None else given[p] for p, f in zip(places, fixed, strict=True))

        return compiled.string, arrange


class ByKeys:
    """A statement with `… IN (keys)`; other parameters come after. `build` makes it for a list of key parameters."""

    def __init__(self, build: Callable[[list[BindParameter[Any]]], Executable], *names: str) -> None:
        self._build = build
        self._names = names
        self._prepared: dict[int, Prepared] = {}

    def __call__(self, session: Session, keys: Collection[Any], *given: Any) -> list[AnyRow]:
        rows: list[AnyRow] = []
        for part in self._parts(list(keys)):
            cursor = self._sized(len(part))(session, *part, *given)
            if cursor.description is not None:
                rows += cursor.fetchall()
        return rows

    def _parts(self, keys: list[Any]) -> Iterator[list[Any]]:
        largest = _KEY_SIZES[-1]
        for start in range(0, len(keys), largest):
            part = keys[start : start + largest]
            size = next(s for s in _KEY_SIZES if s >= len(part))
            yield part + [part[-1]] * (size - len(part))

    def _sized(self, size: int) -> Prepared:
        prepared = self._prepared.get(size)
        if prepared is None:
            keys = [f"key_{i}" for i in range(size)]
            statement = self._build([bindparam(key) for key in keys])
            prepared = self._prepared[size] = Prepared(statement, *keys, *self._names)
        return prepared


class Bulk:
    """Many rows in slices of a few sizes; each slice is one statement. `make` makes the one for a single row."""

    def __init__(self, make: Callable[[str], Executable], columns: Sequence[str]) -> None:
        self._make = make
        self._columns = columns
        self._texts: dict[tuple[str, int], str] = {}

    def __call__(self, session: Session, rows: Sequence[Values]) -> int:
        """Run it; return how many rows were touched."""
        return sum(cursor.rowcount for cursor in self._cursors(session, rows))

    def fetch(self, session: Session, rows: Sequence[Values]) -> list[AnyRow]:
        return [row for cursor in self._cursors(session, rows) for row in cursor.fetchall()]

    def _cursors(self, session: Session, rows: Sequence[Values]) -> Iterator[Any]:
        start = 0
        while left := len(rows) - start:
            size = next(s for s in SIZES if s <= left)
            flat = tuple(chain.from_iterable(rows[start : start + size]))
            yield session.run(self._text(session.dialect, size), flat)
            start += size

    def _text(self, dialect: Dialect, size: int) -> str:
        found = self._texts.get((dialect.name, size))
        if found is None:
            found = self._texts[dialect.name, size] = self._repeated(dialect, size)
        return found

    def _repeated(self, dialect: Dialect, size: int) -> str:
        """The statement for one row, compiled, with its row repeated: to compile the long ones takes a while."""
        compiled: Any = self._make(dialect.name).compile(dialect=dialect)  # type: ignore[attr-defined]
        found = _ONE_ROW.fullmatch(compiled.string)
        if found is None or list(compiled.positiontup) != list(self._columns):
            raise ValueError(f"no statement of one row with the parameters {self._columns}: {compiled.string}")
        before, row, after = found.groups()
        return before + ", ".join([row] * size) + after


_ONE_ROW = re.compile(r"(.*\bVALUES )(\([^()]*\))(.*)", re.DOTALL)


def bulk_insert(
    table: Table,
    columns: Sequence[str],
    conflict: Sequence[str] = (),
    replace: Sequence[str] = (),
    returning: Sequence[str] = (),
) -> Bulk:
    """Insert rows. On a conflict over `conflict`: update the columns in `replace`, or nothing where there are none.

    `returning`: what `fetch` gives of each row that was written.
    """

    def make(dialect: str) -> Executable:
        row = {c: bindparam(p, type_=table.c[c].type) for p, c in zip(_parameters(columns), columns, strict=True)}
        statement: Any = _insert(table, dialect, conflict, replace).values(row)
        made: Executable = statement.returning(*[table.c[c] for c in returning]) if returning else statement
        return made

    return Bulk(make, _parameters(columns))


def _insert(table: Table, dialect: str, conflict: Sequence[str], replace: Sequence[str]) -> Any:
    if not conflict:
        return insert(table)
    statement: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)
    if not replace:
        return statement.on_conflict_do_nothing(index_elements=conflict)
    return statement.on_conflict_do_update(index_elements=conflict, set_={c: statement.excluded[c] for c in replace})


def bulk_update(table: Table, columns: Sequence[str], assign: Callable[[CTE], dict[str, Any]]) -> Bulk:
    """Set columns of the rows found by the first of `columns`; `assign` makes the new values from those given."""
    given = _given(table, columns)
    key = columns[0]
    statement = update(table).where(table.c[key] == given.c[key]).values(assign(given))
    return Bulk(lambda _dialect: statement, _parameters(columns))


def bulk_select(table: Table, columns: Sequence[str], wanted: Sequence[str]) -> Bulk:
    """`wanted` of the rows whose `columns` are the given ones."""
    given = _given(table, columns)
    same = and_(*[table.c[c] == given.c[c] for c in columns])
    statement = select(*[table.c[c] for c in wanted]).select_from(given.join(table, same))
    return Bulk(lambda _dialect: statement, _parameters(columns))


def _given(table: Table, columns: Sequence[str]) -> CTE:
    """One row of parameters to join with."""
    row = tuple(bindparam(p, type_=table.c[c].type) for p, c in zip(_parameters(columns), columns, strict=True))
    typed: list[Any] = [column(c, table.c[c].type) for c in columns]
    return values(*typed, name="given").data([row]).cte("given")


def _parameters(columns: Sequence[str]) -> list[str]:
    """Names for parameters that no column has: SQLAlchemy keeps those for itself in INSERT and UPDATE."""
    return [f"given_{c}" for c in columns]
