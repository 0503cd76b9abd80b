"""Duplicates of questions within one transaction."""

from collections.abc import Collection

from sqlalchemy import bindparam, delete, func, select, update

from bridge.store.questions import QuestionRows
from bridge.store.session import Session
from bridge.store.similar_tables import merged_follows
from bridge.store.statement import ByKeys, Prepared, bulk_insert
from bridge.store.tables import questions

_move = bulk_insert(merged_follows, ("number", "user_id"), conflict=("number", "user_id"))
_moved = Prepared(select(merged_follows.c.user_id).where(merged_follows.c.number == bindparam("question")), "question")
_forget = Prepared(delete(merged_follows).where(merged_follows.c.number == bindparam("question")), "question")
_counts = ByKeys(
    lambda keys: (
        select(questions.c.duplicate_of, questions.c.room_id, func.count())
        .where(questions.c.duplicate_of.in_(keys), questions.c.duplicate_of.is_not(None))
        .group_by(questions.c.duplicate_of, questions.c.room_id)
    )
)
_repoint = Prepared(
    update(questions).where(questions.c.duplicate_of == bindparam("before")).values(duplicate_of=bindparam("behind")),
    "behind",
    "before",
)


class MergeRows:
    """Fills `workflow.vectors.Merges`."""

    def __init__(self, session: Session, questions: QuestionRows) -> None:
        self._session = session
        self._questions = questions

    def moved(self, number: int, people: Collection[str]) -> None:
        _move(self._session, [(number, user_id) for user_id in people])

    def undone(self, number: int) -> list[str]:
        people = [user_id for (user_id,) in _moved(self._session, number)]
        _forget(self._session, number)
        return people

    def duplicates(self, numbers: Collection[int]) -> dict[int, dict[str, int]]:
        if not numbers:
            return {}
        self._questions.flush()
        found: dict[int, dict[str, int]] = {}
        for number, room_id, count in _counts(self._session, numbers):
            found.setdefault(number, {})[room_id] = count
        return found

    def repoint(self, number: int, to: int) -> None:
        self._questions.flush()
        _repoint(self._session, to, number)
        self._questions.forget_duplicates_of(number)
