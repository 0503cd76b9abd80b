"""What a search finds by its meaning, besides what it finds by its words."""

from collections.abc import Collection, Sequence

from bridge.domain.filters import Filter, matches
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.fulltext import MOST_HITS, Hit
from bridge.workflow.similar import fused, nearest

FLOOR = 0.4
"""Below, there is nothing in common (see `domain.clearness`)."""
MOST = 30
"""So many found by their meaning stand among the others: they are not so sure that one wants more."""
WORDS_OF_A_QUESTION = 3
"""Fewer words are no sentence: what they mean is less sure than where they stand."""


def with_meaning(
    hits: Sequence[Hit], words: str, rooms: Collection[str], wanted: Filter, around: Circumstances
) -> list[Hit]:
    """Both in one order. A sentence is ranked by both; of a word or two, those that have them come first."""
    alike = _alike(words, rooms, wanted, around)
    by_words = [hit.number for hit in hits]
    sentence = len(words.split()) >= WORDS_OF_A_QUESTION
    numbers = fused(by_words, alike) if sentence else list(dict.fromkeys([*by_words, *alike]))
    known = {hit.number: hit for hit in hits}
    return [known.get(number) or Hit(number, 0.0) for number in numbers[:MOST_HITS]]


def _alike(words: str, rooms: Collection[str], wanted: Filter, around: Circumstances) -> list[int]:
    """The nearest in meaning that the filter lets through, best first; none while nothing is loaded."""
    if around.semantic is None:
        return []
    (vector,) = around.semantic.vectors([words])
    found = [n.number for n in nearest(vector, rooms, around.tx, around.semantic) if n.closeness >= FLOOR]
    people, now = around.policy.people, around.now
    questions = around.tx.questions.several(found[: 2 * MOST])
    shown = (q for n in found[: 2 * MOST] if (q := questions.get(n)) and q.room_id in rooms)
    return [q.number for q in shown if matches(wanted, q, people, now)][:MOST]
