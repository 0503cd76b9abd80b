"""In which language something is written, found offline (CLD2; 20 to 150 µs a question, 2 MB)."""

import re
from functools import cache
from typing import Any

MOST = 500
"""So many characters say enough."""
_NO_WORDS = re.compile(r"```.*?```|`[^`]*`|https?://\S+|[@#!]\S+", re.DOTALL)
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NOT_RUSSIAN = re.compile(r"[іїєґўјљњћђџѓќѕ]", re.IGNORECASE)
_REFUSED = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TAKEN_FOR = {"af": "nl"}
"""Short Dutch is taken for Afrikaans; who writes that reads Dutch."""
_LIKE_RUSSIAN = frozenset({"un", "bg", "sr", "mk"})
"""What short Russian is taken for; none of it is guessed where a letter says otherwise."""


def language_of(text: str) -> str | None:
    """A code such as "fr", also of languages that the bot does not speak; None where that cannot be told."""
    words = _NO_WORDS.sub(" ", text[:MOST])
    if not any(c.isalpha() for c in words):
        return None
    found = _detected(_printable(words))
    cyrillic = len(_CYRILLIC.findall(words))
    if cyrillic * 2 > sum(c.isalpha() for c in words) and found in _LIKE_RUSSIAN | {"en", None}:
        return None if _NOT_RUSSIAN.search(words) else "ru"
    return None if found == "un" else _TAKEN_FOR.get(found or "", found)


def _detected(words: str) -> str | None:
    cld = _cld()
    try:
        _, _, found, *_ = cld.detect(words, isPlainText=True, bestEffort=True)
    except cld.error:
        return None
    code: str = found[0][1]
    return code


def _printable(words: str) -> str:
    """What CLD2 takes: neither control characters nor halves of a pair nor what is no character."""
    return words if words.isascii() and words.isprintable() else _REFUSED.sub(" ", words)


@cache
def _cld() -> Any:
    import pycld2

    return pycld2
