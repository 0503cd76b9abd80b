"""Figures as a Markdown table."""

from collections.abc import Sequence
from statistics import median


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def middle(values: Sequence[float | None], digits: int) -> str:
    """The median of what is known, rounded."""
    known = [value for value in values if value is not None]
    return f"{median(known):.{digits}f}" if known else "?"


def at_share(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
