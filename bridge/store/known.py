"""What the writing process holds in memory of its database: rooms, people with choices, effects not delivered yet.

It is replaced or added to only after a commit, so a transaction that was rolled back leaves no trace in it.
"""

from collections import Counter
from dataclasses import dataclass, field

from bridge.workflow.records import Person, Room


@dataclass(slots=True)
class Known:
    """`changes` counts what happened to each room; `epoch` how often all was read anew, so that the sum only grows."""

    rooms: dict[str, Room] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    undelivered: set[str] = field(default_factory=set)
    changes: Counter[str] = field(default_factory=Counter)
    epoch: int = 0
