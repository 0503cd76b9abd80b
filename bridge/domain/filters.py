"""Which questions a list shows, and how it is paged."""

from dataclasses import dataclass
from enum import StrEnum

from bridge.domain.questions import Priority, State

PAGE_SIZE = 10


class Order(StrEnum):
    OLDEST_FIRST = "oldest"
    NEWEST_FIRST = "newest"


@dataclass(frozen=True, slots=True)
class Filter:
    """Every field narrows the list; empty ones do not.

    `older` and `since` are ages in milliseconds. `assigned` is a user id or "none".
    `involves` means asked by or assigned to.
    `from_ours` narrows by the asker's class: True for staff and trusted, False for everybody else.
    """

    states: frozenset[State] = frozenset()
    spaces: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    here: bool = False
    by: str | None = None
    assigned: str | None = None
    involves: str | None = None
    older: int | None = None
    since: int | None = None
    from_ours: bool | None = None
    priority: Priority | None = None
    page: int = 1
    order: Order = Order.NEWEST_FIRST
