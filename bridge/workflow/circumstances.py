"""What everything that is decided outside of a message has before it."""

from dataclasses import dataclass

from bridge.workflow.desk import Policy
from bridge.workflow.similar import Semantic
from bridge.workflow.storage import Transaction


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`now` in milliseconds. `semantic`, where there is one, compares meanings; only slow reads have it."""

    tx: Transaction
    policy: Policy
    now: int
    semantic: Semantic | None = None
