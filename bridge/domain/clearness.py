"""How clearly one question is another one, asked again: by how close it is, and by how close others come.

Closeness alone does not tell: in a desk where everybody asks about passwords, all of them are close to each other. What
was asked before stands out from the rest. The figures are in docs/decisions/0016-threshold.md.
"""

from collections.abc import Callable, Sequence

CLEAR = 0.62
"""Suggestions from here on: at least nine in ten are the same question."""
_ANYWAY = 0.4
"""As close as the next one comes that has nothing to do with it."""
_LEAN = 0.75
_THE_SAME = 0.8
"""Two that are so close to each other are one question asked twice; neither makes the other less clear."""


def clearness(closeness: Sequence[float], between: Callable[[int, int], float]) -> list[float]:
    """For each that may be suggested, from its `closeness` to what is asked: at most 1, to be compared with `CLEAR`.

    `between(i, j)` is how close two of them are to each other. The nearest dozen is enough, if the nearest are in it.
    """
    return [own - _LEAN * (_rival(i, closeness, between) - _ANYWAY) for i, own in enumerate(closeness)]


def _rival(one: int, closeness: Sequence[float], between: Callable[[int, int], float]) -> float:
    """How close the nearest other question comes."""
    others = (near for i, near in enumerate(closeness) if i != one and between(one, i) < _THE_SAME)
    return max(_ANYWAY, max(others, default=_ANYWAY))
