"""Who knows about what, by the answers of theirs that were accepted; what is long ago counts less."""

import re
from dataclasses import dataclass

from bridge.domain.questions import DECIDING, Discussion, Question
from bridge.domain.spaces import DAY

HALF_LIFE = 180 * DAY
"""After this time an accepted answer counts half."""
PRIOR = 1.0
"""What a tag counts that somebody declared: as much as one answer accepted just now."""
ENOUGH = 0.25
"""Less than this, and nobody would call them an expert: one answer, accepted a year ago."""
PESTERED = 20
"""How many more come into question than are asked, since some were asked often enough already."""
_REFERENCE = 1_577_836_800_000
"""Scores are kept as they were at this moment (2020-01-01), so that new ones are added, and old ones need no touch."""
_TITLE_WORDS = 20


@dataclass(frozen=True, slots=True)
class Credit:
    """What an accepted answer earns its author: under `tag`, in a room, at the time (ms) of the first acceptance."""

    answer: str
    tag: str
    room_id: str
    person: str
    at: int

    @property
    def worth(self) -> float:
        return float(2 ** ((self.at - _REFERENCE) / HALF_LIFE))


def today(stored: float, now: int) -> float:
    """A sum of worths, as it counts at a time."""
    return max(stored, 0.0) * 2 ** ((_REFERENCE - now) / HALF_LIFE)


def credits(question: Question, discussion: Discussion) -> frozenset[Credit]:
    """All that the answers to a question earn, as things stand; nobody earns anything by answering themselves."""
    first: dict[str, int] = {}
    for acceptance in discussion.acceptances:
        if acceptance.voice in DECIDING:
            first[acceptance.answer] = min(acceptance.at, first.get(acceptance.answer, acceptance.at))
    accepted = ((discussion.answer(event_id), at) for event_id, at in first.items())
    return frozenset(
        Credit(answer.event_id, tag, question.room_id, answer.author, at)
        for answer, at in accepted
        if answer and answer.author != question.asker
        for tag in question.tags
    )


def title_words(question: Question) -> list[str]:
    """The words of a title that may be tags, as they would be written."""
    found = re.findall(r"\w[\w-]+", question.title.casefold())
    return list(dict.fromkeys(found))[:_TITLE_WORDS]
