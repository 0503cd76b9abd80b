"""What was said in a room between two syncs, where the homeserver left it out.

`/messages` goes back, the intake wants to go forward. The gap is walked back once to find its pages, then read from its
oldest page on. The pages nearest to that end are still in memory, the others are asked for again, so that a gap of any
length takes bounded memory.
"""

from collections import deque
from collections.abc import AsyncIterator

from bridge.matrix.history import Page, PageBack, id_of
from bridge.matrix.membership import begins_history, is_own
from bridge.workflow.ports import JsonObject

KEPT_PAGES = 10


class Gap:
    """The events of a room from the token `start` back to the token `end`."""

    def __init__(self, page_back: PageBack, room_id: str, start: str, end: str) -> None:
        self._page_back = page_back
        self._room_id = room_id
        self._end = end
        self._starts = [start]
        self._kept: deque[tuple[str, Page]] = deque(maxlen=KEPT_PAGES)
        self.own: list[JsonObject] = []
        """After `survey`: the user's member events, oldest first."""
        self.known: set[str | None] = set()
        """After `survey`: those of the awaited event ids that stand in the gap."""

    async def survey(self, user_id: str, awaited: set[str | None]) -> None:
        """Walk back to the end of the gap, or to the first thing that the room ever knew of the user."""
        while True:
            start = self._starts[-1]
            page = await self._page_back(self._room_id, start, self._end)
            self._kept.append((start, page))
            self.known |= awaited.intersection(map(id_of, page.events)) - {None}
            own = [event for event in page.events if is_own(event, user_id)]
            self.own[:0] = reversed(own)
            if any(map(begins_history, own)) or page.older is None or page.older in (self._end, *self._starts):
                return
            self._starts.append(page.older)

    async def events(self) -> AsyncIterator[JsonObject]:
        """All events, oldest first."""
        for start in reversed(self._starts):
            page = await self._page(start)
            for event in reversed(page.events):
                yield event

    async def _page(self, start: str) -> Page:
        if self._kept and self._kept[-1][0] == start:
            return self._kept.pop()[1]
        return await self._page_back(self._room_id, start, self._end)
