"""Whether the English question is among the first that are found for one in another language."""

from collections.abc import Callable, Sequence

import numpy as np

from bench.languages.dataset import LANGUAGES, distractors, questions, same
from bench.languages.encoding import Kept, Matrix, exact
from bench.languages.rewording import BEFOREHAND, sentences
from bridge.semantic.codes import Codes, closeness, code_of
from bridge.semantic.layout import place_of

FIRST = 3
_CANDIDATES = 256
_ROOM = "!office:bench.example"

Row = list[str]
Asked = Sequence[tuple[str, str]]
"""What is asked, and the id of the question that is to be found."""


def ranks(asked: Matrix, right: Sequence[int], store: Matrix) -> list[int]:
    """How many are nearer than the right one."""
    near = asked @ store.T
    own = near[np.arange(len(right)), right][:, None]
    return [int(n) for n in (near > own).sum(axis=1)]


def ranks_by_codes(asked: Sequence[bytes], right: Sequence[int], store: Sequence[bytes]) -> list[int]:
    """As askbridge finds them: the nearest by one bit a dimension, then in the order of their vectors."""
    codes = Codes()
    codes.put(0, place_of(_ROOM) * len(store), b"".join(code_of(vector) for vector in store))
    found = []
    for vector, wanted in zip(asked, right, strict=True):
        near = codes.near(code_of(vector), [_ROOM], _CANDIDATES)
        order = np.argsort(-np.array(closeness(vector, [store[n] for n in near])), kind="stable")
        numbers = [near[i] for i in order]
        found.append(numbers.index(wanted) if wanted in numbers else len(store))
    return found


def share(found: Sequence[int], first: int = FIRST) -> float:
    return sum(rank < first for rank in found) / len(found)


def percent(value: float) -> str:
    return f"{100 * value:.1f} %"


def english() -> list[str]:
    return [one.texts["en"] for one in questions().values()] + distractors()


def translated(language: str) -> Asked:
    return [(one.texts[language], one.id) for one in questions().values()]


def reworded(language: str) -> Asked:
    return [(one.text, one.of) for one in same() if one.language == language]


def places(asked: Asked) -> list[int]:
    ids = list(questions())
    return [ids.index(one) for _, one in asked]


def table(kept: Kept) -> list[Row]:
    """By language: translations by exact vectors, bytes and codes, then other wordings by codes."""
    rows = []
    store, in_bytes, as_made = kept.bytes_of(english()), kept.matrix(english()), exact(english())
    for language in LANGUAGES[1:]:
        asked, others = translated(language), reworded(language)
        texts, right = [text for text, _ in asked], places(asked)
        by_codes = ranks_by_codes(kept.bytes_of(texts), right, store)
        hard = ranks_by_codes(kept.bytes_of(text for text, _ in others), places(others), store)
        rows.append(
            [
                f"{language} ({len(asked)}, {len(others)})",
                percent(share(ranks(exact(texts), right, as_made))),
                percent(share(ranks(kept.matrix(texts), right, in_bytes))),
                percent(share(by_codes)),
                percent(share(by_codes, 1)),
                percent(share(hard)),
                percent(share(hard, 1)),
            ]
        )
    return rows


HEAD = ["first 3 of 2,440", "exact", "bytes", "bits, then bytes", "the very first", "other words", "the very first"]


def beforehand(kept: Kept) -> list[Row]:
    """What may be done to a question before it is compared: to the asked and the stored alike."""
    rows = []
    for name, way in BEFOREHAND.items():
        rows.append([name, *_shares(kept, way)])
    rows.append(["its sentence that fits best", *_shares_by_sentence(kept)])
    return rows


BEFOREHAND_HEAD = ["what is compared", "translations in the first 3", "other words in the first 3"]


def _all_asked() -> list[Asked]:
    foreign = LANGUAGES[1:]
    return [[pair for lang in foreign for pair in kind(lang)] for kind in (translated, reworded)]


def _shares(kept: Kept, way: Callable[[str], str]) -> Row:
    store = kept.matrix(way(text) for text in english())
    return [
        percent(share(ranks(kept.matrix(way(text) for text, _ in asked), places(asked), store)))
        for asked in _all_asked()
    ]


def _shares_by_sentence(kept: Kept) -> Row:
    store = kept.matrix(english())
    shares = []
    for asked in _all_asked():
        near = np.array([_nearest_sentence(kept, text, store) for text, _ in asked])
        own = near[np.arange(len(asked)), places(asked)][:, None]
        shares.append(percent(share([int(n) for n in (near > own).sum(axis=1)])))
    return shares


def _nearest_sentence(kept: Kept, text: str, store: Matrix) -> Matrix:
    """The whole text counts as one of its sentences."""
    best: Matrix = (kept.matrix([text, *sentences(text)]) @ store.T).max(axis=0)
    return best
