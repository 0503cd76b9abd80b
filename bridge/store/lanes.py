"""A table that is a queue in lanes: rows of one lane in order, lanes side by side. Inbox and outbox are such tables."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    Integer,
    Select,
    Table,
    bindparam,
    delete,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.elements import ColumnElement

from bridge.store.session import Session
from bridge.store.statement import AnyRow, ByKeys, Prepared


@dataclass(frozen=True, slots=True)
class Depth:
    """How many rows wait, and since when the first does (milliseconds)."""

    count: int
    oldest: int | None


def _pending(table: Any) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = table.c.state == literal_column("'new'")
    return condition


class Lanes:
    """Statements over one queue. Rows come as (seq, lane, not_before, *columns)."""

    def __init__(self, table: Table, lane: str, time: str, columns: Sequence[str], ahead: int = 1_000_000) -> None:
        """No more than `ahead` rows of one lane are handed out before the first of them is done."""
        self._table = table
        self._ahead = ahead
        self._lane = lane
        self._time = table.c[time]
        self._row = [table.c[c] for c in ("seq", lane, "not_before", *columns)]
        self._first = Prepared(self._oldest_first().limit(bindparam("window", type_=Integer)), "window")
        self._by_seq = ByKeys(self._select_seqs)
        self._heads = Prepared(self._heads_of_lanes())
        self._count = Prepared(select(func.count()).select_from(table).where(_pending(table)))
        self._oldest = Prepared(select(self._time).where(_pending(table)).order_by(table.c.seq).limit(1))
        self._retry = Prepared(self._retried(), "not_before", "seq")
        self._first_done = Prepared(self._first_of_done())
        self._prune = Prepared(self._pruned(), "start", "slice", "before")

    def pending(
        self, session: Session, now: int, limit: int, busy: Collection[int] = (), shut: Collection[str] = ()
    ) -> list[AnyRow]:
        """Rows that may go on, oldest first. Where the first row of a lane waits or is busy, the whole lane does.

        Lanes that are `shut` are left out, however many rows they hold.

        The work is bounded by `limit` and `busy`, or, where waiting lanes fill the front, by the number of lanes.
        """
        window = limit + len(busy)
        rows = self._first(session, window).fetchall()
        seen: set[str] = set()
        taken = _free(rows, seen, now, busy, self._ahead, shut)[:limit]
        if len(rows) == window and len(taken) < limit:
            seen.update(shut)
            others = [seq for lane, seq in self._heads(session) if lane not in seen and seq not in busy]
            taken += self._ready(session, sorted(others), now, limit - len(taken))
        return taken

    def _ready(self, session: Session, heads: list[int], now: int, limit: int) -> list[AnyRow]:
        """Of the first rows of lanes those that do not wait."""
        taken: list[AnyRow] = []
        for start in range(0, len(heads), limit):
            found = self._by_seq(session, heads[start : start + limit])
            taken += sorted(row for row in found if row[2] <= now)
            if len(taken) >= limit:
                break
        return taken[:limit]

    def retry(self, session: Session, seq: int, not_before: int) -> None:
        self._retry(session, not_before, seq)

    def depth(self, session: Session) -> Depth:
        return Depth(count=self._count.value(session), oldest=self._oldest.value(session))

    def prune(self, session: Session, before: int, limit: int) -> int:
        """Delete done rows from before a time, looking at no more than `limit` rows; return how many went."""
        start = self._first_done.value(session)
        return 0 if start is None else self._prune(session, start, limit, before).rowcount

    def _oldest_first(self) -> Select[Any]:
        return select(*self._row).where(_pending(self._table)).order_by(self._table.c.seq)

    def _select_seqs(self, keys: list[BindParameter[Any]]) -> Executable:
        return select(*self._row).where(self._table.c.seq.in_(keys))

    def _heads_of_lanes(self) -> Executable:
        """The first row of every lane, hopping from lane to lane along the index."""
        lanes = select(func.min(self._table.c[self._lane]).label("lane")).where(_pending(self._table))
        walked = lanes.cte("lanes", recursive=True)
        after, head = self._table.alias("after_it"), self._table.alias("head")
        following = select(func.min(after.c[self._lane])).where(_pending(after), after.c[self._lane] > walked.c.lane)
        walked = walked.union_all(select(following.scalar_subquery()).where(walked.c.lane.is_not(None)))
        first = select(func.min(head.c.seq)).where(_pending(head), head.c[self._lane] == walked.c.lane)
        return select(walked.c.lane, first.scalar_subquery()).where(walked.c.lane.is_not(None))

    def _retried(self) -> Executable:
        table = self._table
        return (
            update(table)
            .where(table.c.seq == bindparam("seq"))
            .values(tries=table.c.tries + literal_column("1"), not_before=bindparam("not_before"))
        )

    def _first_of_done(self) -> Executable:
        table = self._table
        return select(table.c.seq).where(table.c.state == literal_column("'done'")).order_by(table.c.seq).limit(1)

    def _pruned(self) -> Executable:
        table, near = self._table, self._table.alias("near")
        time: Column[Any] = near.c[self._time.name]
        window = (
            select(near.c.seq, near.c.state, time.label("time"))
            .where(near.c.seq >= bindparam("start"))
            .order_by(near.c.seq)
            .limit(bindparam("slice", type_=Integer))
            .subquery("near_rows")
        )
        old = select(window.c.seq).where(
            window.c.state == literal_column("'done'"), window.c.time < bindparam("before")
        )
        return delete(table).where(table.c.seq.in_(old))


def _free(
    rows: Sequence[AnyRow], seen: set[str], now: int, busy: Collection[int], ahead: int, shut: Collection[str]
) -> list[AnyRow]:
    """Rows of lanes in which nothing waits before them; every lane met is added to `seen`."""
    free: list[AnyRow] = []
    blocked = set(shut)
    taken: Counter[str] = Counter()
    for row in rows:
        seq, lane, not_before = row[0], row[1], row[2]
        seen.add(lane)
        if lane in blocked:
            continue
        if not_before > now or seq in busy or taken[lane] >= ahead:
            blocked.add(lane)
        else:
            taken[lane] += 1
            free.append(row)
    return free
