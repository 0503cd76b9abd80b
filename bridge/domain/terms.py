"""What words are found by: folded, cut down to their stems; pairs of signs where a script has no blanks.

Simple on purpose, and the same for every language: what is written and what is looked for go through the same mill.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 40
_UNSPACED = "\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
_RUN = re.compile(f"[{_UNSPACED}\U00020000-\U0003ffff]+|(?:[^\\W_{_UNSPACED}\U00020000-\U0003ffff][\u0300-\u036f]*)+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}\U00020000-\U0003ffff]")
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_ENDINGS = ("ements", "ement", "ings", "ing", "ers", "ern", "er", "ens", "en", "es", "em", "ed", "e", "s", "n", "x")
_CASES = (
    *("иями", "ями", "ами", "ого", "его", "ому", "ему", "ыми", "ими", "иеи", "иям", "иях", "ов", "ев", "ах", "ях"),
    *("ам", "ям", "ом", "ем", "ои", "еи", "ии", "ия", "ие", "ию", "ыи", "ая", "яя", "ое", "ее", "ые", "ую", "юю"),
    *("ых", "их", "ым", "им", "а", "я", "ы", "и", "у", "ю", "е", "о", "ь"),
)
"""As they are folded: without the breve."""
_SHORTEST_STEM = 4
_NOTHING = frozenset(
    re.findall(
        r"\w+",
        """the a an and or of to in is are was be for on at by with this that from my your our i you we they do does did
        how what who where when why can not le la les un une des du de et ou est sont en au aux pour sur dans avec ce
        cette ces mon ma mes je vous nous il elle qui que quoi comment ne pas het een van der die das den dem ein eine
        und oder ist sind im am zu fur mit auf ich wir sie er es wie was wer wo nicht kein ik je wij ze hij dat dit op
        met voor bij te niet hoe wat wie waar и в во на с со по для из к у о от за не что как кто где это мои моя мы вы
        я он она они или а но""",
    )
)
"""In none of our languages does anybody look for these."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A term, and where in a text it stands."""

    term: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """The terms of a text in their order, each as often as it comes; words that say nothing are left out."""
    return [term for run in _RUN.findall(text) for term in _terms_of(run)]


def spots(text: str) -> Iterator[Spot]:
    """The terms of a text with their places."""
    for match in _RUN.finditer(text):
        found = _terms_of(match[0])
        if not is_unspaced(match[0]):
            yield from (Spot(term, match.start(), match.end()) for term in found)
            continue
        for index, term in enumerate(found):
            yield Spot(term, match.start() + index, match.start() + index + len(term))


def is_unspaced(text: str) -> bool:
    """Whether it is of a script that puts no blanks between words."""
    return _IS_UNSPACED.match(text) is not None


@lru_cache(maxsize=20_000)
def _terms_of(run: str) -> tuple[str, ...]:
    if is_unspaced(run):
        return tuple(run[i : i + 2] for i in range(len(run) - 1)) or (run,)
    folded = fold(run)
    return (stem(folded[:LONGEST]),) if folded and folded not in _NOTHING else ()


def fold(word: str) -> str:
    """In lower case, without accents, with plain letters for the fancy ones."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c)).casefold()
    return plain if plain.isascii() else plain.translate(_LETTERS)


def stem(word: str) -> str:
    """Without its ending, where what is left is long enough to stand for the word."""
    if not word.isalpha():
        return word
    endings = _ENDINGS if word.isascii() else _CASES
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def distance(one: str, other: str, most: int) -> int:
    """How many letters to add, drop, change or swap with their neighbour (Damerau-Levenshtein, restricted); `most + 1`
    where it takes more than `most`.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(row[-1] + 1, last[j] + 1, last[j - 1] + (a != b))
            if before and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)
