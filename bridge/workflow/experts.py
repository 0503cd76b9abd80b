"""Who is likely to know: by accepted answers under the tags of a question, and by what people say of themselves."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from bridge.domain.access import InRoom
from bridge.domain.expertise import PRIOR, credits, title_words, today
from bridge.domain.facts import Fact
from bridge.domain.questions import Question
from bridge.workflow import guard
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done, place_of, private_view

BEST = 50
"""How many of the best under a tag come into question."""
WORD = 0.5
"""What a tag counts that is only a word of the title."""


def recount(_fact: Fact, question: Question, around: Circumstances) -> Done:
    """What its answers earn may have changed: accepted, taken back, tags."""
    if question.first_response_at is None:
        return Done()
    around.tx.experts.credit(question.number, credits(question, around.tx.questions.discussion(question.number)))
    return Done()


def likely(question: Question, around: Circumstances, among: Collection[str] | None, limit: int) -> list[str]:
    """Who can be asked, the likeliest first: available, in the room, allowed to see it, and not who asks.

    `among`: nobody else comes into question. Only answers count that were given to what may be shown in the
    question's room.
    """
    scores = _scores(question, around)
    found = (who for who, _ in sorted(scores.items(), key=lambda scored: (-scored[1], scored[0])))
    wanted = (who for who in found if among is None or who in among)
    can = (who for who in wanted if _can_be_asked(who, question, around))
    return [who for who, _ in zip(can, range(limit), strict=False)]


def _scores(question: Question, around: Circumstances) -> dict[str, float]:
    tx = around.tx
    place = place_of(tx.rooms.get(question.room_id), tx, around.policy)
    rooms = guard.rooms_for(InRoom(place), tx, around.policy) if place else set[str]()
    scores: dict[str, float] = defaultdict(float)
    for tag, weight in _tags(question):
        for score in tx.experts.best(tag, rooms, BEST):
            scores[score.person] += weight * today(score.stored, around.now)
        for who in tx.persons.declaring(tag):
            scores[who] += weight * PRIOR
    return scores


def _tags(question: Question) -> Iterator[tuple[str, float]]:
    yield from ((tag, 1.0) for tag in question.tags)
    yield from ((word, WORD) for word in title_words(question) if word not in question.tags)


def _can_be_asked(person: str, question: Question, around: Circumstances) -> bool:
    tx, policy = around.tx, around.policy
    if person in {question.asker, policy.setting.me} or tx.persons.get(person).profile.away(around.now):
        return False
    view = private_view(person, tx, policy)
    return view is not None and question.room_id in view.joined and guard.visible(tx, policy, question, view)
