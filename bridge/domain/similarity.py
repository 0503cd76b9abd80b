"""How alike questions have to be before they are shown to whoever asks."""

from dataclasses import dataclass

from bridge.domain.clearness import CLEAR

MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Similarity:
    """That meanings are compared. `threshold`: from which `clearness` on something is suggested."""

    suggestions: bool = True
    threshold: float = CLEAR
