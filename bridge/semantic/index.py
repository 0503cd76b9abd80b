"""The vectors of a running program: its encoder, and the codes of all questions. Fills `workflow.similar.Semantic`."""

from collections.abc import Collection, Sequence

from bridge.semantic import codes
from bridge.semantic.encoder import Encoder


class Index:
    """Empty until `load_encoder` and `put` have filled it; `loaded` says when. Used from several threads."""

    def __init__(self) -> None:
        self.codes = codes.Codes()
        self.loaded = False
        self._encoder: Encoder | None = None

    def load_encoder(self) -> None:
        """Takes a second, most of it with the interpreter's lock: once, in a thread."""
        if self._encoder is None:
            self.use(Encoder())

    def use(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        """About 2 ms a text. Only when the encoder is loaded."""
        if self._encoder is None:
            raise RuntimeError("the encoder is not loaded")
        return self._encoder.vectors(texts)

    def code(self, vector: bytes) -> bytes:
        return codes.code_of(vector)

    def near(self, vector: bytes, rooms: Collection[str], limit: int) -> list[int]:
        return self.codes.near(codes.code_of(vector), rooms, limit)

    def closeness(self, vector: bytes, others: Sequence[bytes]) -> list[float]:
        return codes.closeness(vector, others)
