"""What time alone brings: depths for the metrics, and forgetting what is no longer needed."""

import asyncio
from collections.abc import Callable

import structlog

from bridge.ops.health import Health
from bridge.ops.metrics import Metrics
from bridge.workers.ports import Upkeep

log = structlog.get_logger(__name__)

EVERY = 5.0
PRUNE_EVERY_MS = 3_600_000
LATE_MS = 60_000
SLICE = 1000


class Scheduler:
    def __init__(self, upkeep: Upkeep, metrics: Metrics, health: Health, clock: Callable[[], int]) -> None:
        self._upkeep = upkeep
        self._metrics = metrics
        self._health = health
        self._clock = clock
        self._pruned_at = 0

    async def run(self) -> None:
        while True:
            await self._look()
            if self._clock() - self._pruned_at >= PRUNE_EVERY_MS:
                await self._prune()
            await asyncio.sleep(EVERY)

    async def _look(self) -> None:
        now = self._clock()
        for queue in ("inbox", "outbox"):
            depth, oldest = await self._upkeep.depth(queue)
            age = max(0, now - oldest) if oldest is not None else 0
            self._metrics.queue(queue, depth, age / 1000)
            late = f"{depth} waiting, the oldest for {age // 1000} s" if age > LATE_MS else None
            self._health.warn(queue, late)
        self._metrics.doors(*self._upkeep.doors())

    async def _prune(self) -> None:
        """In slices, so that nobody waits long for the writer."""
        left = SLICE
        while left >= SLICE:
            left = await self._upkeep.prune(self._clock(), SLICE)
        self._pruned_at = self._clock()
