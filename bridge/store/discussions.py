"""Answers and acceptances of the questions of one transaction."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, delete, select

from bridge.domain.questions import Acceptance, Answer, Discussion, Voice
from bridge.store.json import clean
from bridge.store.session import Session
from bridge.store.statement import ByKeys, Prepared, bulk_insert, bulk_update
from bridge.store.tables import acceptances, answers

_answer_columns = ("event_id", "number", "author", "text", "created_at", "room_id", "withdrawn")
_acceptance_columns = ("answer", "number", "person", "voice", "at", "reaction")
_add_answers = bulk_insert(answers, _answer_columns)
_save_answers = bulk_update(
    answers,
    ("event_id", "text", "withdrawn", "author"),
    lambda given: {"text": given.c.text, "withdrawn": given.c.withdrawn, "author": given.c.author},
)
_add_acceptances = bulk_insert(
    acceptances, _acceptance_columns, conflict=("answer", "person"), replace=("voice", "at", "reaction")
)
_drop_acceptance = Prepared(
    delete(acceptances).where(acceptances.c.answer == bindparam("event"), acceptances.c.person == bindparam("who")),
    "event",
    "who",
)
_answers_of = ByKeys(
    lambda keys: (
        select(*[answers.c[c] for c in _answer_columns])
        .where(answers.c.number.in_(keys))
        .order_by(answers.c.number, answers.c.seq)
    )
)
_acceptances_of = ByKeys(
    lambda keys: (
        select(*[acceptances.c[c] for c in _acceptance_columns])
        .where(acceptances.c.number.in_(keys))
        .order_by(acceptances.c.number, acceptances.c.seq)
    )
)


class DiscussionRows:
    """Discussions as they stand within the transaction; changes are written at `flush`.

    `write_questions` writes those that answers refer to.
    """

    def __init__(self, session: Session, write_questions: Callable[[], None]) -> None:
        self._session = session
        self._write_questions = write_questions
        self._known: dict[int, Discussion] = {}
        self._added: list[Answer] = []
        self._changed: dict[str, Answer] = {}
        self._accepted: dict[tuple[str, str], Acceptance] = {}

    def begin(self, number: int) -> None:
        """A question that is new has no discussion to load."""
        self._known[number] = Discussion()

    def several(self, numbers: Collection[int]) -> dict[int, Discussion]:
        """Those of `numbers`; loads what is missing at once."""
        missing = [n for n in dict.fromkeys(numbers) if n not in self._known]
        if missing:
            self.flush()
            self._load(missing)
        return {n: self._known[n] for n in numbers}

    def add_answer(self, answer: Answer) -> None:
        self._added.append(answer)
        self._see(answer.number, lambda d: replace(d, answers=(*d.answers, answer)))

    def save_answer(self, answer: Answer) -> None:
        self._changed[answer.event_id] = answer
        self._see(
            answer.number,
            lambda d: replace(d, answers=tuple(answer if a.event_id == answer.event_id else a for a in d.answers)),
        )

    def add_acceptance(self, acceptance: Acceptance) -> None:
        self._accepted[acceptance.answer, acceptance.by] = acceptance
        self._see(acceptance.number, lambda d: replace(d, acceptances=_with(d.acceptances, acceptance)))

    def drop_acceptances(self, dropped: Iterable[Acceptance]) -> None:
        for acceptance in dropped:
            key = (acceptance.answer, acceptance.by)
            self._accepted.pop(key, None)
            _drop_acceptance(self._session, *key)
            self._see(
                acceptance.number,
                lambda d, key=key: replace(d, acceptances=tuple(a for a in d.acceptances if (a.answer, a.by) != key)),
            )

    def forget(self) -> None:
        """What was loaded has changed; it is loaded anew."""
        self.flush()
        self._known.clear()

    def flush(self) -> None:
        self._write_questions()
        if self._added:
            added, self._added = self._added, []
            _add_answers(self._session, [_answer_row(a) for a in added])
        if self._changed:
            changed, self._changed = self._changed, {}
            _save_answers(self._session, [(a.event_id, clean(a.text), a.withdrawn, a.author) for a in changed.values()])
        if self._accepted:
            accepted, self._accepted = self._accepted, {}
            _add_acceptances(self._session, [_acceptance_row(a) for a in accepted.values()])

    def _load(self, numbers: Collection[int]) -> None:
        given: dict[int, list[Answer]] = {n: [] for n in numbers}
        accepted: dict[int, list[Acceptance]] = {n: [] for n in numbers}
        for row in _answers_of(self._session, numbers):
            answer = _answer(row)
            given[answer.number].append(answer)
        for row in _acceptances_of(self._session, numbers):
            acceptance = _acceptance(row)
            accepted[acceptance.number].append(acceptance)
        for n in numbers:
            self._known[n] = Discussion(tuple(given[n]), tuple(accepted[n]))

    def _see(self, number: int, change: Any) -> None:
        discussion = self._known.get(number)
        if discussion is not None:
            self._known[number] = change(discussion)


def _with(acceptances: tuple[Acceptance, ...], new: Acceptance) -> tuple[Acceptance, ...]:
    """An earlier word of the same person on the same answer gives way, in its place."""
    key = (new.answer, new.by)
    if any((a.answer, a.by) == key for a in acceptances):
        return tuple(new if (a.answer, a.by) == key else a for a in acceptances)
    return (*acceptances, new)


def _answer_row(a: Answer) -> tuple[Any, ...]:
    return (a.event_id, a.number, a.author, clean(a.text), a.created_at, a.room_id, a.withdrawn)


def _acceptance_row(a: Acceptance) -> tuple[Any, ...]:
    return (a.answer, a.number, a.by, a.voice.value, a.at, a.reaction)


def _answer(row: Any) -> Answer:
    event_id, number, author, text, created_at, room_id, withdrawn = row
    return Answer(event_id, number, author, text, created_at, room_id, bool(withdrawn))


def _acceptance(row: Any) -> Acceptance:
    answer, number, by, voice, at, reaction = row
    return Acceptance(answer, number, by, Voice(voice), at, reaction)
