"""The bot's own coming and going, as a room's timeline tells it.

What was said in a room before the bot joined is not its business. A timeline shows the boundary only by the bot's own
member events, and those are also written when it merely changes its name.
"""

from collections.abc import Sequence
from typing import Any

from bridge.workflow.ports import JsonObject


def is_own(event: JsonObject, user_id: str) -> bool:
    """Whether this is a member event about the user."""
    return event.get("type") == "m.room.member" and event.get("state_key") == user_id


def membership(event: JsonObject) -> str | None:
    return _text(event.get("content"), "membership")


def begins_history(event: JsonObject) -> bool:
    """Whether this member event is the first that the room ever had about its user."""
    return (
        membership(event) in ("join", "invite", "knock") and _before(event) is None and not _replaces_something(event)
    )


def was_inside(own: Sequence[JsonObject]) -> bool:
    """Whether the user was joined before their member events, oldest first; where no join is among them, they were."""
    return not any(membership(event) == "join" for event in own) or _was_inside(own[0])


def stays_inside(inside: bool, event: JsonObject) -> bool:
    """Whether the user is joined after this member event of theirs."""
    now = membership(event)
    return now == "join" or (inside and now not in ("leave", "ban"))


def _was_inside(event: JsonObject) -> bool:
    """Whether the user was joined before this event; in doubt yes, for then nothing is left out."""
    before = _before(event)
    if before is not None:
        return before == "join"
    now = membership(event)
    return now not in ("invite", "knock", "join") or (now == "join" and _replaces_something(event))


def _before(event: JsonObject) -> str | None:
    unsigned = event.get("unsigned")
    previous = unsigned.get("prev_content") if isinstance(unsigned, dict) else None
    return _text(previous, "membership")


def _replaces_something(event: JsonObject) -> bool:
    unsigned = event.get("unsigned")
    return isinstance(unsigned, dict) and "replaces_state" in unsigned


def _text(value: Any, key: str) -> str | None:
    text = value.get(key) if isinstance(value, dict) else None
    return text if isinstance(text, str) else None
