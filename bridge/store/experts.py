"""What accepted answers earned, and the sums of it, within one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import bindparam, delete, func, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import Executable

from bridge.domain.expertise import Credit
from bridge.domain.spaces import DAY
from bridge.store.people_tables import expert_credits, expert_requests, expert_scores
from bridge.store.session import Session
from bridge.store.statement import Bulk, ByKeys, Prepared, bulk_insert
from bridge.store.tables import question_tags, questions
from bridge.workflow.people_ports import Score

_columns = ("answer", "tag", "number", "room_id", "person", "at")
_place = ("tag", "room_id", "person")
_credits = ByKeys(
    lambda keys: select(*[expert_credits.c[c] for c in _columns]).where(expert_credits.c.number.in_(keys))
)
_insert = bulk_insert(expert_credits, _columns)
_drop = ByKeys(lambda keys: delete(expert_credits).where(expert_credits.c.number.in_(keys)))


def _sum_up(dialect: str) -> Executable:
    insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](expert_scores)
    given = insert.values({c.name: bindparam(f"given_{c.name}", type_=c.type) for c in expert_scores.c})
    sums = {c: expert_scores.c[c] + given.excluded[c] for c in ("stored", "count")}
    made: Executable = given.on_conflict_do_update(index_elements=_place, set_=sums)
    return made


_add = Bulk(_sum_up, [f"given_{c.name}" for c in expert_scores.c])
_nothing_left = Prepared(delete(expert_scores).where(expert_scores.c.count <= literal_column("0")))
_best = ByKeys(
    lambda keys: (
        select(*[expert_scores.c[c] for c in ("person", "room_id", "stored", "count")])
        .where(expert_scores.c.tag == bindparam("tag"), (expert_scores.c.room_id + literal_column("''")).in_(keys))
        .order_by(expert_scores.c.stored.desc())
        .limit(bindparam("most"))
    ),
    "tag",
    "most",
)
"""The `+ ""` keeps the rooms out of the choice of an index: the one by score ends at the limit."""
_ranked = (expert_scores.c.person, expert_scores.c.room_id, expert_scores.c.stored, expert_scores.c.count)
_top = Prepared(
    select(*_ranked)
    .where(expert_scores.c.tag == bindparam("tag"))
    .order_by(expert_scores.c.stored.desc())
    .limit(bindparam("most")),
    "tag",
    "most",
)
_in_room = Prepared(
    select(*_ranked).where(expert_scores.c.tag == bindparam("tag"), expert_scores.c.room_id == bindparam("room")),
    "tag",
    "room",
)
_forget_credits = ByKeys(lambda keys: delete(expert_credits).where(expert_credits.c.room_id.in_(keys)))
_forget_scores = ByKeys(lambda keys: delete(expert_scores).where(expert_scores.c.room_id.in_(keys)))
_asked = ByKeys(
    lambda keys: (
        select(question_tags.c.tag, questions.c.room_id, func.count())
        .join(questions, questions.c.number == question_tags.c.number)
        .where(questions.c.created_at >= bindparam("since"), questions.c.room_id.in_(keys))
        .where(questions.c.withdrawn.is_(False))
        .group_by(question_tags.c.tag, questions.c.room_id)
    ),
    "since",
)
_r = expert_requests.c
_request = bulk_insert(expert_requests, ("person", "at", "number"))
_requests = Prepared(
    select(func.count()).where(_r.person == bindparam("who"), _r.at >= bindparam("since")), "who", "since"
)
_forget = Prepared(
    delete(expert_requests).where(_r.person == bindparam("who"), _r.at < bindparam("until")), "who", "until"
)
KEPT = 3 * DAY
"""How long it is remembered that somebody was asked."""

Row = tuple[str, str, int, str, str, int]


class ExpertRows:
    """Sums are brought up to date at `flush`, by what changed since they were written."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._earned: dict[int, frozenset[Row]] = {}

    def credit(self, number: int, credits: Collection[Credit]) -> None:
        self._earned[number] = frozenset((c.answer, c.tag, number, c.room_id, c.person, c.at) for c in credits)

    def best(self, tag: str, rooms: Collection[str], limit: int) -> list[Score]:
        self.flush()
        found = [Score(*row) for row in _best(self._session, sorted(rooms), tag, limit)] if rooms else []
        return sorted(found, key=lambda score: -score.stored)[:limit]

    def leading(self, tag: str, room_id: str, limit: int) -> set[Score]:
        self.flush()
        top = {Score(*row) for row in _top(self._session, tag, limit)}
        return top | {Score(*row) for row in _in_room(self._session, tag, room_id)} if len(top) == limit else top

    def asked(self, rooms: Collection[str], since: int) -> list[tuple[str, str, int]]:
        return [(tag, room_id, count) for tag, room_id, count in _asked(self._session, sorted(set(rooms)), since)]

    def request(self, person: str, number: int, now: int) -> None:
        _forget(self._session, person, now - KEPT)
        _request(self._session, [(person, now, number)])

    def requests(self, person: str, since: int) -> int:
        return int(_requests.value(self._session, person, since))

    def forget_rooms(self, rooms: Collection[str]) -> None:
        """Tags are words: where none are kept, nobody earns anything."""
        self.flush()
        for forget in (_forget_credits, _forget_scores):
            forget(self._session, sorted(rooms))

    def flush(self) -> None:
        if not self._earned:
            return
        earned, self._earned = self._earned, {}
        before = frozenset(tuple(row) for row in _credits(self._session, earned))
        after = frozenset(row for rows in earned.values() for row in rows)
        if before == after:
            return
        _drop(self._session, {row[2] for row in before ^ after})
        changed = {row[2] for row in before ^ after}
        _insert(self._session, sorted(row for row in after if row[2] in changed))
        self._sum(before - after, after - before)

    def _sum(self, lost: Iterable[Row], won: Iterable[Row]) -> None:
        sums: dict[tuple[str, str, str], list[Any]] = defaultdict(lambda: [0.0, 0])
        for rows, sign in ((lost, -1), (won, 1)):
            for answer, tag, _, room_id, person, at in sorted(rows):
                total = sums[tag, room_id, person]
                total[0] += sign * Credit(answer, tag, room_id, person, at).worth
                total[1] += sign
        _add(self._session, [(*place, *total) for place, total in sorted(sums.items())])
        if any(count < 0 for _, count in sums.values()):
            _nothing_left(self._session)
