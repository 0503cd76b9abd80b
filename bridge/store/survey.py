"""What an operator asks of a database: its size, its soundness, what was set aside, and how doors are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, literal_column, select, text

from bridge.store.database import Database, Depths, depths_of
from bridge.store.engine import check_integrity, is_sqlite
from bridge.store.errors import StoreError
from bridge.store.migrate import HEAD
from bridge.store.tables import grants, inbox, outbox, questions, violations


@dataclass(frozen=True, slots=True)
class Parked:
    """A row that was given up: `at` is when it came, in milliseconds, `why` a reference into the log or a reason."""

    queue: str
    what: str
    room_id: str
    at: int
    why: str


@dataclass(frozen=True, slots=True)
class Survey:
    """`damage` is None where none was found; `parked` holds the newest of `parked_count`.

    `grants` were approved and are not over, `requests` wait for approval; `violations` that go on, by step.
    """

    name: str
    revision: str
    size: int
    questions: int
    damage: str | None
    depths: Depths
    parked: tuple[Parked, ...]
    parked_count: int
    grants: int
    requests: int
    violations: Mapping[str, int]


def survey(database: Database, newest: int = 10) -> Survey:
    """Read beside a process that writes. Looking for damage takes no longer than some seconds."""
    with database.snapshot() as conn:
        damage = _damage(conn, database.name) if is_sqlite(database.url) else None
        parked, count = _parked(conn, newest)
        total = conn.execute(select(func.count()).select_from(questions)).scalar() or 0
        size = _size(conn, database)
        live, requests, wrong = _granted(conn, approved=True), _granted(conn, approved=False), _violations(conn)
    depths = database.read_now(depths_of)
    return Survey(database.name, HEAD, size, total, damage, depths, parked, count, live, requests, wrong)


def _damage(conn: Connection, name: str) -> str | None:
    try:
        check_integrity(conn, name)
    except StoreError as error:
        return str(error)
    return None


def _size(conn: Connection, database: Database) -> int:
    if is_sqlite(database.url):
        files = (Path(f"{database.url.database}{suffix}") for suffix in ("", "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())
    return int(conn.execute(text("SELECT pg_database_size(current_database())")).scalar() or 0)


def _granted(conn: Connection, *, approved: bool) -> int:
    word = grants.c.approved_by
    wanted = (grants.c.ended_at.is_(None), word.is_not(None) if approved else word.is_(None))
    return conn.execute(select(func.count()).select_from(grants).where(*wanted)).scalar() or 0


def _violations(conn: Connection) -> dict[str, int]:
    step = violations.c.step
    counted = select(step, func.count()).where(violations.c.ended_at.is_(None)).group_by(step)
    return {row[0]: row[1] for row in conn.execute(counted)}


def _parked(conn: Connection, newest: int) -> tuple[tuple[Parked, ...], int]:
    """The newest of both queues together, and how many there are."""
    found: list[Parked] = []
    count = 0
    for name, table, columns in (
        ("inbox", inbox, (inbox.c.event_id, inbox.c.room_id, inbox.c.received_at, inbox.c.reference)),
        ("outbox", outbox, (outbox.c.kind, outbox.c.lane, outbox.c.created_at, outbox.c.reason)),
    ):
        parked = table.c.state == literal_column("'parked'")
        count += conn.execute(select(func.count()).select_from(table).where(parked)).scalar() or 0
        rows = conn.execute(select(*columns).where(parked).order_by(table.c.seq.desc()).limit(newest))
        found += [Parked(name, what, room, at, why or "") for what, room, at, why in rows]
    return tuple(sorted(found, key=lambda one: -one.at)[:newest]), count
