"""Names that look like another's, whatever letters they are written with.

A skeleton in the manner of Unicode Technical Standard 39, with the letters that stand for Latin ones in names; it need
not be complete, since what it finds is shown to a moderator and decides nothing.
"""

import unicodedata
from collections.abc import Mapping

_LOOKS = {
    "a": "аαɑ@æ",
    "b": "вь",
    "c": "сϲ",
    "d": "ԁđ",
    "e": "еєёε3",
    "g": "ɡց",
    "h": "һħн",
    "j": "јϳ",
    "k": "кκ",
    "l": "iı1|!іїιӏł",
    "m": "мμ",
    "n": "пηո",
    "o": "0оοσøœ",
    "p": "рρ",
    "q": "ԛ",
    "r": "гɾ",
    "s": "ѕ5$",
    "t": "тτ",
    "u": "υцս",
    "v": "νѵ",
    "w": "ԝωш",
    "x": "хχ",
    "y": "уγү",
    "z": "ᴢ",
}
_LATIN = str.maketrans({look: letter for letter, looks in _LOOKS.items() for look in looks})
_TOGETHER = (("rn", "m"), ("vv", "w"), ("cl", "d"))
SHORTEST = 3


def skeleton(name: str) -> str:
    """What is left of a name once case, accents, blanks, marks and look-alike letters are made the same."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    kept = "".join(c for c in plain if unicodedata.category(c)[0] in "LN" or c in "|!$@")
    drawn = kept.translate(_LATIN)
    for looks, like in _TOGETHER:
        drawn = drawn.replace(looks, like)
    return drawn


def resembles(name: str, others: Mapping[str, str]) -> str | None:
    """The first of the others (user id -> name) whose name looks the same; very short names say nothing."""
    drawn = skeleton(name)
    if len(drawn) < SHORTEST:
        return None
    return next((who for who, theirs in others.items() if skeleton(theirs) == drawn), None)
