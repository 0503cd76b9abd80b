"""How alike questions have to be before they are shown to whoever asks."""

from dataclasses import dataclass

MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Similarity:
    """That meanings are compared. `threshold`: the closeness from which on something is suggested (1: the same)."""

    suggestions: bool = True
    threshold: float = 0.75
