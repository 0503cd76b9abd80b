"""What `!stats` shows, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bridge.domain.statistics import Figures, Point


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody whose answers were accepted, `count` of them; `name` as others see it, "" where they go by none."""

    person: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """`rooms`: from which rooms it comes; `worded`: from which of them words do. Days are counted from 1970.

    `before`: the same number of days before `first`; `waited`: how many waited at their end. `tags`: what part of the
    questions has each. `spaces` and `sides` (True: asked from outside) part what happened in these days.
    `worth`: of how many questions, and how much. `part`: only every so manieth question was looked at (1: all).
    `counted`: so much of all questions is counted yet.
    """

    rooms: frozenset[str]
    worded: frozenset[str]
    first: int
    last: int
    now: Figures
    before: Figures
    waiting: int
    waited: int
    trend: Sequence[Point]
    tags: Sequence[tuple[str, float]] = ()
    helpers: Sequence[Helper] = ()
    spaces: Mapping[str, Figures] = field(default_factory=dict)
    sides: Mapping[bool, Figures] = field(default_factory=dict)
    worth: tuple[int, float] | None = None
    part: int = 1
    counted: float = 1.0

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    @property
    def empty(self) -> bool:
        """Whether nothing happened and nothing waits."""
        now = self.now
        return not (now.asked or now.answered or now.closed or now.deflected or self.waiting or self.waited)
