"""Whether what is suggested is the same question: on pairs, and asked in a desk where everything is answered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import chain

import numpy as np

from bench.languages.dataset import LANGUAGES, Wording, distractors, other, questions, same, siblings
from bench.languages.encoding import Kept, Matrix
from bench.languages.rewording import lightly
from bridge.domain.clearness import clearness

SHOWN = 3
WANTED = 0.9
_NEAREST = 12


class Kind(Enum):
    """What is asked."""

    REWORDED = "asked before, in other words"
    LIGHTLY = "asked before, in nearly the same words"
    NEW = "never asked"
    NEAR_MISS = "never asked, but for one word"


@dataclass(frozen=True, slots=True)
class Ask:
    """`right`: the question that it is; `leave_out`: what the desk must not know, so that this is new."""

    kind: Kind
    language: str
    text: str
    topic_of: str
    right: str = ""
    leave_out: str = ""


def asks() -> Iterator[Ask]:
    for one in same():
        yield _again(Kind.REWORDED, one)
    for one in lightly():
        yield _again(Kind.LIGHTLY, one)
    for one in other():
        yield Ask(Kind.NEAR_MISS, one.language, one.text, one.of)
    for i, question in enumerate(questions().values()):
        language = LANGUAGES[i % len(LANGUAGES)]
        yield Ask(Kind.NEW, language, question.texts[language], question.id, leave_out=question.id)


def _again(kind: Kind, one: Wording) -> Ask:
    return Ask(kind, one.language, one.text, one.of, right=one.of)


@dataclass(frozen=True)
class Desk:
    """Answered questions: their ids ("" for a distractor) and texts."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]
    kept: Kept

    @cached_property
    def matrix(self) -> Matrix:
        return self.kept.matrix(self.texts)


def desk(kept: Kept, languages: Sequence[str]) -> Desk:
    """Every question once, in languages that take turns, and the distractors."""
    every = enumerate(questions().values())
    texts = {one.id: one.texts[languages[i % len(languages)]] for i, one in every}
    pool = distractors()
    return Desk((*texts, *("" for _ in pool)), (*texts.values(), *pool), kept)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the three nearest to something asked."""

    ask: Ask
    closeness: float
    clearness: float
    is_right: bool

    @property
    def half(self) -> int:
        return questions()[self.ask.topic_of].half


Score = Callable[[Candidate], float]


def candidates(asked: Iterable[Ask], desk: Desk) -> list[Candidate]:
    asked = list(asked)
    near = desk.kept.matrix(ask.text for ask in asked) @ desk.matrix.T
    ids = np.array(desk.ids)
    found: list[Candidate] = []
    for ask, row in zip(asked, near, strict=True):
        known = np.where(ids == ask.leave_out, -1, row) if ask.leave_out else row
        found += _nearest(ask, known, desk)
    return found


def _nearest(ask: Ask, near: Matrix, desk: Desk) -> Iterator[Candidate]:
    order = np.argsort(-near, kind="stable")[:_NEAREST]
    between = desk.matrix[order] @ desk.matrix[order].T
    closeness = [float(near[n]) for n in order]
    clear = clearness(closeness, lambda i, j: float(between[i, j]))
    for place in range(SHOWN):
        right = bool(ask.right) and desk.ids[order[place]] == ask.right
        yield Candidate(ask, closeness[place], clear[place], right)


def in_one_language(kept: Kept) -> list[Candidate]:
    """Everybody asks in the language in which the desk keeps its answers."""
    every = list(asks())
    return [
        one
        for language in LANGUAGES
        for one in candidates((ask for ask in every if ask.language == language), desk(kept, [language]))
    ]


def in_five_languages(kept: Kept) -> list[Candidate]:
    """Every question is kept in one of five languages; five desks, so that each question is once in each."""
    every = list(asks())
    turned = [LANGUAGES[i:] + LANGUAGES[:i] for i in range(len(LANGUAGES))]
    return [one for languages in turned for one in candidates(every, desk(kept, languages))]


def five_times(kept: Kept) -> list[Candidate]:
    """Every question was asked and answered five times, once in each language."""
    parts = [desk(kept, [language]) for language in LANGUAGES]
    count = len(questions())
    ids = [part.ids[:count] for part in parts] + [parts[0].ids[count:]]
    texts = [part.texts[:count] for part in parts] + [parts[0].texts[count:]]
    return candidates(asks(), Desk(tuple(chain(*ids)), tuple(chain(*texts)), kept))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is shown from a threshold on, and to how many of those whose question was asked before the right one is."""

    threshold: float
    shown: int
    right: int
    helped: int
    asked_before: int

    @property
    def precision(self) -> float:
        return self.right / self.shown if self.shown else 1.0

    @property
    def recall(self) -> float:
        return self.helped / self.asked_before if self.asked_before else 0.0


def outcome(found: Sequence[Candidate], score: Score, threshold: float) -> Outcome:
    """`found` has `SHOWN` for each that asks, one after the other."""
    shown = [one for one in found if score(one) >= threshold]
    askers = [found[i : i + SHOWN] for i in range(0, len(found), SHOWN)]
    helped = [any(one.is_right and score(one) >= threshold for one in asker) for asker in askers]
    before = sum(bool(asker[0].ask.right) for asker in askers)
    return Outcome(threshold, len(shown), sum(one.is_right for one in shown), sum(helped), before)


def lowest(found: Sequence[Candidate], score: Score, wanted: float = WANTED) -> float:
    """The lowest threshold from which on precision is as wanted; 2, which nothing reaches, for none."""
    right, best = 0, 2.0
    ordered = sorted(found, key=score, reverse=True)
    for count, one in enumerate(ordered, 1):
        right += one.is_right
        if right / count >= wanted:
            best = score(one)
    return best


def pairs(kept: Kept) -> list[tuple[float, bool]]:
    """Closeness of what is the same question, and of what only sounds like it, in one language."""
    by_id = questions()
    right = [(one.text, by_id[one.of].texts[one.language]) for one in same()]
    wrong = [(one.text, by_id[one.of].texts[one.language]) for one in other()]
    wrong += [pair for language in LANGUAGES for pair in siblings(language)]
    return [*_scored(kept, right, True), *_scored(kept, wrong, False)]


def _scored(kept: Kept, found: Sequence[tuple[str, str]], is_right: bool) -> list[tuple[float, bool]]:
    one, two = (kept.matrix(pair[side] for pair in found) for side in (0, 1))
    return [(float(score), is_right) for score in np.sum(one * two, axis=1)]
