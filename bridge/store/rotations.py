"""Whose turn it is in a team, how much each has to do, and which questions wait, within one transaction."""

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, func, literal_column, select, tuple_

from bridge.domain.teams import Turn
from bridge.store.questions import QuestionRows
from bridge.store.rule_tables import assigned, rotations
from bridge.store.session import Session
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.store.tables import questions

_last = Prepared(
    select(rotations.c.person, rotations.c.place).where(rotations.c.team == bindparam("which")),
    "which",
)
_turn = bulk_insert(rotations, ("team", "person", "place"), conflict=("team",), replace=("person", "place"))
_load = ByKeys(
    lambda keys: (
        select(questions.c.assignee, func.count())
        .where(questions.c.assignee.in_(keys), assigned)
        .group_by(questions.c.assignee)
    )
)
_unanswered_after = Prepared(
    select(questions.c.created_at, questions.c.number)
    .where(
        tuple_(questions.c.created_at, questions.c.number) > tuple_(bindparam("at"), bindparam("which")),
        questions.c.withdrawn.is_(False),
        questions.c.state.in_([literal_column("'claimed'"), literal_column("'open'")]),
    )
    .order_by(questions.c.created_at, questions.c.number)
    .limit(bindparam("most")),
    "at",
    "which",
    "most",
)


class RotationRows:
    def __init__(self, session: Session, asked: QuestionRows) -> None:
        self._session = session
        self._questions = asked

    def last(self, team: str) -> Turn | None:
        row = _last(self._session, team).fetchone()
        return Turn(row[0], row[1]) if row else None

    def turn(self, team: str, turn: Turn) -> None:
        _turn(self._session, [(team, turn.person, turn.place)])

    def load(self, people: Collection[str]) -> Mapping[str, int]:
        self._questions.flush()
        return {row[0]: int(row[1]) for row in _load(self._session, sorted(set(people)))}

    def unanswered_after(self, asked_at: int, number: int, limit: int) -> list[tuple[int, int]]:
        self._questions.flush()
        return [(row[0], row[1]) for row in _unanswered_after(self._session, asked_at, number, limit)]
