"""Hears timers: each second, what is due, in transactions of a few."""

import asyncio
from collections.abc import Callable
from functools import partial

import structlog

from bridge.ops.supervise import reference_id
from bridge.workers.ports import Store
from bridge.workflow import overdue
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.current import Current
from bridge.workflow.desk import Policy
from bridge.workflow.ports import RetryLater
from bridge.workflow.ringing import postpone, ring
from bridge.workflow.storage import Transaction
from bridge.workflow.timers import Timer

log = structlog.get_logger(__name__)

EVERY = 1.0
AT_ONCE = 50
"""How many timers are heard in one transaction."""


class Timekeeper:
    """What rang while nobody listened is heard once, at the start. A timer that fails is put off and stops no other."""

    def __init__(
        self, store: Store, current: Current, on_effects: Callable[[], None], clock: Callable[[], int]
    ) -> None:
        self._store = store
        self._current = current
        self._on_effects = on_effects
        self._clock = clock
        self._gone_by: Policy | None = None

    async def run(self) -> None:
        """Costs nothing where nothing is due."""
        while True:
            try:
                more = await self._round() >= AT_ONCE
            except RetryLater as error:
                log.info("timers_wait", reason=error.reason)
                more = False
            await asyncio.sleep(0 if more else EVERY)

    async def _round(self) -> int:
        policy = self._current.policy
        try:
            if policy is not self._gone_by:
                await self._store.write(lambda tx: overdue.take_over(self._around(tx)))
                self._gone_by = policy
            heard = await self._store.write(self._hear)
        except RetryLater:
            raise
        except Exception as error:
            if type(error).__name__ == "StoreError":
                raise
            log.warning("timers_failed", error=repr(error), handling="one by one")
            heard = await self._one_by_one()
        if heard:
            self._on_effects()
        return heard

    def _around(self, tx: Transaction) -> Circumstances:
        return Circumstances(tx, self._current.policy, self._clock())

    def _hear(self, tx: Transaction) -> int:
        around = self._around(tx)
        due = tx.timers.due(around.now, AT_ONCE)
        for timer in due:
            ring(timer, around)
        return len(due)

    async def _one_by_one(self) -> int:
        due = await self._store.write(lambda tx: tx.timers.due(self._clock(), AT_ONCE))
        for timer in due:
            try:
                await self._store.write(partial(self._hear_one, timer))
            except RetryLater:
                raise
            except Exception as error:
                log.error("timer_failed", reference=reference_id(), name=timer.name, kind=timer.kind, exc_info=error)
                await self._store.write(partial(self._put_off, timer))
        return len(due)

    def _hear_one(self, timer: Timer, tx: Transaction) -> None:
        ring(timer, self._around(tx))

    def _put_off(self, timer: Timer, tx: Transaction) -> None:
        postpone(timer, self._around(tx))
