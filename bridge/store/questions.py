"""Questions and what belongs to them, within one transaction."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.elements import ColumnElement

from bridge.domain.filters import Filter
from bridge.domain.people import People
from bridge.domain.questions import Acceptance, Answer, Discussion, Question
from bridge.domain.tracking import answer_without_words, without_words
from bridge.store.askers import AskerRows
from bridge.store.discussions import DiscussionRows
from bridge.store.finding import find
from bridge.store.indexing import IndexRows
from bridge.store.question_row import COLUMNS, from_row, to_row
from bridge.store.rooms import RoomRows
from bridge.store.session import Session
from bridge.store.statement import ByKeys, Prepared, bulk_insert, bulk_update
from bridge.store.tables import answers, follows, question_tags, questions, settings
from bridge.store.tracking import TrackingRows
from bridge.store.triage_tables import notes
from bridge.workflow.records import Page, Reaction, Role, Tracked

_insert = bulk_insert(questions, COLUMNS)
_save = bulk_insert(questions, COLUMNS, conflict=("number",), replace=COLUMNS[1:])
_add_tags = bulk_insert(question_tags, ("tag", "number"), conflict=("tag", "number"))
_drop_tags = ByKeys(lambda keys: delete(question_tags).where(question_tags.c.number.in_(keys)))
_several = ByKeys(
    lambda keys: select(*[questions.c[c] for c in COLUMNS], questions.c.card_digest).where(questions.c.number.in_(keys))
)
_show = bulk_update(
    questions,
    ("number", "card_event_id", "card_digest"),
    lambda given: {
        "card_event_id": func.coalesce(given.c.card_event_id, questions.c.card_event_id),
        "card_digest": given.c.card_digest,
    },
)
_LAST_NUMBER = "last_number"
_SLICE = 500
_last_number = Prepared(select(settings.c.value).where(settings.c.name == bindparam("key")).with_for_update(), "key")
_keep_number = bulk_insert(settings, ("name", "value"), conflict=("name",), replace=("value",))

_follow = bulk_insert(follows, ("number", "user_id"), conflict=("number", "user_id"))
_unfollow = Prepared(
    delete(follows).where(follows.c.number == bindparam("question"), follows.c.user_id == bindparam("who")),
    "question",
    "who",
)
_followers = Prepared(
    select(follows.c.user_id).where(follows.c.number == bindparam("question")).order_by(follows.c.user_id), "question"
)
_followed = Prepared(
    select(follows.c.number)
    .where(follows.c.user_id == bindparam("who"))
    .order_by(follows.c.number.desc())
    .limit(bindparam("most")),
    "who",
    "most",
)


class QuestionRows:
    """An identity map over the questions that the transaction met; changes are written at `flush`.

    Here, before all else, what is not to be kept is left out: nobody who asks or answers can forget it.
    """

    def __init__(self, session: Session, rooms: RoomRows, askers: AskerRows, index: IndexRows) -> None:
        self._session = session
        self._rooms = rooms
        self._askers = askers
        self._index = index
        self._discussions = DiscussionRows(session, self._flush_questions)
        self._tracking = TrackingRows(session, self._flush_questions)
        self._known: dict[int, Question | None] = {}
        self._digests: dict[int, str | None] = {}
        self._added: dict[int, Question] = {}
        self._changed: dict[int, Question] = {}
        self._shown: dict[int, tuple[str | None, str]] = {}
        self._retagged: dict[int, tuple[str, ...]] = {}
        self._tags: list[tuple[str, int]] = []
        self._last_number: int | None = None
        self._number_used = False

    def next_number(self) -> int:
        if self._last_number is None:
            self._last_number = int(_last_number.value(self._session, _LAST_NUMBER) or 0)
        self._last_number += 1
        self._number_used = True
        return self._last_number

    def add(self, question: Question) -> None:
        number = question.number
        self._known[number] = self._added[number] = self._kept(question)
        self._digests[number] = None
        self._index.asked(self._added[number])
        self._discussions.begin(number)

    def save(self, question: Question) -> None:
        number, question = question.number, self._kept(question)
        before = self.get(number)
        self._known[number] = question
        self._index.changed(before, question)
        if number in self._added:
            self._added[number] = question
            return
        self._changed[number] = question
        if before is None or before.tags != question.tags:
            self._retagged[number] = question.tags

    def _kept(self, question: Question) -> Question:
        return without_words(question) if self._rooms.keeps_no_text(question.room_id) else question

    def _kept_of(self, answer: Answer) -> Answer:
        """Neither what was said in such a room, nor what was said about a question of one."""
        if not self._rooms.textless:
            return answer
        question = self.get(answer.number)
        rooms = {answer.room_id} | ({question.room_id} if question else set())
        return answer_without_words(answer) if any(map(self._rooms.keeps_no_text, rooms)) else answer

    def erase_room(self, room_id: str) -> None:
        """Take away everything that people wrote in a room, in questions of it and answers to them."""
        self.flush()
        self.erase(questions.c.room_id == room_id, room_id)

    def erase(self, which: ColumnElement[bool], *answered_in: str) -> int:
        """Take the words of questions, of answers to them, and of answers given in these rooms; how many rows had some.

        They leave the full text with that.
        """
        self.flush()
        touched = list(self._session.conn.execute(_touched(which, answered_in)).scalars())
        for part in _slices(touched):
            self._index.drop(self.documents(part))
            self._forget(part)
        erased = _erase(self._session, which, *answered_in)
        for part in _slices(touched if answered_in else []):
            self._index.add(self.documents(part))
            self._forget(part)
        return erased

    def _forget(self, numbers: Collection[int]) -> None:
        """What was loaded has changed, or is too much to be held."""
        self._discussions.forget()
        for number in numbers:
            self._known.pop(number, None)

    def get(self, number: int) -> Question | None:
        if number not in self._known:
            self._load([number])
        return self._known[number]

    def several(self, numbers: Collection[int]) -> dict[int, Question]:
        missing = [n for n in dict.fromkeys(numbers) if n not in self._known]
        if missing:
            self._load(missing)
        return {n: question for n in numbers if (question := self._known[n]) is not None}

    def shown(self, number: int) -> str | None:
        if number not in self._digests:
            self.get(number)
        return self._digests.get(number)

    def card_shown(self, number: int, card_event_id: str | None, digest: str) -> None:
        before = self._shown.get(number, (None, ""))[0]
        self._shown[number] = (card_event_id or before, digest)
        self._digests[number] = digest
        if card_event_id is not None:
            self._set_card(number, card_event_id)

    def _set_card(self, number: int, card_event_id: str) -> None:
        """Most often nobody asks for the question again, and to load it anew is cheaper than to change it."""
        for unwritten in (self._added, self._changed):
            if number in unwritten:
                self._known[number] = unwritten[number] = replace(unwritten[number], card_event_id=card_event_id)
                return
        self._known.pop(number, None)

    def discussion(self, number: int) -> Discussion:
        """Loads those of all questions met so far with it, as the next event will ask for the next one's."""
        met = [n for n, question in self._known.items() if question is not None]
        return self._discussions.several([*met, number])[number]

    def discussions(self, numbers: Collection[int]) -> dict[int, Discussion]:
        return self._discussions.several(numbers)

    def add_answer(self, answer: Answer) -> None:
        kept = self._kept_of(answer)
        self._index.answered(kept, self.get(answer.number))
        self._discussions.add_answer(kept)

    def save_answer(self, answer: Answer) -> None:
        kept = self._kept_of(answer)
        given = self.discussion(answer.number).answers
        self._index.answer_changed(next((a for a in given if a.event_id == answer.event_id), None), kept)
        self._discussions.save_answer(kept)

    def add_acceptance(self, acceptance: Acceptance) -> None:
        self._discussions.add_acceptance(acceptance)

    def drop_acceptances(self, acceptances: Iterable[Acceptance]) -> None:
        self._discussions.drop_acceptances(acceptances)

    def track(self, event_id: str, number: int, role: Role) -> None:
        self._tracking.track(event_id, number, role)

    def tracked(self, event_id: str) -> Tracked | None:
        return self._tracking.tracked(event_id)

    def add_reaction(self, reaction: Reaction) -> None:
        self._tracking.add_reaction(reaction)

    def reaction(self, event_id: str) -> Reaction | None:
        return self._tracking.reaction(event_id)

    def drop_reaction(self, event_id: str) -> None:
        self._tracking.drop_reaction(event_id)

    def votes(self, number: int) -> dict[str, int]:
        return self._tracking.votes(number)

    def prefetch(self, events: Collection[str], numbers: Collection[int]) -> None:
        behind = self._tracking.prefetch(events) if events else set()
        behind.update(numbers)
        if behind:
            self.several(behind)

    def find(self, wanted: Filter, rooms: Collection[str], people: People, now: int) -> Page:
        self.flush()
        return find(self._session, self._askers, wanted, rooms, people, now)

    def follow(self, user_id: str, number: int) -> bool:
        self.flush()
        return _follow(self._session, [(number, user_id)]) > 0

    def unfollow(self, user_id: str, number: int) -> bool:
        return bool(_unfollow(self._session, number, user_id).rowcount)

    def followers(self, number: int) -> list[str]:
        return [user_id for (user_id,) in _followers(self._session, number)]

    def forget_duplicates_of(self, number: int) -> None:
        """They changed in the database: they are read anew when they are asked for."""
        for other in [n for n, question in self._known.items() if question and question.duplicate_of == number]:
            del self._known[other]

    def followed_by(self, user_id: str, limit: int) -> list[int]:
        return [number for (number,) in _followed(self._session, user_id, limit)]

    def flush(self) -> None:
        """Questions first: all else refers to them."""
        self._flush_questions()
        self._flush_tags()
        self._flush_shown()
        self._discussions.flush()
        self._tracking.flush()
        self._index.flush(self.documents)

    def documents(self, numbers: Collection[int]) -> list[tuple[Question, tuple[Answer, ...]]]:
        """Questions with their answers, as the full text takes them."""
        asked = self.several(numbers)
        given = self._discussions.several(asked) if asked else {}
        return [(question, given[number].answers) for number, question in asked.items()]

    def _flush_questions(self) -> None:
        if self._number_used:
            self._number_used = False
            _keep_number(self._session, [(_LAST_NUMBER, str(self._last_number))])
        if self._added:
            added, self._added = self._added, {}
            self._tags += [(tag, n) for n, question in added.items() for tag in dict.fromkeys(question.tags)]
            _insert(self._session, [to_row(question) for question in added.values()])
        if self._changed:
            changed, self._changed = self._changed, {}
            _save(self._session, [to_row(question) for question in changed.values()])

    def _flush_shown(self) -> None:
        if self._shown:
            shown, self._shown = self._shown, {}
            _show(self._session, [(number, *what) for number, what in shown.items()])

    def _flush_tags(self) -> None:
        if self._retagged:
            retagged, self._retagged = self._retagged, {}
            _drop_tags(self._session, retagged)
            self._tags += [(tag, n) for n, tags in retagged.items() for tag in dict.fromkeys(tags)]
        if self._tags:
            tags, self._tags = self._tags, []
            _add_tags(self._session, tags)

    def _load(self, numbers: list[int]) -> None:
        self._flush_shown()
        self._known.update(dict.fromkeys(numbers))
        for row in _several(self._session, numbers):
            question = from_row(row)
            self._known[question.number] = question
            self._digests[question.number] = row[-1]


