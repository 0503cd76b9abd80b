"""Answered questions like the one that was asked: found behind its card, which is edited then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bridge.domain.clearness import clearness
from bridge.domain.questions import Question
from bridge.domain.queue_facts import SuggestionsFound
from bridge.domain.similarity import MOST_SUGGESTED
from bridge.workflow import guard
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done, Policy, quotable
from bridge.workflow.enacting import enact
from bridge.workflow.similar import Near, Semantic, nearest
from bridge.workflow.storage import Transaction
from bridge.workflow.telling import by_bot
from bridge.workflow.vectors import Vector, Wanted

IN_TIME = 30_000
"""Milliseconds after which suggestions are no help any more: whoever is behind by so much leaves them out."""
_LOOKED_AT = 48
"""Of the nearest: some are not answered."""
_COMPARED = 12
"""Of the answered ones, with each other: what is alike to all of them is not clearly one of them."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A question whose vector is to be made, as it was when that was begun."""

    wanted: Wanted
    question: Question

    @property
    def number(self) -> int:
        return self.question.number


Made = tuple[Fresh, bytes, bytes]
"""With its vector, and its code."""
Found = tuple[Fresh, Sequence[int]]
"""With the numbers of answered questions like it."""


def fresh(tx: Transaction, limit: int) -> tuple[list[Fresh], list[Wanted]]:
    """What is to be made, and what needs no vector any more."""
    wanted = tx.vectors.wanted(limit)
    questions = tx.questions.several([w.number for w in wanted])
    found = [Fresh(w, questions[w.number]) for w in wanted if _worded(questions.get(w.number))]
    return found, [w for w in wanted if not _worded(questions.get(w.number))]


def _worded(question: Question | None) -> bool:
    return question is not None and bool(question.text)


def awaits(fresh: Fresh, policy: Policy, now: int) -> bool:
    """Whether suggestions still help."""
    wished = policy.similarity is not None and policy.similarity.suggestions
    return wished and _is_waiting(fresh.question) and now - fresh.wanted.at < IN_TIME


def _is_waiting(question: Question) -> bool:
    return question.unanswered and question.first_response_at is None


def suggested(question: Question, vector: bytes, tx: Transaction, policy: Policy, semantic: Semantic) -> list[int]:
    """Answered questions that everyone in the room may see, the best first. A slow read."""
    if policy.similarity is None:
        return []
    viewer = guard.viewer_in(question.room_id, tx, policy)
    rooms = {r for r in guard.rooms_for(viewer, tx, policy) if quotable(tx, r, question.room_id)}
    near = [n for n in nearest(vector, rooms, tx, semantic) if n.number != question.number][:_LOOKED_AT]
    questions = tx.questions.several([n.number for n in near])
    answered = {q.number for q in questions.values() if guard.suggestible(tx, policy, q, question.room_id)}
    helpful = [n for n in near if n.number in answered][:_COMPARED]
    clear = zip(_clearness(helpful, semantic), helpful, strict=True)
    enough = sorted((-clear, n.number) for clear, n in clear if clear >= policy.similarity.threshold)
    return [number for _, number in enough][:MOST_SUGGESTED]


def _clearness(near: Sequence[Near], semantic: Semantic) -> list[float]:
    vectors = [n.vector for n in near]
    between = [semantic.closeness(vector, vectors) for vector in vectors]
    return clearness([n.closeness for n in near], lambda i, j: between[i][j])


def keep(made: Sequence[Made], settled: Sequence[Wanted], tx: Transaction) -> None:
    """Keep vectors and codes, but for questions that changed meanwhile; what is `settled` is not wanted any more."""
    now = tx.questions.several([fresh.number for fresh, _, _ in made])
    unchanged = [one for one in made if _is_as_it_was(one[0], now)]
    tx.vectors.made([Vector(f.number, f.question.room_id, vector, code) for f, vector, code in unchanged], settled)


def _is_as_it_was(fresh: Fresh, now: Mapping[int, Question]) -> bool:
    return fresh.number in now and now[fresh.number].text == fresh.question.text


def show(found: Sequence[Found], around: Circumstances) -> None:
    """Let cards show what was found for them, and settle that."""
    around.tx.vectors.made([], [fresh.wanted for fresh, _ in found])
    now = around.tx.questions.several([fresh.number for fresh, _ in found])
    for fresh, suggested in found:
        if _is_as_it_was(fresh, now):
            _show(now[fresh.number], tuple(suggested), fresh.wanted, around)


def _show(question: Question, suggested: tuple[int, ...], wanted: Wanted, around: Circumstances) -> None:
    if suggested == question.suggested or not _is_waiting(question):
        return
    around.tx.questions.save(replace(question, suggested=suggested))
    fact = by_bot(SuggestionsFound, question, around, count=len(suggested))
    enact(Done((fact,)), f"similar.{question.number}.{wanted.at}", around)
