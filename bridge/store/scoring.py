"""How well a question fits what is sought: as BM25 does it, over the fields of the question as one."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bridge.domain.questions import Discussion, Question, State
from bridge.domain.terms import terms
from bridge.store.indexing import findable
from bridge.store.rooms import RoomRows
from bridge.workflow.fulltext import Hit

_TITLE, _TAG, _BODY, _ACCEPTED, _ANSWER = 3.0, 2.5, 1.0, 1.5, 0.6
"""What a word counts, by where it is."""
_ANSWERED = 1.2
"""How much more a question with an accepted answer counts."""
_MISSING = 0.5
"""How much less one counts for each word that it has not."""
_K1, _B = 1.2, 0.5
_USUAL_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is sought: the terms that stand for it with how well they do (0 to 1), and how common they are
    among what may be shown (0 to 1).
    """

    variants: Mapping[str, float]
    share: float

    @property
    def weight(self) -> float:
        return math.log(1 + 1 / (self.share + 1e-6))


def scored(question: Question, discussion: Discussion, sought: Sequence[Sought], rooms: RoomRows) -> Hit | None:
    """None where none of it is in what may be known of the question."""
    counts, length = _counted(question, discussion, rooms)
    score, missing, by = 0.0, 0, set[str]()
    for each in sought:
        there = {term: quality for term, quality in each.variants.items() if term in counts}
        if not there:
            missing += 1
            continue
        by.update(there)
        frequency = max(quality * counts[term] for term, quality in there.items())
        score += each.weight * frequency * (_K1 + 1) / (frequency + _K1 * (1 - _B + _B * length / _USUAL_LENGTH))
    if not by:
        return None
    answered = _ANSWERED if question.state is State.ANSWERED else 1.0
    return Hit(question.number, score * answered * _MISSING**missing, frozenset(by))


def _counted(question: Question, discussion: Discussion, rooms: RoomRows) -> tuple[dict[str, float], int]:
    accepted = set(discussion.accepted)
    fields = [(question.first_line, _TITLE), (" ".join(question.tags), _TAG), (question.body, _BODY)]
    fields += [
        (answer.text, _ACCEPTED if answer.event_id in accepted else _ANSWER)
        for answer in discussion.answers
        if findable(answer, question, rooms)
    ]
    counts: defaultdict[str, float] = defaultdict(float)
    length = 0
    for text, weight in fields:
        found = terms(text)
        length += len(found)
        for term in found:
            counts[term] += weight
    return counts, length
