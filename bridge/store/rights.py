"""Retention and the rights of persons within one transaction: what is to go, found in bounded steps, and taken away."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Table,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
    update,
)

from bridge.domain.filters import spelled
from bridge.domain.interests import Interest
from bridge.domain.lifecycle import settled_at
from bridge.domain.people import pseudonym
from bridge.store.askers import AskerRows
from bridge.store.experts import ExpertRows
from bridge.store.grants import GrantRows
from bridge.store.holdings import DROP, HOLDINGS, RENAME, Fate
from bridge.store.inbox import InboxRows
from bridge.store.interests import InterestRows
from bridge.store.known import Known
from bridge.store.outbox import OutboxRows
from bridge.store.people_tables import interests
from bridge.store.prompts import PromptRows
from bridge.store.question_row import from_row, last_number
from bridge.store.questions import QuestionRows
from bridge.store.sealing import MARK
from bridge.store.session import Session
from bridge.store.settings import Settings
from bridge.store.tables import (
    answers,
    grants,
    inbox,
    left_behind,
    members,
    metadata,
    outbox,
    prompts,
    questions,
    timers,
)
from bridge.store.triage_tables import notes
from bridge.store.vectors import VectorRows
from bridge.workflow.cases import Asking
from bridge.workflow.rights import Overdue, Place, Share

_LAST_PSEUDONYM = "last_pseudonym"
_all = [c for c in questions.c if c.name != "card_digest"]


class RightsRows:
    """`on_erased` is called where text is gone that the database's log may still hold."""

    def __init__(
        self,
        session: Session,
        known: Known,
        questions: QuestionRows,
        vectors: VectorRows,
        inbox: InboxRows,
        outbox: OutboxRows,
        grants: GrantRows,
        prompts: PromptRows,
        experts: ExpertRows,
        interests: InterestRows,
        askers: AskerRows,
        flush: Callable[[], None],
        on_erased: Callable[[], None],
    ) -> None:
        self._session = session
        self._known = known
        self._questions = questions
        self._vectors = vectors
        self._inbox = inbox
        self._outbox = outbox
        self._grants = grants
        self._prompts = prompts
        self._experts = experts
        self._interests = interests
        self._askers = askers
        self._flush = flush
        self.erased = on_erased

    def _run(self, statement: Any) -> Any:
        return self._session.conn.execute(statement)

    # --- retention -------------------------------------------------------------------------------------------------

    def overdue(self, before: Mapping[str, int], after: Place, looked: int, most: int) -> Overdue:
        """In the order in which they were asked: none is settled before that. Those taken back have answers, too."""
        self._questions.flush()
        parts = [self._asked(max(before.values()), after, looked, gone) for gone in (False, True)]
        ends = [_place(part[-1]) for part in parts if len(part) == looked]
        end = min(ends) if ends else None
        rows = sorted((row for part in parts for row in part if end is None or _place(row) <= end), key=_place)
        found: list[int] = []
        for question in map(from_row, rows):
            at = settled_at(question)
            if at is not None and not question.held and at < before.get(question.space, at):
                found.append(question.number)
            if len(found) == most:
                return Overdue(tuple(found), (question.created_at, question.number))
        return Overdue(tuple(found), end)

    def _asked(self, before: int, after: Place, most: int, gone: bool) -> list[Any]:
        order = (questions.c.created_at, questions.c.number)
        which = (left_behind,) if gone else (questions.c.withdrawn.is_(False),)
        wanted = select(*_all).where(*which, questions.c.created_at < before, tuple_(*order) > after)
        return list(self._run(wanted.order_by(*order).limit(most)).fetchall())

    def strip(self, numbers: Collection[int]) -> None:
        if not numbers:
            return
        self._flush()
        self._vectors.drop(numbers)
        for number in numbers:
            self._experts.credit(number, ())

    # --- the rights of persons -------------------------------------------------------------------------------------

    def pseudonym(self) -> str:
        """One that nobody had before."""
        settings = Settings(self._session)
        last = int(settings.get(_LAST_PSEUDONYM) or 0) + 1
        settings.set(_LAST_PSEUDONYM, str(last))
        return pseudonym(last)

    def last_number(self) -> int:
        self._questions.flush()
        return last_number(self._session)

    def share(self, person: str, first: int, last: int, most: int) -> Share:
        self._questions.flush()
        among = questions.c.number.between(first, last)
        free = questions.c.held.is_(False)
        addressed = questions.c.directed_to.contains(f'"{person}"', autoescape=True)
        involved = or_(questions.c.asker == person, questions.c.assignee == person, addressed)
        mine = and_(answers.c.number.between(first, last), answers.c.author == person)
        concerned = select(questions.c.number).where(among, free, involved).order_by(questions.c.number).limit(most)
        answered = (
            select(questions.c.number)
            .join(answers, answers.c.number == questions.c.number)
            .where(mine, free)
            .distinct()
            .order_by(questions.c.number)
            .limit(most)
        )
        has_mine = exists().where(answers.c.number == questions.c.number, answers.c.author == person)
        held = select(func.count()).where(among, questions.c.held.is_(True), or_(involved, has_mine))
        noted = (
            select(notes.c.event_id)
            .join(questions, questions.c.number == notes.c.number)
            .where(notes.c.author == person, among, free)
            .limit(most)
        )
        asked, told, written = (self._firsts(statement) for statement in (concerned, answered, noted))
        return Share(asked, told, written, int(self._run(held).scalar() or 0))

    def _firsts(self, statement: Any) -> tuple[Any, ...]:
        return tuple(self._run(statement).scalars())

    def rename(self, person: str, pseudonym: str, first: int, last: int) -> None:
        self._flush()
        held = select(questions.c.number).where(questions.c.number.between(first, last), questions.c.held.is_(True))
        kept = list(self._run(held).scalars())
        for table, column, fate in _columns_of_people():
            if "number" in table.c:
                among = and_(table.c.number.between(first, last), table.c.number.not_in(kept))
                self._apply(table, column, fate, person, pseudonym, among)

    def _apply(
        self, table: Table, column: Column[Any], fate: Fate, person: str, pseudonym: str, among: ColumnElement[bool]
    ) -> None:
        named = and_(among, column == person)
        self._run(
            delete(table).where(named) if fate is DROP else update(table).where(named).values({column: pseudonym})
        )

    def drop(self, person: str, pseudonym: str, before: int) -> None:
        self._flush()
        for table, column, fate in _columns_of_people():
            if "number" not in table.c or table.name == "notices":
                self._apply(table, column, fate, person, pseudonym, true())
        self._run(delete(timers).where(timers.c.target == person))
        gone = and_(members.c.user_id == person, members.c.membership != "join")
        self._run(update(members).where(gone).values(display_name=""))
        self._drop_prompts(person)
        self._drop_interests(person)
        self._askers.forget()
        self._drop_reasons(person)
        self._drop_waiting(person, before)

    def _drop_prompts(self, person: str) -> None:
        asked = select(prompts.c.event_id).where(prompts.c.person == person, prompts.c.asking == Asking.FORGET.value)
        for event_id in list(self._run(asked).scalars()):
            self._prompts.drop(event_id)

    def _drop_interests(self, person: str) -> None:
        """Theirs, and others' in them."""
        columns = (interests.c.person, interests.c.about, interests.c.filters)
        named = or_(*(column.contains(person, autoescape=True) for column in columns))
        for who in set(self._run(select(interests.c.person).where(named)).scalars()):
            for followed in self._interests.of(who):
                if who == person or _names(followed.interest, person):
                    self._interests.drop(who, followed.interest)

    def _drop_reasons(self, person: str) -> None:
        """What was written about why a grant is given: by them, or about them."""
        theirs = or_(grants.c.person == person, grants.c.sponsor == person)
        named = select(grants.c.number).where(grants.c.reason != "", theirs)
        for number in list(self._run(named).scalars()):
            grant = self._grants.get(number)
            if grant is not None:
                self._grants.save(replace(grant, reason=""))

    def _drop_waiting(self, person: str, before: int) -> None:
        """What they wrote and what they were to be told, be it still to be handled or given up."""
        for event_id, payload in self._payloads(inbox, inbox.c.event_id, inbox.c.received_at <= before):
            if f'"sender":"{person}"' in payload:
                self._inbox.forget(event_id)
        named = f'"{person}"'
        for effect_id, payload in self._payloads(outbox, outbox.c.effect_id, outbox.c.created_at <= before):
            if named in payload:
                self._outbox.forget(effect_id)

    def _payloads(self, queue: Table, key: Column[Any], which: ColumnElement[bool]) -> Iterator[tuple[str, str]]:
        rows = self._run(select(key, queue.c.payload).where(queue.c.payload.is_not(None), which)).fetchall()
        for found, payload in rows:
            yield found, self._known.keeping.open(payload) if payload.startswith(MARK) else payload


def _names(interest: Interest, person: str) -> bool:
    """Whether it is about them, or a filter of it is."""
    return person in (interest.about, *(word.partition(":")[2] for word in spelled(interest.wanted).split()))


def _place(row: Any) -> Place:
    return row.created_at, row.number


def _columns_of_people() -> Iterator[tuple[Table, Column[Any], Fate]]:
    """Those that need no more than a statement."""
    for name, holding in HOLDINGS.items():
        for column, fate in holding.people.items():
            if fate in {RENAME, DROP} and name in metadata.tables:
                table = metadata.tables[name]
                yield table, table.c[column], fate
