"""What the writing process holds in memory of its database: rooms, people with choices, effects not delivered yet,
grants and violations that go on, messages that wait for a ✅, events that wait for a key, keys.

It is replaced or added to only after a commit, so a transaction that was rolled back leaves no trace in it.
"""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from bridge.store.held import HeldDrifts, HeldGrants, HeldPrompts, HeldViolations
from bridge.store.held_keys import HeldKeys
from bridge.store.sealing import Keeping
from bridge.workflow.people_ports import Followed
from bridge.workflow.records import Person, Room


@dataclass(slots=True)
class HeldVectors:
    """`waiting`: vectors are to be made. `dropped`: questions whose codes are to go from memory, too."""

    waiting: bool = True
    dropped: deque[int] = field(default_factory=deque)


@dataclass(frozen=True, slots=True)
class Counted:
    """By what the questions in statistics were counted ("": not yet), and up to which number."""

    basis: str = ""
    to: int = 0


@dataclass(slots=True)
class Known:
    """`changes` counts what happened to each room; `epoch` how often all was read anew, so that the sum only grows.

    `spaces`: the rooms of each space, once somebody asked.
    `next_timer`: before this time (milliseconds) no timer is due. `declared`: tag -> who says that they know about it.
    `interests`: what people follow, by its keys.
    `askers`: who asked the questions up to a number.
    `stripped` grows, within this process, whenever something is taken out of the full text.
    """

    rooms: dict[str, Room] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    undelivered: set[str] = field(default_factory=set)
    changes: Counter[str] = field(default_factory=Counter)
    epoch: int = 0
    grants: HeldGrants = field(default_factory=HeldGrants)
    violations: HeldViolations = field(default_factory=HeldViolations)
    prompts: HeldPrompts = field(default_factory=HeldPrompts)
    drifts: HeldDrifts = field(default_factory=HeldDrifts)
    unread: Mapping[str, str] = field(default_factory=dict)
    keys: HeldKeys = field(default_factory=HeldKeys)
    keeping: Keeping = field(default_factory=Keeping)
    next_timer: int = 0
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)
    interests: Mapping[str, frozenset[Followed]] = field(default_factory=dict)
    askers: tuple[int, frozenset[str]] = (0, frozenset())
    stripped: int = 0
    vectors: HeldVectors = field(default_factory=HeldVectors)
    counted: Counted = Counted()
    spaces: dict[str, tuple[str, ...]] | None = None
