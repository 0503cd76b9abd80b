"""What a `/sync` answer says of rooms and keys. Any part may be missing or of a wrong type; the rest still counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import structlog

from bridge.matrix.answers import strings
from bridge.matrix.history import events_of
from bridge.matrix.membership import is_own, membership
from bridge.workflow.ports import JsonObject, KeyNews

log = structlog.get_logger(__name__)

_NOTHING: JsonObject = {"not_types": ["*"]}
_CURVE = "signed_curve25519"


def sync_filter(timeline_limit: int = 100, *, invites_only: bool = False) -> JsonObject:
    """The filter that leaves out what we never read; `invites_only` for a first sync, whose history is not ours."""
    timeline: JsonObject = {"limit": timeline_limit, "lazy_load_members": True}
    state: JsonObject = {"lazy_load_members": True}
    if invites_only:
        timeline, state = {"limit": 1} | _NOTHING, _NOTHING
    room = {"timeline": timeline, "state": state, "ephemeral": _NOTHING, "account_data": _NOTHING}
    return {"presence": _NOTHING, "account_data": _NOTHING, "room": room}


def keys_filter() -> JsonObject:
    """The filter for keys alone."""
    return {"presence": _NOTHING, "account_data": _NOTHING, "room": {"rooms": []}}


@dataclass(frozen=True, slots=True)
class RoomNews:
    """One room's part: its state before the timeline, the timeline, and where a gap before it begins (going back)."""

    room_id: str
    state: list[JsonObject]
    timeline: list[JsonObject]
    gap_from: str | None


def rooms_of(answer: JsonObject) -> Iterator[RoomNews]:
    """The rooms that the bot is in, then those it left."""
    rooms = _object(answer.get("rooms"))
    for section in ("join", "leave"):
        for room_id, room in _object(rooms.get(section)).items():
            yield _room_news(room_id, _object(room))


def invites_of(answer: JsonObject, user_id: str, cursor: str) -> list[JsonObject]:
    """Each invitation as one event, with the stripped state of the room beside it as in a pushed one."""
    invited = _object(_object(answer.get("rooms")).get("invite"))
    found = (_invite(room_id, _object(room), user_id, cursor) for room_id, room in invited.items())
    return [invite for invite in found if invite is not None]


def key_news(answer: JsonObject) -> KeyNews:
    """What stands outside of rooms. A map of counts without our algorithm says that no key is left."""
    lists = _object(answer.get("device_lists"))
    to_device = _object(answer.get("to_device")).get("events")
    unused = answer.get("device_unused_fallback_key_types")
    return KeyNews(
        tuple(event for event in to_device if isinstance(event, dict)) if isinstance(to_device, list) else (),
        _keys_left(answer.get("device_one_time_keys_count")),
        _CURVE in unused if isinstance(unused, list) else None,
        tuple(strings(lists.get("changed"))),
        tuple(strings(lists.get("left"))),
    )


def _keys_left(counts: object) -> int | None:
    count = counts.get(_CURVE, 0) if isinstance(counts, dict) else None
    return count if isinstance(count, int) and not isinstance(count, bool) else None


def _room_news(room_id: str, room: JsonObject) -> RoomNews:
    timeline = _object(room.get("timeline"))
    prev_batch = timeline.get("prev_batch")
    limited = timeline.get("limited") is True
    if limited and not isinstance(prev_batch, str):
        log.error("timeline with a gap but without a token to fill it", room_id=room_id)
    return RoomNews(
        room_id,
        events_of(_object(room.get("state")).get("events", []), room_id),
        events_of(timeline.get("events", []), room_id),
        prev_batch if limited and isinstance(prev_batch, str) else None,
    )


def _invite(room_id: str, room: JsonObject, user_id: str, cursor: str) -> JsonObject | None:
    stripped = events_of(_object(room.get("invite_state")).get("events", []), room_id)
    own = next((event for event in stripped if is_own(event, user_id) and membership(event) == "invite"), None)
    if own is None:
        log.warning("invite that does not say whom it invites", room_id=room_id)
        return None
    unsigned = _object(own.get("unsigned")) | {"invite_room_state": stripped}
    return own | {"event_id": f"~invite:{room_id}:{cursor}", "unsigned": unsigned}


def _object(value: Any) -> JsonObject:
    return value if isinstance(value, dict) else {}
