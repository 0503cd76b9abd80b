"""What effects show whose reads are slow: looked up beside the writer, on a snapshot, in a thread of readers."""

from collections.abc import Callable
from typing import Any

from bridge.workflow import digesting
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.effects import DigestToPerson, DigestToRoom, Effect

Gather = Callable[[Any, Circumstances], Any]

GATHERERS: dict[type[Effect], Gather] = {
    DigestToRoom: digesting.gather,
    DigestToPerson: digesting.gather,
}
"""Effect -> what looks up what it shows; the answer comes back as `Materials.found`, and must not be None."""


def gather(effect: Effect, around: Circumstances) -> Any:
    """Only reads, and may take its time. The guard looks at what it found once more when that is put into words."""
    return GATHERERS[type(effect)](effect, around)
