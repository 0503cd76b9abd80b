"""What is to be done about somebody who has no place in a room: a value, so that a dry run is the same decision."""

from dataclasses import dataclass
from enum import StrEnum

from bridge.domain.admission import NoPlace
from bridge.domain.people import Powers
from bridge.domain.spaces import Enforce

PRESENT = frozenset({"join", "invite", "knock"})
"""The memberships that can be taken away."""


class Cause(StrEnum):
    """How it came to light: they just came, what let them in has just ended, or they were found there."""

    CAME = "came"
    ENDED = "ended"
    FOUND = "found"


class Step(StrEnum):
    """What happens next: nothing (`off`), it is only said (`report`), removal, asking moderators first, or it cannot
    be done. `found` is undecided: how many there are decides.
    """

    OFF = "off"
    REPORT = "report"
    DUE = "due"
    FOUND = "found"
    WAITING = "waiting"
    STUCK = "stuck"


HELD = frozenset({Step.DUE, Step.FOUND, Step.WAITING, Step.STUCK})
"""Steps of a space that is enforced: whoever is in one of them is treated as if they were gone already."""


class Obstacle(StrEnum):
    """Why a person cannot be removed. `themselves`: their power level is not below the bot's; nobody ever may."""

    THEMSELVES = "themselves"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True)
class Decision:
    """The step to take, and what stands in the way of a removal, if anything does."""

    step: Step
    reason: NoPlace
    obstacle: Obstacle | None = None


def obstacle(user_id: str, me: str, powers: Powers) -> Obstacle | None:
    """What keeps the bot from removing somebody (authorization rules of m.room.member, "leave" by another)."""
    if powers.level(user_id) >= powers.level(me):
        return Obstacle.THEMSELVES
    return Obstacle.RIGHTS if powers.level(me) < powers.kick else None


def decide(
    user_id: str, me: str, reason: NoPlace, powers: Powers, enforce: Enforce, cause: Cause, *, halted: bool
) -> Decision:
    """What to do about a person without a place.

    `halted`: removals wait for a moderator's word, or the newest config could not be loaded; what people themselves
    ended is carried out all the same.
    """
    if enforce is not Enforce.ON:
        return Decision(Step(enforce.value), reason)
    hindered = obstacle(user_id, me, powers)
    if hindered:
        return Decision(Step.STUCK, reason, hindered)
    if cause is Cause.ENDED:
        return Decision(Step.DUE, reason)
    if halted:
        return Decision(Step.WAITING, reason)
    return Decision(Step.FOUND if cause is Cause.FOUND else Step.DUE, reason)


def has_to_ask(found: int, waiting: int, limit: int) -> bool:
    """Whether moderators are asked before those that were found are removed: there are many, or some wait already."""
    return found > 0 and (found > limit or waiting > 0)
