"""What the bot may not do in a room, though its space wants it to."""

from collections.abc import Iterator
from dataclasses import dataclass

from bridge.domain.drift import Mend
from bridge.domain.people import Powers
from bridge.domain.spaces import OPEN_LEVELS, Enforce, Level, Mark, Space

INTEGRATIONS = ("im.vector.modular.widgets", "m.widget", "m.bridge", "uk.half-shot.bridge")
_CLOSED = (
    *("m.room.join_rules", "m.room.history_visibility", "m.room.guest_access"),
    *("m.room.canonical_alias", "m.room.power_levels", "m.space.parent"),
)
_BY_POLICY = {
    "join_rule": "m.room.join_rules",
    "history_visibility": "m.room.history_visibility",
    "guest_access": "m.room.guest_access",
    "listed": "m.room.canonical_alias",
    "servers": "m.room.server_acl",
    "outsider_power": "m.room.power_levels",
}


@dataclass(frozen=True, slots=True)
class Lack:
    """`what` is `kick`, `invite` or an event type that the bot may not set; power levels `needed` and had."""

    what: str
    needed: int
    has: int


def lacking(powers: Powers, space: Space, me: str) -> tuple[Lack, ...]:
    """The rights that the bot needs in a room to keep it as its space wants it, and does not have."""
    if space.enforce is Enforce.OFF:
        return ()
    level = powers.level(me)
    return tuple(Lack(what, needed, int(level)) for what, needed in _needed(powers, space).items() if level < needed)


def lack_for(mend: Mend, powers: Powers, me: str) -> Lack | None:
    """What keeps the bot from mending something."""
    level, needed = powers.level(me), powers.needed(mend.takes)
    return Lack(mend.takes, needed, int(level)) if level < needed else None


def _needed(powers: Powers, space: Space) -> dict[str, int]:
    people = {"kick": powers.kick} if space.level not in OPEN_LEVELS else {}
    if space.level is Level.EXTRANET:
        people["invite"] = powers.invite
    return people | {kind: powers.needed(kind) for kind in dict.fromkeys(_state(space))}


def _state(space: Space) -> Iterator[str]:
    """The state that the bot may have to set."""
    if space.level not in OPEN_LEVELS:
        yield from _CLOSED
    yield from (kind for key, kind in _BY_POLICY.items() if getattr(space.room, key) is not None)
    if space.room.integrations is False:
        yield from INTEGRATIONS
    if space.mark is not Mark.NONE and space.level is not Level.INTERNAL:
        yield f"m.room.{space.mark.value}"
    yield "org.askbridge.space"
