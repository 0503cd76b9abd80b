"""The full text, kept in step with what is asked and answered, within the transaction that writes that.

What is new goes to the end of a list, whole questions at a time, which is cheap; from there it is folded into the
postings later (`workers.indexing`). What goes, goes from both at once.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, select

from bridge.domain.questions import Answer, Question
from bridge.domain.terms import terms
from bridge.domain.tracking import may_quote
from bridge.store.json import clean
from bridge.store.known import Known
from bridge.store.postings import BEHIND, HEAD, PART, merged, without
from bridge.store.question_row import last_number
from bridge.store.rooms import RoomRows
from bridge.store.search_tables import search_postings, search_tail, search_terms
from bridge.store.session import Session
from bridge.store.settings import Settings
from bridge.store.statement import ByKeys, Prepared, bulk_insert, bulk_select

LEFT = "search_left"
FOLDED = 256
"""How many entries of the list are folded into the postings at once."""
_FIELDS = (HEAD, BEHIND)
Key = tuple[int, str]
"""A part of the numbers, and a term."""

_append = bulk_insert(search_tail, ("number", "terms"))
_oldest = Prepared(
    select(search_tail.c.seq, search_tail.c.number, search_tail.c.terms)
    .order_by(search_tail.c.seq)
    .limit(bindparam("most")),
    "most",
)
_length = Prepared(select(func.count()).select_from(search_tail))
_fold = ByKeys(lambda keys: delete(search_tail).where(search_tail.c.seq.in_(keys)))
_drop_tail = ByKeys(lambda keys: delete(search_tail).where(search_tail.c.number.in_(keys)))
_places = bulk_select(search_postings, ("part", "term"), ("part", "term", "places"))
_put = bulk_insert(search_postings, ("part", "term", "places"), conflict=("part", "term"), replace=("places",))
_drop = Prepared(
    delete(search_postings).where(search_postings.c.part == bindparam("p"), search_postings.c.term == bindparam("t")),
    "p",
    "t",
)
_counts = ByKeys(lambda keys: select(search_terms).where(search_terms.c.term.in_(keys)))
_count = bulk_insert(search_terms, ("term", "questions"), conflict=("term",), replace=("questions",))
_forget_terms = ByKeys(lambda keys: delete(search_terms).where(search_terms.c.term.in_(keys)))


@dataclass(frozen=True, slots=True)
class Document:
    """The terms of a question by field; in each every term once."""

    head: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        return "\n".join(" ".join(field) for field in (self.head, self.behind))

    @property
    def terms(self) -> frozenset[str]:
        return frozenset((*self.head, *self.behind))


def parsed(written: str) -> list[tuple[int, list[str]]]:
    """Field -> terms, of what `Document.written` made."""
    return [(field, part.split()) for field, part in zip(_FIELDS, written.split("\n"), strict=True)]


def document(question: Question, answers: Iterable[Answer], rooms: RoomRows) -> Document:
    """What a question is found by. An answer that must not be repeated where the question was asked is not among it."""
    said = (a.text for a in answers if findable(a, question, rooms))
    head = " ".join((question.first_line, *question.tags))
    return Document(_terms(head), _terms("\n".join((question.body, *said))))


def findable(answer: Answer, question: Question, rooms: RoomRows) -> bool:
    """Whether whoever sees the question may know what is in the answer."""
    if answer.withdrawn or answer.room_id == question.room_id:
        return not answer.withdrawn
    given, asked = rooms.get(answer.room_id), rooms.get(question.room_id)
    return may_quote(given is None or given.encrypted, asked is not None and asked.encrypted)


def _terms(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms(clean(text))))


Current = Callable[[Collection[int]], Iterable[tuple[Question, Iterable[Answer]]]]


class IndexRows:
    """What questions and answers of one transaction change in the full text; written at `flush`."""

    def __init__(self, session: Session, known: Known, rooms: RoomRows) -> None:
        self._session = session
        self._known = known
        self._rooms = rooms
        self._new: dict[int, Question] = {}
        self._answered: list[tuple[int, Document]] = []
        self._gone: defaultdict[int, set[str]] = defaultdict(set)

    def asked(self, question: Question) -> None:
        self._new[question.number] = question

    def changed(self, before: Question | None, question: Question) -> None:
        if question.number in self._new:
            self._new[question.number] = question
        elif before is not None and (before.text, before.tags) != (question.text, question.tags):
            self._gone[question.number] |= document(before, (), self._rooms).terms

    def answered(self, answer: Answer, question: Question | None) -> None:
        if question is not None and findable(answer, question, self._rooms):
            self._answered.append((answer.number, Document(behind=_terms(answer.text))))

    def answer_changed(self, before: Answer | None, answer: Answer) -> None:
        if before is not None and (before.text, before.withdrawn) != (answer.text, answer.withdrawn):
            self._gone[answer.number].update(terms(clean(before.text)))

    def flush(self, current: Current) -> None:
        if self._new or self._answered:
            new, self._new = self._new, {}
            answered, self._answered = self._answered, []
            documents = [(number, document(question, (), self._rooms)) for number, question in new.items()]
            _append(self._session, [(number, made.written) for number, made in (*documents, *answered) if made.terms])
        if self._gone:
            gone, self._gone = dict(self._gone), defaultdict(set)
            self._renew(gone, current)

    def _renew(self, gone: Mapping[int, Collection[str]], current: Current) -> None:
        """Of what went, the terms go that are nowhere else in the question; what is there is written anew."""
        made = {question.number: document(question, answers, self._rooms) for question, answers in current(gone)}
        left = {number: made[number].terms if number in made else frozenset() for number in gone}
        self.strip({number: set(found) - left[number] for number, found in gone.items()})
        _drop_tail(self._session, list(gone))
        _append(self._session, [(number, each.written) for number, each in made.items() if each.terms])

    def drop(self, documents: Iterable[tuple[Question, Iterable[Answer]]]) -> None:
        """Questions are found by nothing any more; call it while their words are still there."""
        whole = {q.number: {*document(q, answers, self._rooms).terms, *_all_terms(answers)} for q, answers in documents}
        self.strip(whole)
        _drop_tail(self._session, list(whole))

    def add(self, documents: Iterable[tuple[Question, Iterable[Answer]]]) -> None:
        made = [(question.number, document(question, answers, self._rooms)) for question, answers in documents]
        _append(self._session, [(number, each.written) for number, each in made if each.terms])

    # --- postings ----------------------------------------------------------------------------------------------------

    def strip(self, gone: Mapping[int, Collection[str]]) -> None:
        """Take questions away from under terms."""
        self._known.stripped += 1
        wheres: defaultdict[Key, list[int]] = defaultdict(list)
        for number, found in gone.items():
            for term in found:
                wheres[number // PART, term].append(number % PART)
        less: defaultdict[str, int] = defaultdict(int)
        kept: list[tuple[int, str, bytes]] = []
        for part, term, data in _places.fetch(self._session, list(wheres)):
            places, count = without(data, wheres[part, term])
            less[term] -= count
            if places:
                kept.append((part, term, places))
            else:
                _drop(self._session, part, term)
        _put(self._session, kept)
        self._recount(less)

    def fold(self, limit: int = FOLDED) -> int:
        """Take the oldest entries of the list into the postings; returns how many are left."""
        rows = _oldest(self._session, limit).fetchall()
        self.merge(by_key((number, parsed(written)) for _, number, written in rows))
        _fold(self._session, [seq for seq, _, _ in rows])
        return self.waiting()

    @property
    def stripped(self) -> int:
        """Grows whenever something is taken out; to be asked for in the writer's thread."""
        return self._known.stripped

    def left(self) -> int:
        """Questions up to this number were asked when there was no full text, and are not in it yet."""
        settings = Settings(self._session)
        found = settings.get(LEFT)
        if found is None:
            found = str(last_number(self._session))
            settings.set(LEFT, found)
        return int(found)

    def rebuild(self) -> None:
        """All questions are to be taken in anew, in the background: they were written past this."""
        Settings(self._session).drop(LEFT)

    def take_in(self, new: Mapping[Key, Mapping[int, int]], stripped: int, left: int) -> None:
        """What was read of questions beside the writer; nothing where something was taken out meanwhile."""
        if stripped == self._known.stripped:
            self.merge(new)
            Settings(self._session).set(LEFT, str(left))

    def waiting(self) -> int:
        """How many entries of the list are not among the postings yet."""
        return int(_length.value(self._session))

    def merge(self, new: Mapping[Key, Mapping[int, int]]) -> None:
        known = {(part, term): data for part, term, data in _places.fetch(self._session, sorted(new))}
        more: defaultdict[str, int] = defaultdict(int)
        rows = []
        for (part, term), places in sorted(new.items()):
            data, count = merged(known.get((part, term), b""), places)
            more[term] += count
            rows.append((part, term, data))
        _put(self._session, rows)
        self._recount(more)

    def _recount(self, changes: Mapping[str, int]) -> None:
        counts: dict[str, int] = dict(_counts(self._session, list(changes)))
        now = {term: counts.get(term, 0) + change for term, change in changes.items() if change}
        _count(self._session, [(term, count) for term, count in now.items() if count > 0])
        _forget_terms(self._session, [term for term, count in now.items() if count <= 0])


def by_key(documents: Iterable[tuple[int, Iterable[tuple[int, Iterable[str]]]]]) -> dict[Key, dict[int, int]]:
    """Numbers with their terms by field, turned around: part and term -> place -> fields."""
    found: defaultdict[Key, dict[int, int]] = defaultdict(dict)
    for number, fields in documents:
        part, where = divmod(number, PART)
        for field, held in fields:
            for term in held:
                places = found[part, term]
                places[where] = places.get(where, 0) | field
    return found


def fields_of(made: Document) -> list[tuple[int, tuple[str, ...]]]:
    return list(zip(_FIELDS, (made.head, made.behind), strict=True))


def _all_terms(answers: Iterable[Answer]) -> Iterable[str]:
    return (term for answer in answers for term in terms(clean(answer.text)))
