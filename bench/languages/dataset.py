"""The questions as they lie beside this module; README.md says how they were made."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

LANGUAGES = ("en", "fr", "nl", "de", "ru")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Question:
    """One question in all languages. Those of one topic are about the same thing and ask something else about it."""

    id: str
    topic: str
    texts: dict[str, str]

    @property
    def half(self) -> int:
        """0 or 1: the half of the topics that it belongs to, so that what one half teaches is tried on the other."""
        return zlib.crc32(self.topic.encode()) % 2


@dataclass(frozen=True, slots=True)
class Wording:
    """A question by somebody else: the same as `of`, or (in `other`) one that only sounds like it."""

    of: str
    language: str
    text: str


@cache
def questions() -> dict[str, Question]:
    """By id."""
    found = [question(path.stem, block) for path in sorted(_HERE.glob("questions/*.txt")) for block in blocks(path)]
    return {one.id: one for one in found}


def blocks(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").strip().split("\n\n")


def question(subject: str, block: str) -> Question:
    head, *lines = block.splitlines()
    number, topic = head.split()
    return Question(number, f"{subject} {topic}", dict(line.split(" ", 1) for line in lines))


def same() -> list[Wording]:
    """Asked once more in the same language and other words."""
    return _wordings("same")


def other() -> list[Wording]:
    """Near misses: much the same words, another question, and none of the set."""
    return _wordings("other")


def _wordings(name: str) -> list[Wording]:
    return [Wording(*line.split(" ", 2)) for line in _lines(f"pairs/{name}.txt")]


def distractors() -> list[str]:
    """More than 2,000 English questions about other things."""
    return [frame.format(thing) for thing in _lines("pool/things.txt") for frame in _lines("pool/frames.txt")]


def _lines(name: str) -> list[str]:
    return (_HERE / name).read_text(encoding="utf-8").splitlines()


def siblings(language: str) -> Iterable[tuple[str, str]]:
    """Pairs that are about the same thing, and are not the same question."""
    for one, two in combinations(questions().values(), 2):
        if one.topic == two.topic:
            yield one.texts[language], two.texts[language]
