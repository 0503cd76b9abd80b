"""Who is likely to know: by accepted answers under the tags of a question, and by what people say of themselves."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice

from bridge.domain.access import InRoom, may_show
from bridge.domain.expertise import PRIOR, credits, title_words, today
from bridge.domain.facts import Fact
from bridge.domain.questions import Question
from bridge.workflow.assigning import may_be_asked
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done, place_of

BEST = 50
"""How many of the best under a tag come into question."""
LEADING = 300
"""How many of the leading under a tag anywhere are looked through for people of the room."""
WORD = 0.5
"""What a tag counts that is only a word of the title."""


def recount(_fact: Fact, question: Question, around: Circumstances) -> Done:
    """What its answers earn may have changed: accepted, taken back, tags."""
    if question.first_response_at is None:
        return Done()
    around.tx.experts.credit(question.number, credits(question, around.tx.questions.discussion(question.number)))
    return Done()


def credit_all(questions: Collection[Question], around: Circumstances) -> None:
    """What the answers to these earn: those of before experts were known have earned nothing yet."""
    tx = around.tx
    answered = {q.number: q for q in questions if q.first_response_at is not None and q.tags}
    discussions = tx.questions.discussions(answered) if answered else {}
    for number, question in answered.items():
        tx.experts.credit(number, credits(question, discussions[number]))


def likely(question: Question, around: Circumstances, among: Collection[str] | None, limit: int) -> list[str]:
    """Who can be asked, the likeliest first: available, in the room, allowed to see it, and not who asks.

    `among`: nobody else comes into question. Only answers count that were given to what may be shown in the
    question's room.
    """
    members = around.tx.rooms.members(question.room_id)
    joined = {who for who, membership in members.items() if membership == "join"}
    scores = _scores(question, joined if among is None else joined & set(among), around)
    found = (who for who, _ in sorted(scores.items(), key=lambda scored: (-scored[1], scored[0])))
    can = (who for who in found if may_be_asked(who, question, around))
    return list(islice(can, limit))


def _scores(question: Question, people: Collection[str], around: Circumstances) -> dict[str, float]:
    tx = around.tx
    shown = _Shown(question, around)
    scores: dict[str, float] = defaultdict(float)
    for tag, weight in _tags(question):
        for score in tx.experts.leading(tag, question.room_id, LEADING):
            if score.person in people and shown(score.room_id):
                scores[score.person] += weight * today(score.stored, around.now)
        for who in tx.persons.declaring(tag):
            if who in people:
                scores[who] += weight * PRIOR
    return scores


class _Shown:
    """Whether what was asked in a room may be shown in a question's room; each is looked at once."""

    def __init__(self, question: Question, around: Circumstances) -> None:
        self._around = around
        self._here = place_of(around.tx.rooms.get(question.room_id), around.tx, around.policy)
        self._known: dict[str, bool] = {}

    def __call__(self, room_id: str) -> bool:
        if room_id not in self._known:
            source = place_of(self._around.tx.rooms.get(room_id), self._around.tx, self._around.policy)
            self._known[room_id] = bool(source and self._here and may_show(source, InRoom(self._here)))
        return self._known[room_id]


def _tags(question: Question) -> Iterator[tuple[str, float]]:
    yield from ((tag, 1.0) for tag in question.tags)
    yield from ((word, WORD) for word in title_words(question) if word not in question.tags)
