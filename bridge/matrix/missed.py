"""What the homeserver never pushed although it ought to have.

Synapse (seen in 1.163, `appservice/scheduler.py`) may shelve a transaction that it makes in the moment in which it
notices that we are back: it goes out only when we have been away once more. So from time to time, and soon after a
start, the last minutes of our rooms are read; the intake knows what was pushed.

State that is found so may be older than what we know by now: it is marked as late, and the room is learnt anew instead.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

import structlog

from bridge.chat.events import LATE_KEY
from bridge.matrix.membership import is_own, membership
from bridge.workflow.ports import Batch, GiveUp, Homeserver, Intake, JsonObject, RetryLater

log = structlog.get_logger(__name__)

AFTER_START = (2.0, 8.0, 50.0)
EVERY = 600.0
"""Pauses in seconds: those after the start, then the usual one."""
MARGIN_MS = 60_000
"""How far each look overlaps the one before; allows for clocks that differ."""
MOST = 1000
AT_ONCE = 4


class MissedEvents:
    """Reads again what should have been pushed. `rooms` gives the ids of the rooms that matter."""

    def __init__(
        self,
        homeserver: Homeserver,
        intake: Intake,
        rooms: Callable[[], Awaitable[Iterable[str]]],
        me: str,
        clock: Callable[[], int],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._homeserver = homeserver
        self._intake = intake
        self._rooms = rooms
        self._me = me
        self._clock = clock
        self._sleep = sleep
        self._looked_at = clock()

    async def run(self) -> None:
        """Until cancelled."""
        for pause in AFTER_START:
            await self._sleep(pause)
            await self.look()
        while True:
            await self._sleep(EVERY)
            await self.look()

    async def look(self) -> None:
        """Hand to the intake what came since the last look; where a room cannot be read, the next look reaches back."""
        now, gate = self._clock(), asyncio.Semaphore(AT_ONCE)
        since = self._looked_at - MARGIN_MS
        done = await asyncio.gather(*(self._look_into(room_id, since, gate) for room_id in await self._rooms()))
        if all(done):
            self._looked_at = now

    async def _look_into(self, room_id: str, since: int, gate: asyncio.Semaphore) -> bool:
        async with gate:
            try:
                events = await self._newer(room_id, since)
            except (RetryLater, GiveUp) as error:
                log.info("room_not_read_again", room_id=room_id, reason=str(error))
                return isinstance(error, GiveUp)
            if events:
                await self._intake.accept(Batch("push", events, f"~again:{room_id}:{self._clock()}"))
            return True

    async def _newer(self, room_id: str, since: int) -> list[JsonObject]:
        """The events after a time, oldest first; none from before the bot's own last join."""
        newest: list[JsonObject] = []
        async for event in self._homeserver.messages_back(room_id):
            at = event.get("origin_server_ts")
            if len(newest) >= MOST or (isinstance(at, int) and at < since):
                break
            newest.append(event)
            if is_own(event, self._me) and membership(event) == "join":
                break
        return [self._marked(event) for event in reversed(newest)]

    def _marked(self, event: JsonObject) -> JsonObject:
        return event | {LATE_KEY: True} if "state_key" in event and not is_own(event, self._me) else event