def _touched(which: ColumnElement[bool], answered_in: Collection[str]) -> Executable:
    """The numbers of questions that are found by what is to go."""
    asked = select(questions.c.number).where(which)
    told = select(answers.c.number).where(answers.c.room_id.in_(answered_in), answers.c.text != "")
    return asked.union(told) if answered_in else asked


def _slices(numbers: list[int]) -> Iterator[list[int]]:
    return (numbers[start : start + _SLICE] for start in range(0, len(numbers), _SLICE))


def _erase(session: Session, which: ColumnElement[bool], *answered_in: str) -> int:
    alive = questions.c.withdrawn.is_(False)
    worded = or_(
        *(questions.c.text != "", questions.c.tags != "[]", questions.c.attachments != "[]", questions.c.reason != "")
    )
    nothing = {"text": "", "tags": "[]", "attachments": "[]", "reason": ""}
    numbers = select(questions.c.number).where(which)
    told = or_(answers.c.number.in_(numbers), answers.c.room_id.in_(answered_in))
    noted = or_(notes.c.number.in_(numbers), notes.c.room_id.in_(answered_in))
    statements = (
        delete(question_tags).where(question_tags.c.number.in_(numbers)),
        update(answers).where(answers.c.text != "", told).values(text=""),
        update(notes).where(notes.c.text != "", noted).values(text=""),
        update(questions).where(which, alive, worded).values(nothing),
    )
    _, *erased = [session.conn.execute(statement).rowcount for statement in statements]
    return sum(erased)
