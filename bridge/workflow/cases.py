"""What the store keeps about doors and rooms: who is where they have no place, removals that belong together, messages
that wait for somebody's ✅, what differs between a room and its space's policy. Plain values.
"""

from dataclasses import dataclass
from enum import StrEnum

from bridge.domain.admission import NoPlace
from bridge.domain.drift import Drift, Kind, Remedy
from bridge.domain.enforcement import HELD, Cause, Obstacle, Step
from bridge.workflow.ports import JsonObject


@dataclass(frozen=True, slots=True)
class Violation:
    """Somebody is in, invited to, or knocks at a room where they have no place. One a room and person.

    `by` is who invited them. `cascade` is the number of the cascade that their removal belongs to (0: none).
    `problem` is what the homeserver said where a removal failed.
    """

    room_id: str
    user_id: str
    membership: str
    reason: NoPlace
    step: Step
    cause: Cause
    since: int
    by: str | None = None
    obstacle: Obstacle | None = None
    cascade: int = 0
    problem: str = ""

    @property
    def place(self) -> tuple[str, str]:
        return (self.room_id, self.user_id)

    @property
    def held(self) -> bool:
        """Whether they are to be treated as if they were gone already."""
        return self.step in HELD

    @property
    def hushes(self) -> bool:
        """Whether the bot says nothing in the room until they are gone."""
        return self.step is Step.DUE and self.membership == "join"


@dataclass(frozen=True, slots=True)
class Cascade:
    """One person's removal from all rooms that something opened to them; it ends with one report.

    `actor` ended it, or is the sponsor where time did (`revoked` False). `total` counts the rooms.
    """

    number: int
    person: str
    actor: str
    space: str
    revoked: bool
    total: int
    started_at: int
    done_at: int | None = None


class Asking(StrEnum):
    """What a ✅ on one of the bot's messages in a direct chat says yes to."""

    APPROVE = "approve"
    RENEW = "renew"
    TERMS = "terms"
    ADOPT = "adopt"
    FORGET = "forget"
    """About no grant: forget what I wrote."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A message by which the bot asked somebody something about a grant. `detail`: the version of terms shown."""

    event_id: str
    asking: Asking
    grant: int
    person: str
    detail: str = ""


class DriftStep(StrEnum):
    """How far it has come: only said (`open`), about to be put right, beyond the bot, meant so by a moderator, put
    right by the bot, gone without it.
    """

    OPEN = "open"
    DUE = "due"
    STUCK = "stuck"
    ACCEPTED = "accepted"
    MENDED = "mended"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class DriftCase:
    """Something in a room that differs from its space's policy, from when it was found until it is gone.

    `event_type` ("" for the directory) and `state_key` name the state event, `before` is its content as it was found,
    for the case that a moderator wants it back (`restoring`: that is about to be done). `live`: somebody changed it
    just then; else it was found in going through rooms, and is `told` of together with the rest.
    """

    number: int
    room_id: str
    space: str
    kind: Kind
    about: str
    event_type: str
    state_key: str
    found: str
    wanted: str
    before: JsonObject | None
    by: str | None
    found_at: int
    step: DriftStep
    remedy: Remedy | None = None
    problem: str = ""
    live: bool = False
    told: bool = True
    restoring: bool = False
    ended_at: int | None = None

    @property
    def place(self) -> tuple[Kind, str]:
        return self.kind, self.about

    def is_about(self, drift: Drift) -> bool:
        return self.place == (drift.kind, drift.about) and self.found == drift.found
