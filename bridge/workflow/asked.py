"""What a homeserver asks before it lets something happen, and what it is told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from bridge.workflow.ports import JsonObject

Act = Literal["invite", "join", "knock", "third_party_invite", "state"]


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """Something that somebody is about to do in a room.

    `target` is who is invited, and None in every other act: a third-party invite names nobody that we could know.
    `event_type`, `state_key` and `content` belong to `state`; the content is what a client wrote, so any key may be
    missing and hold any type.
    """

    act: Act
    room_id: str
    sender: str
    target: str | None = None
    event_type: str = ""
    state_key: str = ""
    content: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccessDecision:
    """`reason` is shown to the person who is refused, in their language."""

    allow: bool
    reason: str = ""


Decide = Callable[[AccessRequest], Awaitable[AccessDecision]]
