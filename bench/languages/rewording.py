"""What people do to a question without asking another one; and what might be done to it before it is compared."""

import re
from collections.abc import Callable
from random import Random

from bench.languages.dataset import LANGUAGES, Wording, questions

_AROUND = {
    "en": ("Hi all, ", " Thanks!"),
    "fr": ("Bonjour à tous, ", " Merci d'avance !"),
    "nl": ("Hoi allemaal, ", " Alvast bedankt!"),
    "de": ("Hallo zusammen, ", " Danke schon mal!"),
    "ru": ("Всем привет! ", " Заранее спасибо!"),
}
_LONG = 5


def carelessly(text: str) -> str:
    """Small letters, no marks."""
    return re.sub(r"[^\w\s]", "", text.lower())


def politely(text: str, language: str) -> str:
    before, after = _AROUND[language]
    return f"{before}{text[0].lower()}{text[1:]}{after}"


def hastily(text: str, random: Random) -> str:
    """Two letters change places in one of eight words."""
    words = text.split()
    long = [i for i, word in enumerate(words) if len(word) >= _LONG]
    for i in random.sample(long, min(len(long), 1 + len(words) // 8)):
        at = random.randrange(1, len(words[i]) - 2)
        word = words[i]
        words[i] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)


def lightly() -> list[Wording]:
    """Every question once more, in a language and a manner that take turns."""
    random = Random(1)
    made = []
    for i, one in enumerate(questions().values()):
        language = LANGUAGES[i % len(LANGUAGES)]
        text = one.texts[language]
        ways = (carelessly(text), politely(text, language), hastily(text, random))
        made.append(Wording(one.id, language, ways[i % len(ways)]))
    return made


def sentences(text: str) -> list[str]:
    """At least one; an exclamation like "Hi!" goes with the next."""
    parts = re.split(r"(?<=[.?!])\s+(?=\w)", text)
    return [part for part in parts if len(part.split()) > 2] or [text]


def without_numbers(text: str) -> str:
    """As the encoder's own option `denoise` does it."""
    return re.sub(r"(?<!\w)[-+]?\d[\d.,]*(?:\s*%)?(?!\w)", " <NÚMERO> ", text)


def first_sentence(text: str) -> str:
    return sentences(text)[0]


BEFOREHAND: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "in small letters": str.lower,
    "numbers all alike": without_numbers,
    "its first sentence": first_sentence,
    "its last sentence": lambda text: sentences(text)[-1],
}
