"""Paging back through a room's history."""

from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import structlog

from bridge.matrix import errors
from bridge.workflow.ports import JsonObject

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """Events newest first, and the token to go on from; None at the beginning of what can be seen."""

    events: list[JsonObject]
    older: str | None


PageBack = Callable[[str, str | None, str | None], Coroutine[Any, Any, Page]]
"""(room id, start token, end token) -> Page"""


def read_page(answer: object, room_id: str) -> Page:
    """A `/messages` answer as a page; entries that are no objects are no events and are dropped."""
    chunk = answer.get("chunk") if isinstance(answer, dict) else None
    if not isinstance(answer, dict) or not isinstance(chunk, list):
        raise errors.malformed("messages without a chunk")
    older = answer.get("end")
    return Page(events_of(chunk, room_id), older if isinstance(older, str) else None)


def events_of(entries: object, room_id: str) -> list[JsonObject]:
    """What is an event among `entries`, each told its room."""
    if not isinstance(entries, list):
        return []
    events = [entry | {"room_id": room_id} for entry in entries if isinstance(entry, dict)]
    if len(events) < len(entries):
        log.warning("entries that are no events were left out", room_id=room_id, count=len(entries) - len(events))
    return events


def id_of(event: JsonObject) -> str | None:
    """The event's id; None where it has none that can be one."""
    event_id = event.get("event_id")
    return event_id if isinstance(event_id, str) else None


async def walk_back(page_back: PageBack, room_id: str, start: str | None, end: str | None) -> AsyncIterator[JsonObject]:
    """Every event from `start` back to `end`, newest first, a page at a time."""
    while True:
        page = await page_back(room_id, start, end)
        for event in page.events:
            yield event
        if page.older is None or page.older in (start, end):
            return
        start = page.older
