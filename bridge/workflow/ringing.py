"""What time brings: each kind of timer, and what is done when it rings."""

from collections.abc import Callable
from dataclasses import replace

from bridge.workflow import (
    digesting,
    escalating,
    expert_requests,
    forgetting,
    notices,
    nudging,
    overdue,
    reminding,
    retaining,
)
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.desk import Done
from bridge.workflow.enacting import enact
from bridge.workflow.timers import Timer

Ring = Callable[[Timer, Circumstances], Done]

RINGS: dict[str, Ring] = {
    overdue.OVERDUE: overdue.ring,
    overdue.SWEEP: overdue.sweep,
    notices.KIND: notices.ring,
    nudging.KIND: nudging.ring,
    expert_requests.KIND: expert_requests.ring,
    digesting.KIND: digesting.ring,
    forgetting.KIND: forgetting.ring,
    retaining.KIND: retaining.ring,
    reminding.REMIND: reminding.remind,
    reminding.RETURN: reminding.give_back,
    escalating.CALM: escalating.over,
}
"""Kind of timer -> what it brings. Whatever rings regularly sets its timer anew."""

LATER = 3_600_000
"""How long a timer that cannot be heard waits for its next try, in milliseconds."""


def ring(timer: Timer, around: Circumstances) -> None:
    """Do what a timer is for. It is gone with that, in one transaction, unless it was set anew."""
    around.tx.timers.drop(timer.name)
    hear = RINGS.get(timer.kind)
    if hear is not None:
        enact(hear(timer, around), timer.decision, around)


def postpone(timer: Timer, around: Circumstances) -> None:
    around.tx.timers.set(replace(timer, due_at=around.now + LATER))
