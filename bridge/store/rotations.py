"""Whose turn it is in a team, and how much each has to do, within one transaction."""

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, func, select

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
