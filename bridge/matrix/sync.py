"""The way in by `/sync`: an ordinary account that asks for news with a token of our own keeping."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Literal

import structlog

from bridge.matrix.errors import UNKNOWN_TOKEN
from bridge.matrix.gap import Gap
from bridge.matrix.history import PageBack, id_of
from bridge.matrix.membership import begins_history, is_own, stays_inside, was_inside
from bridge.matrix.sync_answer import RoomNews, invites_of, rooms_of, sync_filter
from bridge.matrix.sync_client import SyncClient
from bridge.matrix.sync_loop import SyncLoop
from bridge.workflow.ports import Batch, GiveUp, Intake, JsonObject, RetryLater

log = structlog.get_logger(__name__)

SLICE = 500
"""The most events that are accepted at once."""

GAP_TRIES = 8
"""How often a room's history may fail on a homeserver that answers otherwise, before the room goes on without it."""


class SyncTransport(SyncLoop):
    """Fills the Transport port. `page_back` is `HomeserverClient.page_back`.

    The token of an answer is accepted together with its last events, and so is what it says about keys.
    """

    name = "sync"
    source: Literal["sync", "keys"] = "sync"

    def __init__(
        self,
        client: SyncClient,
        intake: Intake,
        page_back: PageBack,
        bot_user_id: str,
        *,
        timeout_ms: int = 30_000,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        super().__init__(client, intake, bot_user_id, timeout_ms=timeout_ms, sleep=sleep)
        self._page_back = page_back
        self._gap_failures: Counter[str] = Counter()
        self._first_filter = sync_filter(invites_only=True)
        self._later_filter = sync_filter()

    def _filter(self, since: str | None) -> JsonObject:
        return self._later_filter if since else self._first_filter

    async def _accept(self, answer: JsonObject, since: str | None) -> bool:
        """Only the last slice carries the new token."""
        events = invites_of(answer, self._bot, answer["next_batch"])
        if since is None:
            return await self._hand_over(events, answer, since)
        async for event in self._news(answer, since):
            if len(events) >= SLICE:
                await self._intake.accept(Batch("sync", events, since))
                events = []
            events.append(event)
        accepted = await self._hand_over(events, answer, since)
        self._gap_failures.clear()
        return accepted

    async def _news(self, answer: JsonObject, since: str) -> AsyncIterator[JsonObject]:
        for room in rooms_of(answer):
            own = [event for event in room.timeline if is_own(event, self._bot)]
            gap = await self._surveyed(room, own, since)
            for event in room.state:
                # What also stands in the gap is told there, in its turn.
                if gap is None or id_of(event) not in gap.known:
                    yield event
            inside = was_inside([*gap.own, *own] if gap else own)
            async for event in self._while_inside(inside, self._whole_timeline(room, gap)):
                yield event

    async def _while_inside(self, inside: bool, events: AsyncIterator[JsonObject]) -> AsyncIterator[JsonObject]:
        """What happened while the bot was in the room, its own coming and going included."""
        async for event in events:
            before = inside
            if is_own(event, self._bot):
                inside = stays_inside(inside, event)
            if before or inside:
                yield event

    async def _whole_timeline(self, room: RoomNews, gap: Gap | None) -> AsyncIterator[JsonObject]:
        if gap is not None:
            try:
                async for event in gap.events():
                    yield event
            except RetryLater as error:
                self._gap_failed(room.room_id, error)
        for event in room.timeline:
            yield event

    async def _surveyed(self, room: RoomNews, own: list[JsonObject], since: str) -> Gap | None:
        """The gap before the room's timeline; None where there is none, or none that can be read."""
        if room.gap_from is None or any(map(begins_history, own)):
            return None
        gap = Gap(self._page_back, room.room_id, room.gap_from, since)
        try:
            await gap.survey(self._bot, {id_of(event) for event in room.state})
        except GiveUp as error:
            if error.code == UNKNOWN_TOKEN:
                raise
            log.error("gap that may not be read was left out", room_id=room.room_id, reason=str(error))
            return None
        except RetryLater as error:
            self._gap_failed(room.room_id, error)
            return None
        return gap

    def _gap_failed(self, room_id: str, error: RetryLater) -> None:
        """Try again later, unless it is this one room that the homeserver keeps failing on."""
        self._gap_failures[room_id] += error.ambiguous
        if self._gap_failures[room_id] < GAP_TRIES:
            raise error
        log.error("gap that cannot be read was left out", room_id=room_id, reason=error.reason)
