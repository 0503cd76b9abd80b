"""Goes through rooms and grants by itself: at the start, after a reload, when a room is read, and as time passes."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import structlog

from bridge.ops.health import Health
from bridge.workers.ports import Store
from bridge.workflow.cases import Violation
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.conforming import compare, summarise
from bridge.workflow.current import Current
from bridge.workflow.desk import Done
from bridge.workflow.doors import inspect, plus
from bridge.workflow.enacting import enact
from bridge.workflow.ending import tick
from bridge.workflow.ports import RetryLater
from bridge.workflow.removals import halted, on_found, reconsider
from bridge.workflow.storage import Transaction

log = structlog.get_logger(__name__)

EVERY = 1.0


class Doorkeeper:
    """What is found in going through rooms is kept at once, and decided together by `decide`."""

    def __init__(
        self, store: Store, current: Current, health: Health, on_effects: Callable[[], None], clock: Callable[[], int]
    ) -> None:
        self._store = store
        self._current = current
        self._health = health
        self._on_effects = on_effects
        self._clock = clock
        self._new: list[Violation] = []
        self._decisions = count(1)
        self._going_through = 0
        self._doubted = False

    async def run(self) -> None:
        """Each second, what time brings. Costs nothing where nothing is due."""
        while True:
            self._doubted |= not self._current.trusted
            try:
                await self._decided(lambda tx, now: tick(tx, self._current.policy, now))
            except RetryLater as error:
                log.info("doors_wait", reason=error.reason)
            await asyncio.sleep(EVERY)

    def inspect(self, room_id: str, tx: Transaction) -> None:
        """Go through a room, in the transaction of somebody who has just read it."""
        room, now = tx.rooms.get(room_id), self._clock()
        if room is not None and room.space:
            found, done = inspect(room, tx, self._current.policy, now)
            self._new += found
            around = Circumstances(tx, self._current.policy, now)
            enact(done, f"inspect.{now}.{next(self._decisions)}", around)
            enact(compare(room, tx, self._current.policy, now), f"drift.{now}.{next(self._decisions)}", around)

    async def inspect_all(self) -> None:
        """Go through all rooms as we know them: the rules have changed."""
        with self.going_through():
            await self._trust_again()
            for room_id in await self._store.write(lambda tx: [r.room_id for r in tx.rooms.all().values() if r.space]):
                await self._store.write(lambda tx, r=room_id: self.inspect(r, tx))  # type: ignore[misc]
        await self.decide()
        self._on_effects()

    async def _trust_again(self) -> None:
        """What waited only because the newest config could not be loaded waits no longer."""
        doubted, self._doubted = self._doubted, not self._current.trusted
        if doubted and self._current.trusted:
            await self._store.write(reconsider)

    @contextmanager
    def going_through(self) -> Iterator[None]:
        """Nothing is decided meanwhile: half of the rooms would be few where all are many."""
        self._going_through += 1
        try:
            yield
        finally:
            self._going_through -= 1

    async def decide(self) -> None:
        """Remove those that were found, or ask moderators first; tell them what is wrong with rooms.

        While somebody goes through rooms, it is left to them.
        """
        if self._going_through:
            return
        new, self._new = self._new, []
        policy = self._current.policy
        try:
            await self._decided(lambda tx, now: plus(on_found(new, tx, policy, now), summarise(tx, policy, now)))
        except BaseException:
            self._new[:0] = new
            raise

    async def _decided(self, decide: Callable[[Transaction, int], Done]) -> None:
        now = self._clock()
        name = f"doors.{now}.{next(self._decisions)}"

        def both(tx: Transaction) -> tuple[bool, int]:
            done = decide(tx, now)
            enact(done, name, Circumstances(tx, self._current.policy, now))
            return bool(done.effects), halted(tx)

        busy, waiting = await self._store.write(both)
        words = f"{waiting} removals wait for a moderator's !enforce confirm"
        self._health.warn("enforcement", words if waiting else None)
        if busy:
            self._on_effects()
