"""Statistics within one transaction: what its facts change is added, at its end, to the days and rooms concerned."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.base import Executable

from bridge.domain.questions import Question
from bridge.domain.statistics import (
    COUNTED_KINDS,
    Course,
    Happening,
    Share,
    Terms,
    counts_of,
    course_of,
    share_of,
    written,
)
from bridge.store.askers import AskerRows
from bridge.store.facts import FactRows
from bridge.store.json import dump, load
from bridge.store.known import Counted, Known
from bridge.store.question_row import last_number
from bridge.store.questions import QuestionRows
from bridge.store.session import Session
from bridge.store.settings import Settings
from bridge.store.statement import Bulk, ByKeys, Prepared
from bridge.store.tables import facts, questions
from bridge.store.tally_reading import TallyReading
from bridge.store.tally_tables import credits, tallies

ALL_DAYS = -1
COUNTED_TO = "counted_to"
"""A setting: JSON of the basis that was counted by, and of the last question counted."""

_numbers_after = Prepared(
    select(questions.c.number)
    .where(questions.c.number > bindparam("after"))
    .order_by(questions.c.number)
    .limit(bindparam("most")),
    "after",
    "most",
)
_history = ByKeys(
    lambda keys: (
        select(facts.c.number, facts.c.kind, facts.c.at, facts.c.actor, facts.c.data)
        .where(facts.c.number.in_(keys))
        .order_by(facts.c.seq)
    )
)
_drop = (Prepared(delete(tallies)), Prepared(delete(credits)))


def _adding(table: Table, keys: Sequence[str], sums: Sequence[str], joined: Sequence[str] = ()) -> Bulk:
    """Add to the rows of these keys, or make them."""
    names = [*keys, *sums, *joined]

    def make(dialect: str) -> Executable:
        insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)
        row = {name: bindparam(f"given_{name}", type_=table.c[name].type) for name in names}
        statement = insert.values(row)
        added = {name: table.c[name] + statement.excluded[name] for name in (*sums, *joined)}
        made: Executable = statement.on_conflict_do_update(index_elements=list(keys), set_=added)
        return made

    return Bulk(make, [f"given_{name}" for name in names])


_add = _adding(tallies, ("day", "room_id", "outside"), ("asked", "answered", "waiting"), ("marks",))
_credit = _adding(credits, ("day", "room_id", "outside", "person"), ("accepted",))


def counted(session: Session) -> Counted:
    """What was counted, as it is written down."""
    value = Settings(session).get(COUNTED_TO)
    return Counted(**load(value)) if value else Counted()


@dataclass(slots=True)
class _Touched:
    question: Question
    terms: Terms
    basis: str


class TallyRows(TallyReading):
    """Fills `workflow.tallies.Tallies`."""

    def __init__(
        self, session: Session, known: Known, facts: FactRows, questions: QuestionRows, askers: AskerRows
    ) -> None:
        super().__init__(session, askers)
        self._known = known
        self._facts = facts
        self._questions = questions
        self._touched: dict[int, _Touched] = {}
        self._seen = 0
        """How many of the transaction's facts were counted before."""
        self._counted = known.counted

    def touch(self, question: Question, terms: Terms, basis: str) -> None:
        self._touched[question.number] = _Touched(question, terms, basis)

    def align(self, basis: str) -> bool:
        if self._counted.basis == basis:
            return False
        for table in _drop:
            table(self._session)
        self._set(Counted(basis))
        return True

    def uncounted(self, limit: int) -> list[Question]:
        numbers = [row[0] for row in _numbers_after(self._session, self._counted.to, limit)]
        return list(self._questions.several(numbers).values()) if numbers else []

    def catch_up(self, counted: Sequence[tuple[Question, Terms]]) -> None:
        histories = self._histories([question.number for question, _ in counted])
        self._add((q, terms, share_of(_course(q, histories[q.number]), terms)) for q, terms in counted)
        self._set(Counted(self._counted.basis, max(question.number for question, _ in counted)))

    def counted_share(self) -> float:
        last = last_number(self._session)
        return min(1.0, self._counted.to / last) if last else 1.0

    def flush(self) -> None:
        """After the facts were flushed. Questions that are not counted yet are left for later."""
        new, self._seen = self._facts.fresh[self._seen :], len(self._facts.fresh)
        touched = self._touched
        if not touched or not new:
            return
        fresh: dict[int, list[Happening]] = defaultdict(list)
        for at, kind, actor, _, _, number, data in new:
            if number in touched and kind in COUNTED_KINDS:
                fresh[number].append(Happening(kind, at, actor, load(data)))
        before = self._counted
        live = {n: touched[n] for n in sorted(fresh) if self._counts(n, touched[n].basis, fresh[n])}
        old = self._histories([number for number in live if not _is_new(fresh[number])])
        self._add(self._changed(live, fresh, old))
        if self._counted != before:
            self._set(self._counted)

    def publish(self) -> None:
        self._known.counted = self._counted

    def _counts(self, number: int, basis: str, fresh: Sequence[Happening]) -> bool:
        """Whether it is counted already, or new and the very next to be."""
        if not self._counted.basis and not self._counted.to and number == 1:
            self._counted = Counted(basis)
        if basis != self._counted.basis:
            return False
        if number == self._counted.to + 1 and _is_new(fresh):
            self._counted = Counted(basis, number)
        return number <= self._counted.to

    def _set(self, state: Counted) -> None:
        self._counted = state
        Settings(self._session).set(COUNTED_TO, dump({"basis": state.basis, "to": state.to}))

    def _changed(
        self, live: dict[int, _Touched], fresh: dict[int, list[Happening]], old: dict[int, list[Happening]]
    ) -> Iterable[tuple[Question, Terms, Share]]:
        for number, each in live.items():
            history = old.get(number, fresh[number])
            before = history[: len(history) - len(fresh[number])]
            share = share_of(_course(each.question, history), each.terms)
            if before:
                share = share.less(share_of(_course(each.question, before), each.terms))
            yield each.question, each.terms, share

    def _histories(self, numbers: Sequence[int]) -> dict[int, list[Happening]]:
        found: dict[int, list[Happening]] = {number: [] for number in numbers}
        for number, kind, at, actor, data in _history(self._session, numbers) if numbers else ():
            if kind in COUNTED_KINDS:
                found[number].append(Happening(kind, at, actor, load(data)))
        return found

    def _add(self, shares: Iterable[tuple[Question, Terms, Share]]) -> None:
        rows: dict[tuple[int, str, bool], list[Any]] = defaultdict(lambda: [0, 0, 0, ""])
        helped: Counter[tuple[int, str, bool, str]] = Counter()
        for question, terms, share in shares:
            place = question.room_id, terms.outside
            for (day, mark), count in share.marks.items():
                row = rows[day, *place]
                asked, answered = counts_of(mark, count)
                row[0] += asked
                row[1] += answered
                row[3] += written(mark, count)
            for day, change in share.waiting.items():
                rows[day, *place][2] += change
                rows[ALL_DAYS, *place][2] += change
            for (day, person), count in share.helped.items():
                helped[day, *place, person] += count
        _add(self._session, [(*key, *row) for key, row in sorted(rows.items())])
        _credit(self._session, [(*key, count) for key, count in sorted(helped.items()) if count])


def _is_new(history: Sequence[Happening]) -> bool:
    return bool(history) and history[0].kind == "QuestionAsked"


def _course(question: Question, history: Iterable[Happening]) -> Course | None:
    return course_of(history, question.created_at, question.first_response_at)
