"""Counts the questions that statistics do not know yet: those of before, or all, when the config counts differently."""

import asyncio
from collections.abc import Callable

import structlog

from bridge.workers.ports import Store
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.counting import catch_up
from bridge.workflow.current import Current
from bridge.workflow.ports import RetryLater
from bridge.workflow.storage import Transaction

log = structlog.get_logger(__name__)

EVERY = 10.0
"""Seconds between looks, while all are counted."""
REST = 4.0
"""How much longer it rests than it works, so that others have the writer."""


class Tallying:
    """In slices; where it stops, it goes on after the next start."""

    def __init__(self, store: Store, current: Current, clock: Callable[[], int]) -> None:
        self._store = store
        self._current = current
        self._clock = clock

    async def run(self) -> None:
        done = 0
        while True:
            began = asyncio.get_running_loop().time()
            try:
                counted = await self._store.write(self._slice)
            except RetryLater as error:
                await asyncio.sleep(error.after)
                continue
            done += counted
            if not counted and done:
                log.info("questions_counted", count=done, reason="statistics")
                done = 0
            worked = asyncio.get_running_loop().time() - began
            await asyncio.sleep(REST * worked if counted else EVERY)

    def _slice(self, tx: Transaction) -> int:
        return catch_up(Circumstances(tx, self._current.policy, self._clock()))
