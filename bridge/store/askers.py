"""Who ever asked: few people, however much they asked. They are held in memory, so SQL need not know patterns."""

from functools import lru_cache

from sqlalchemy import bindparam, func, select

from bridge.domain.people import People, is_ours
from bridge.store.known import Known
from bridge.store.question_row import last_number
from bridge.store.session import Session
from bridge.store.statement import Prepared
from bridge.store.tables import questions

_first = select(func.min(questions.c.asker).label("asker")).cte("found", recursive=True)
_next = select(func.min(questions.c.asker)).where(questions.c.asker > _first.c.asker).scalar_subquery()
_found = _first.union_all(select(_next).where(_first.c.asker.is_not(None)))
_all = Prepared(select(_found.c.asker).where(_found.c.asker.is_not(None)))
"""Each step is one look into the index: the work grows with the people, not with their questions."""
_since = Prepared(select(questions.c.asker).distinct().where(questions.c.number > bindparam("last")), "last")


class Sides:
    """People, told apart once each: those of ours and the others."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._known: frozenset[str] = frozenset()
        self._sides: dict[bool, frozenset[str]] = {True: frozenset(), False: frozenset()}

    def of(self, askers: frozenset[str], *, ours: bool) -> frozenset[str]:
        new = askers - self._known
        if new:
            mine = frozenset(asker for asker in new if is_ours(asker, self._people))
            self._sides = {True: self._sides[True] | mine, False: self._sides[False] | (new - mine)}
            self._known |= new
        return self._sides[ours]


@lru_cache(maxsize=4)
def _sides(people: People) -> Sides:
    return Sides(people)


class AskerRows:
    """Those of one transaction; what it learnt is known to others once `publish` says that it holds."""

    def __init__(self, session: Session, known: Known) -> None:
        self.session = session
        self._known = known
        self._found: tuple[int, frozenset[str]] | None = None
        self._renamed = False

    def of_side(self, people: People, *, ours: bool) -> frozenset[str]:
        """Those who are people of ours, or those who are not; there may be some who asked nothing that is left."""
        return _sides(people).of(self.all(), ours=ours)

    def all(self) -> frozenset[str]:
        before, people = self._known.askers
        last = last_number(self.session)
        if last > before:
            rows = _since(self.session, before) if people else _all(self.session)
            people = people.union(asker for (asker,) in rows)
        self._found = (last, people)
        return people

    def forget(self) -> None:
        """Somebody asks under another name now: all are to be read anew."""
        self._renamed = True

    def publish(self) -> None:
        if self._renamed:
            self._known.askers = (0, frozenset())
        elif self._found is not None and self._found[0] > self._known.askers[0]:
            self._known.askers = self._found
