"""Reading back what `export` wrote, into an empty database: all of it or nothing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Table, exists, insert, select
from sqlalchemy.exc import IntegrityError

from bridge.domain.questions import Priority, State, Voice
from bridge.store.database import Database
from bridge.store.exchange import BY_TYPE, END, HEAD, KINDS, ROOM, VERSION, Kind, Object, QuestionKind, Row, Wrong
from bridge.store.export import COUNTERS
from bridge.store.json import load
from bridge.store.similar_tables import vector_queue
from bridge.store.tables import answers, question_tags, questions
from bridge.store.transaction import StoreTransaction
from bridge.store.triage_tables import notes
from bridge.workflow.records import Role, Room

MOST_PROBLEMS = 20
_SLICE = 500
_CHOICES: dict[tuple[str, str], frozenset[str]] = {
    ("question", "state"): frozenset(State),
    ("question", "priority"): frozenset(Priority),
    ("acceptance", "voice"): frozenset(Voice),
    ("tracked", "role"): frozenset(Role),
}

Lines = Callable[[], Iterable[bytes]]
"""The lines of a file, from the first one on each time."""
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    said: str


class NotImported(Exception):
    """Nothing was written; `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"line {problem.line}: {problem.said}" for problem in problems))
        self.problems = problems


@dataclass(slots=True)
class Reading:
    """What was met so far: how much of each type, and the numbers of questions."""

    counts: Counter[str] = field(default_factory=Counter)
    numbers: set[int] = field(default_factory=set)
    ended: bool = False

    def take(self, line: int, text: bytes) -> tuple[Kind | None, Any]:
        """A row of a kind; None with the object itself for what is no row. Raises Wrong."""
        found = _parsed(text)
        type_ = found.get("type")
        if self.ended:
            raise Wrong("there is something behind the end")
        if (type_ == HEAD) != (line == 1):
            raise Wrong(f'the first line has to be {{"type":"{HEAD}","version":{VERSION},…}}, and no other')
        if type_ in {HEAD, END, ROOM}:
            return None, self._special(str(type_), found)
        kind = BY_TYPE.get(str(type_))
        if kind is None:
            raise Wrong(f'unknown type "{type_}"; this askbridge knows {", ".join(sorted(BY_TYPE))}')
        row = kind.to_row(found)
        self._check(kind, row)
        self.counts[kind.type] += 1
        return kind, row

    def _special(self, type_: str, found: Object) -> Object:
        if type_ == HEAD and found.get("version") not in range(1, VERSION + 1):
            raise Wrong(f"version {found.get('version')} is that of a newer askbridge; this one reads up to {VERSION}")
        if type_ == END:
            self.ended = True
            if found.get("objects") != self.counts.total():
                raise Wrong(f"there are {self.counts.total()} objects before the end, not {found.get('objects')}")
        if type_ == ROOM:
            _room(found)
            self.counts[ROOM] += 1
        return found

    def _check(self, kind: Kind, row: Row) -> None:
        for (type_, name), choices in _CHOICES.items():
            if type_ == kind.type and row[name] not in choices:
                raise Wrong(f'"{name}": expected one of {", ".join(sorted(choices))}')
        if kind.table is questions:
            if row["number"] in self.numbers:
                raise Wrong(f"there is a question {row['number']} already")
            self.numbers.add(row["number"])
        elif _belongs(kind.table) and row["number"] not in self.numbers:
            raise Wrong(f"there is no question {row['number']} before this line")


def _belongs(table: Table) -> bool:
    """Whether a row is part of a question."""
    return "number" in table.c and bool(table.c.number.foreign_keys)


def _parsed(text: bytes) -> Object:
    try:
        found = orjson.loads(text)
    except ValueError as error:
        raise Wrong(f"no JSON: {error}") from None
    if not isinstance(found, dict):
        raise Wrong("expected an object")
    return found


def _room(found: Object) -> Room:
    texts = {name: found.get(name) for name in ("room_id", "direct_with", "predecessor", "successor")}
    if not isinstance(texts["room_id"], str) or not isinstance(found.get("encrypted"), bool):
        raise Wrong('a room needs "room_id", a text, and "encrypted", true or false')
    if any(value is not None and not isinstance(value, str) for value in texts.values()):
        raise Wrong("a room: expected text, or null")
    state: dict[str, dict[str, Object]] = {"m.room.encryption": {"": {"content": {}}}} if found["encrypted"] else {}
    return Room(state=state, **texts)  # type: ignore[arg-type]


# --- looking -------------------------------------------------------------------------------------------------------


def check(lines: Lines, progress: Progress = lambda _: None) -> Counter[str]:
    """How much of each type there is; NotImported, with the first problems, where something is wrong."""
    reading, problems, last = Reading(), list[Problem](), 0
    for last, text in enumerate(lines(), 1):
        try:
            reading.take(last, text)
        except Wrong as error:
            problems.append(Problem(last, str(error)))
        if len(problems) == MOST_PROBLEMS:
            break
        progress(len(text))
    if not problems and not reading.ended:
        problems.append(Problem(last + 1, "the end is missing: the file was cut off"))
    if problems:
        raise NotImported(*problems)
    return reading.counts


# --- writing -------------------------------------------------------------------------------------------------------


def occupied(database: Database) -> str:
    """What is in a database already; "" where it is empty."""
    with database.snapshot() as conn:
        tables = {kind.type: kind.table for kind in KINDS if kind.type != "timer"}
        return next(
            (name for name, table in tables.items() if conn.execute(select(exists(select(table)))).scalar()), ""
        )


def load_all(database: Database, lines: Lines, progress: Progress = lambda _: None) -> Counter[str]:
    """In one transaction: after a kill nothing of it is there, and it is done again from the start."""

    def write(tx: StoreTransaction) -> Counter[str]:
        reading = Reading()
        for kind, rows in _batches(lines, reading, tx, progress):
            _insert(kind, rows, tx)
        if tx.rooms.textless:
            _leave_out(tx)
        tx.index.rebuild()
        _number_on(reading, tx)
        return reading.counts

    return database.write_now(write, durable=True)


def _number_on(reading: Reading, tx: StoreTransaction) -> None:
    """No number is used twice."""
    key = COUNTERS["numbers"]
    last = max(int(tx.settings.get(key) or 0), *reading.numbers, 0)
    tx.settings.set(key, str(last))


def _batches(
    lines: Lines, reading: Reading, tx: StoreTransaction, progress: Progress
) -> Iterator[tuple[Kind, list[tuple[int, Row]]]]:
    """Rows of one kind that follow each other, a few hundred at a time."""
    batch: list[tuple[int, Row]] = []
    current: Kind | None = None
    for line, text in enumerate(lines(), 1):
        try:
            kind, found = reading.take(line, text)
        except Wrong as error:
            raise NotImported(Problem(line, str(error))) from error
        progress(len(text))
        if batch and current is not None and (kind is not current or len(batch) == _SLICE):
            yield current, batch
            batch = []
        current = kind
        if kind is None:
            _settle(found, tx)
        else:
            batch.append((line, found))


def _settle(found: Object, tx: StoreTransaction) -> None:
    if found["type"] == HEAD:
        for name, key in COUNTERS.items():
            tx.settings.set(key, str(int(found.get(name, 0))))
    if found["type"] == ROOM:
        tx.rooms.save(_room(found))


def _insert(kind: Kind, rows: list[tuple[int, Row]], tx: StoreTransaction) -> None:
    conn = tx.session.conn
    try:
        with conn.begin_nested():
            conn.execute(insert(kind.table), [row for _, row in rows])
    except IntegrityError:
        _find_culprit(kind.table, rows, tx)
    if isinstance(kind, QuestionKind):
        _derive([row for _, row in rows], tx)


def _find_culprit(table: Table, rows: list[tuple[int, Row]], tx: StoreTransaction) -> None:
    for line, row in rows:
        try:
            with tx.session.conn.begin_nested():
                tx.session.conn.execute(insert(table), [row])
        except IntegrityError as error:
            raise NotImported(Problem(line, f"{table.name}: there is one like it already")) from error


def _leave_out(tx: StoreTransaction) -> None:
    """With `tracking: metadata`, words of encrypted rooms stay out, and those of rooms not known to be plain."""
    tables = (questions, answers, notes)
    rooms = {room_id for table in tables for room_id in tx.session.conn.scalars(select(table.c.room_id).distinct())}
    hidden = sorted(room_id for room_id in rooms if tx.rooms.keeps_no_text(room_id))
    if hidden:
        tx.questions.erase(questions.c.room_id.in_(hidden), *hidden)
        tx.erased = True


def _derive(rows: list[Row], tx: StoreTransaction) -> None:
    """What other tables hold of questions, to be found by it."""
    tags = [(tag, row["number"]) for row in rows for tag in dict.fromkeys(load(row["tags"]))]
    if tags:
        tx.session.conn.execute(insert(question_tags), [{"tag": tag, "number": number} for tag, number in tags])
    wanted = [{"number": row["number"], "at": row["created_at"]} for row in rows if row["text"]]
    if wanted:
        tx.session.conn.execute(insert(vector_queue), wanted)
