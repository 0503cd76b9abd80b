"""What effects show whose reads are slow: looked up beside the writer, on a snapshot, in a thread of readers."""

from collections.abc import Callable
from typing import Any

from bridge.workflow import digesting, expert_lists, finding, picturing, reporting, searching
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.effects import (
    DigestToPerson,
    DigestToRoom,
    Effect,
    ShowExperts,
    ShowGaps,
    ShowList,
    ShowSearch,
    ShowStatistics,
    ShowTrend,
)

Gather = Callable[[Any, Circumstances], Any]

GATHERERS: dict[type[Effect], Gather] = {
    DigestToRoom: digesting.gather,
    DigestToPerson: digesting.gather,
    ShowExperts: expert_lists.gather_experts,
    ShowGaps: expert_lists.gather_gaps,
    ShowList: finding.gather_list,
    ShowSearch: searching.gather,
    ShowStatistics: reporting.gather,
    ShowTrend: picturing.gather,
}
"""Effect -> what looks up what it shows; the answer comes back as `Materials.found`, and must not be None."""


def gather(effect: Effect, around: Circumstances) -> Any:
    """Only reads, and may take its time. The guard looks at what it found once more when that is put into words."""
    return GATHERERS[type(effect)](effect, around)


OUTDATED: dict[type[Effect], Callable[[Any, Any, Circumstances], bool]] = {
    DigestToRoom: digesting.is_outdated,
    DigestToPerson: digesting.is_outdated,
    ShowList: finding.is_outdated,
    ShowSearch: finding.is_outdated,
    ShowStatistics: reporting.outdated,
    ShowTrend: picturing.outdated,
}
"""Effect -> whether what was looked up for it may not be shown as it is any more, where that cannot be left out."""


def is_outdated(effect: Effect, found: Any, around: Circumstances) -> bool:
    check = OUTDATED.get(type(effect))
    return check is not None and check(effect, found, around)
