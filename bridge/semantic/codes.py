"""The nearest of a million vectors by one bit a dimension, in memory: 64 bytes a question, and where it was asked.

On real and made-up questions the 256 nearest by these bits hold the 10 nearest by the vectors themselves; so the bits
choose, and the vectors decide (`closeness`).
"""

from collections.abc import Collection, Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bridge.semantic.layout import CODE_BYTES, PLACE_BYTES, place_of

WORDS = CODE_BYTES // 8
_SLICE = 32_768
"""Rows that are looked through at once: what lies between fits into the processor's cache."""
_FAR = 512 + 1
_FIRST = 1024
_MOST_ROOMS = 65_535
"""Rooms beyond so many share a number, and are told apart when what was found is looked at once more."""


def code_of(vector: bytes) -> bytes:
    """The signs of a vector."""
    return np.packbits(np.frombuffer(vector, np.int8) > 0).tobytes()


def closeness(vector: bytes, others: Sequence[bytes]) -> list[float]:
    """The cosine between a vector and each of the others: 1 for the same, about 0 for nothing in common."""
    if not others:
        return []
    one = np.frombuffer(vector, np.int8).astype(np.float32)
    many = np.frombuffer(b"".join(others), np.int8).reshape(len(others), -1).astype(np.float32)
    lengths = np.linalg.norm(many, axis=1) * np.linalg.norm(one)
    return [float(x) for x in (many @ one) / np.maximum(lengths, 1e-9)]


class Codes:
    """By number of the question. May be read while it is written: what is found is looked at once more anyway."""

    def __init__(self) -> None:
        self._words: list[NDArray[np.uint64]] = [np.zeros(_FIRST, np.uint64) for _ in range(WORDS)]
        self._places: NDArray[Any] = np.zeros(_FIRST, np.uint16)
        self._known: dict[int, int] = {}
        self._last = -1
        self._lock = Lock()

    def put(self, first: int, places: bytes, codes: bytes) -> None:
        """Those of consecutive questions; a place of zeros stands for a question without a vector."""
        count = len(places) // PLACE_BYTES
        rows = np.frombuffer(codes, np.uint64).reshape(count, WORDS)
        with self._lock:
            self.reserve(first + count)
            for word, column in enumerate(self._words):
                column[first : first + count] = rows[:, word]
            self._places[first : first + count] = self._numbered(places)
            self._last = max(self._last, first + count - 1)

    def drop(self, number: int) -> None:
        with self._lock:
            if number < len(self._places):
                self._places[number] = 0
                for column in self._words:
                    column[number] = 0

    def missing(self, first: int, last: int) -> list[int]:
        """The numbers in a range that have no code."""
        held = min(last, len(self._places) - 1)
        gaps = (np.flatnonzero(self._places[first : held + 1] == 0) + first).tolist() if held >= first else []
        return gaps + list(range(max(first, held + 1), last + 1))

    def near(self, code: bytes, room_ids: Collection[str], limit: int) -> list[int]:
        """Numbers asked in one of these rooms, the nearest first. 15 ms among a million."""
        allowed = self._allowed(room_ids)
        if not allowed.any():
            return []
        count = self._last + 1
        far = np.empty(count, np.uint16)
        wanted = np.frombuffer(code, np.uint64)
        for start in range(0, count, _SLICE):
            part = slice(start, min(count, start + _SLICE))
            distance = np.bitwise_count(self._words[0][part] ^ wanted[0]).astype(np.uint16)
            for word in range(1, WORDS):
                distance += np.bitwise_count(self._words[word][part] ^ wanted[word])
            distance[~allowed[self._places[part]]] = _FAR
            far[part] = distance
        return _lowest(far, limit)

    def _allowed(self, room_ids: Collection[str]) -> NDArray[np.bool_]:
        allowed = np.zeros(max(self._known.values(), default=0) + 1, np.bool_)
        for room_id in room_ids:
            allowed[self._known.get(int.from_bytes(place_of(room_id), "little"), 0)] = True
        allowed[0] = False
        return allowed

    def _numbered(self, places: bytes) -> NDArray[np.uint16]:
        """The rooms as the small numbers by which they go here; 0 for none."""
        found, which = np.unique(np.frombuffer(places, "<u4"), return_inverse=True)
        known = [self._known.setdefault(int(p), min(len(self._known) + 1, _MOST_ROOMS)) if p else 0 for p in found]
        return np.array(known, np.uint16)[which]

    def reserve(self, count: int) -> None:
        """Make room for numbers below `count`, a column after the other, so that never two of all are there."""
        have = len(self._places)
        if count <= have:
            return
        room = max(count, have + have // 4)
        for word in range(WORDS):
            self._words[word] = _longer(self._words[word], room)
        self._places = _longer(self._places, room)


def _longer(column: NDArray[Any], room: int) -> NDArray[Any]:
    longer = np.zeros(room, column.dtype)
    longer[: len(column)] = column
    return longer


def _lowest(far: NDArray[np.uint16], limit: int) -> list[int]:
    chosen = np.argpartition(far, limit - 1)[:limit] if len(far) > limit else np.arange(len(far))
    chosen = chosen[far[chosen] < _FAR]
    return [int(n) for n in chosen[np.argsort(far[chosen], kind="stable")]]
