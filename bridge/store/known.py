"""What the writing process holds in memory of its database: rooms, people with choices, effects not delivered yet,
grants and violations that go on, messages that wait for a ✅.

It is replaced or added to only after a commit, so a transaction that was rolled back leaves no trace in it.
"""

from collections import Counter
from dataclasses import dataclass, field

from bridge.domain.grants import Grant
from bridge.workflow.cases import Prompt, Violation
from bridge.workflow.records import Person, Room

Whereabouts = tuple[str, str]
"""Room id, user id."""


@dataclass(slots=True)
class Known:
    """`changes` counts what happened to each room; `epoch` how often all was read anew, so that the sum only grows.

    `grants_of` and `grants_in` find grants by person and, for those about one room alone, by room; `violators` finds
    violations by room and by person; `hushed` are rooms in which the bot is silent until somebody is gone.
    """

    rooms: dict[str, Room] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    undelivered: set[str] = field(default_factory=set)
    changes: Counter[str] = field(default_factory=Counter)
    epoch: int = 0
    prompts: dict[str, Prompt] = field(default_factory=dict)
    grants: dict[int, Grant] = field(default_factory=dict)
    grants_of: dict[str, tuple[int, ...]] = field(default_factory=dict)
    grants_in: dict[str, tuple[int, ...]] = field(default_factory=dict)
    violations: dict[Whereabouts, Violation] = field(default_factory=dict)
    violators: dict[str, tuple[Whereabouts, ...]] = field(default_factory=dict)
    hushed: frozenset[str] = frozenset()

    def hold_grants(self, grants: dict[int, Grant]) -> None:
        """Take these for all grants that go on."""
        of: dict[str, tuple[int, ...]] = {}
        alone: dict[str, tuple[int, ...]] = {}
        for number, grant in grants.items():
            of[grant.person] = (*of.get(grant.person, ()), number)
            if grant.room_id is not None and grant.approved_by is not None:
                alone[grant.room_id] = (*alone.get(grant.room_id, ()), number)
        self.grants, self.grants_of, self.grants_in = grants, of, alone

    def hold_violations(self, violations: dict[Whereabouts, Violation]) -> None:
        """Take these for all violations that go on."""
        found: dict[str, list[Whereabouts]] = {}
        for key in violations:
            for name in key:
                found.setdefault(name, []).append(key)
        self.violations = violations
        self.violators = {name: tuple(keys) for name, keys in found.items()}
        self.hushed = frozenset(v.room_id for v in violations.values() if v.hushes)
