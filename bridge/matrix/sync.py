"""The way in by `/sync`: an ordinary account that asks for news with a token of our own keeping."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from time import monotonic

import structlog

from bridge.matrix.errors import UNKNOWN_TOKEN, SignedOut
from bridge.matrix.gap import Gap
from bridge.matrix.history import PageBack, id_of
from bridge.matrix.membership import begins_history, is_own, stays_inside, was_inside
from bridge.matrix.sync_answer import RoomNews, invites_of, rooms_of, sync_filter
from bridge.matrix.sync_client import SyncClient
from bridge.workflow.ports import Batch, GiveUp, Intake, JsonObject, RetryLater

log = structlog.get_logger(__name__)

SLICE = 500
"""The most events that are accepted at once."""

GAP_TRIES = 8
"""How often a room's history may fail on a homeserver that answers otherwise, before the room goes on without it."""

_LONGEST_PAUSE = 30.0
_FIRST_PAUSE = 0.5


class SyncTransport:
    """Fills the Transport port by long-polling.

    `page_back` is `HomeserverClient.page_back`. The token of a batch is accepted together with its last events;
    `problem` says what is wrong at the moment, or is None.
    """

    name = "sync"

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
        self.started = False
        self.problem: str | None = None
        self._client = client
        self._intake = intake
        self._page_back = page_back
        self._bot = bot_user_id
        self._timeout_ms = timeout_ms
        self._sleep = sleep
        self._failures = 0
        self._gap_failures: Counter[str] = Counter()
        self._first_filter = sync_filter(invites_only=True)
        self._filter = sync_filter()

    async def run(self) -> None:
        """Feed the intake until cancelled; raises only SignedOut."""
        since = None
        while True:
            since = await self._try_round(since)

    async def _try_round(self, since: str | None) -> str | None:
        try:
            since = since or await self._intake.sync_token()
            since = await self._round(since)
        except RetryLater as error:
            await self._pause(error.reason, error.after)
        except GiveUp as error:
            if error.code == UNKNOWN_TOKEN:
                raise SignedOut(f"the homeserver refuses the access token of {self._bot}: {error.reason}") from error
            await self._pause(str(error), _LONGEST_PAUSE)
        except Exception as error:
            log.exception("sync failed by a bug or by the database")
            await self._pause(f"{type(error).__name__}: {error}", 0)
        else:
            self._failures, self.problem, self.started = 0, None, True
        return since

    async def _round(self, since: str | None) -> str:
        asked = monotonic()
        chosen = self._filter if since else self._first_filter
        # The first answer, also after a failure, says that we are connected: in quiet rooms it must not take the
        # whole long poll.
        patience = self._timeout_ms if self.started and not self._failures else 0
        answer = await self._client.raw_sync(since, patience, chosen)
        cursor: str = answer["next_batch"]
        if since is None:
            await self._intake.accept(Batch("sync", invites_of(answer, self._bot, cursor), cursor))
            return cursor
        if not await self._accept(answer, since, cursor) and monotonic() - asked < 0.01:
            # A homeserver that answers "nothing" at once would otherwise keep us spinning.
            await self._sleep(0.05)
        self._gap_failures.clear()
        return cursor

    async def _accept(self, answer: JsonObject, since: str, cursor: str) -> bool:
        """Accept what is new and tell whether anything was. Only the last slice carries the new token."""
        events = invites_of(answer, self._bot, cursor)
        async for event in self._news(answer, since):
            if len(events) >= SLICE:
                await self._intake.accept(Batch("sync", events, since))
                events = []
            events.append(event)
        if not events and cursor == since:
            return False
        await self._intake.accept(Batch("sync", events, cursor))
        return True

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

    async def _pause(self, problem: str, after: float) -> None:
        self.problem = problem
        self._failures += 1
        grown = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(self._failures, 10))
        seconds = max(after, grown * random.uniform(0.5, 1))
        log.warning("sync waits", reason=problem, seconds=round(seconds, 2))
        await self._sleep(seconds)
