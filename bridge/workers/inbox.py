"""The loop that handles what the homeserver handed over, a batch in a transaction."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter

import structlog

from bridge.chat.events import Ignored
from bridge.ops.metrics import Metrics
from bridge.ops.supervise import reference_id
from bridge.workers.ports import Store
from bridge.workflow.current import Current
from bridge.workflow.encryption.opening import open_fetched
from bridge.workflow.inbound import Read, Report, handle_batch, has_to_wait, park, read_rows, set_aside, to_fetch
from bridge.workflow.ports import GiveUp, Homeserver, JsonObject, RetryLater
from bridge.workflow.records import Pending
from bridge.workflow.storage import Transaction

log = structlog.get_logger(__name__)

BATCH = 100
TRIES = 3
AWHILE = 200
"""After how many milliseconds a message is looked at again that waits for its room to be read."""
IDLE = 1.0
"""Seconds after which waiting rows are looked for without being woken."""


@dataclass(slots=True)
class Round:
    """What one transaction did: rows settled, whether more may wait, what it lacked from the homeserver, its report."""

    handled: int = 0
    full: bool = False
    lacking: dict[str, Read] = field(default_factory=dict)
    items: list[Read] = field(default_factory=list)
    report: Report = field(default_factory=Report)


class InboxWorker:
    """Handles pending events in order per room. `on_effects` is called after each commit that may have left effects."""

    def __init__(
        self,
        store: Store,
        homeserver: Homeserver,
        current: Current,
        metrics: Metrics,
        on_effects: Callable[[], None],
        clock: Callable[[], int],
    ) -> None:
        self._store = store
        self._homeserver = homeserver
        self._current = current
        self._policy = current.policy
        self._metrics = metrics
        self._on_effects = on_effects
        self._clock = clock
        self._wake = asyncio.Event()
        self._fetched: dict[str, JsonObject] = {}

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Until stopping; what was accepted by then and is not handled yet waits for the next start."""
        while not stopping.is_set():
            self._wake.clear()
            if not await self.work():
                await self._rest()

    async def _rest(self) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), IDLE)
        except TimeoutError:
            return

    async def work(self) -> bool:
        """One round; False where nothing is left to do now. Raises StoreError where the database is unusable."""
        self._policy = self._current.policy
        try:
            done = await self._store.write(self._handle)
        except RetryLater as error:
            await asyncio.sleep(error.after)
            return True
        except Exception as error:
            if _of_the_store(error):
                raise
            log.warning("batch_failed", error=repr(error), handling="one by one")
            return await self._one_by_one()
        self._account(done)
        if done.lacking:
            await asyncio.gather(*(self._fetch(event_id, item) for event_id, item in done.lacking.items()))
        return done.full or bool(done.lacking)

    def _handle(self, tx: Transaction, limit: int = BATCH) -> Round:
        """In the store's thread: a batch, but for rooms that first need something from the homeserver."""
        now, began = self._clock(), perf_counter()
        done = Round()
        blocked: set[str] = set()
        rows = tx.inbox.pending(now, limit)
        done.full = len(rows) >= limit
        for item in read_rows(rows, tx, self._policy):
            if set_aside(item, tx):
                self._metrics.undecryptable()
                continue
            if item.row.room_id not in blocked and has_to_wait(item, tx, self._policy, now):
                tx.inbox.retry(item.row, now + AWHILE)
                blocked.add(item.row.room_id)
            target = to_fetch(item, self._policy)
            if target and target not in self._fetched and item.row.room_id not in blocked:
                done.lacking[target] = item
                blocked.add(item.row.room_id)
            if item.row.room_id not in blocked:
                done.items.append(item)
        if done.items:
            done.report = handle_batch(done.items, self._opened(tx), tx, self._policy, now)
            done.handled = len(done.items)
            self._metrics.batch(perf_counter() - began, done.handled)
        return done

    def _opened(self, tx: Transaction) -> dict[str, JsonObject]:
        """The messages that were asked for, readable."""
        return {event_id: open_fetched(event, tx) for event_id, event in self._fetched.items()}

    def _account(self, done: Round) -> None:
        if not done.handled:
            return
        for item in done.items:
            self._fetched.pop(to_fetch(item, self._policy) or "", None)
        for outcome, count in done.report.outcomes.items():
            self._metrics.handled("ignored" if outcome.startswith("ignored") else outcome, count)  # type: ignore[arg-type]
        self._metrics.asked(done.report.facts["QuestionAsked"])
        self._metrics.answered(done.report.facts["AnswerAccepted"])
        self._on_effects()

    async def _fetch(self, event_id: str, item: Read) -> None:
        """Ask for a message; where there is none to be had, an empty one stands for it."""
        try:
            self._fetched[event_id] = await self._homeserver.event(item.row.room_id, event_id)
        except GiveUp:
            self._fetched[event_id] = {}
        except RetryLater as error:
            wait = int(1000 * min(60, error.after * 2 ** min(item.row.tries, 6)))
            not_before = self._clock() + wait
            await self._store.write(lambda tx: tx.inbox.retry(item.row, not_before))

    async def _one_by_one(self) -> bool:
        """The batch holds an event that cannot be handled: find it, and let the others through."""
        now = self._clock()
        rows = await self._store.write(lambda tx: tx.inbox.pending(now, BATCH))
        failed: set[str] = set()
        for row in rows:
            if row.room_id not in failed and not await self._alone(row):
                failed.add(row.room_id)
        self._on_effects()
        return True

    async def _alone(self, row: Pending) -> bool:
        """False where the event, and its room with it, has to wait."""
        item = Read(row, Ignored("unreadable"), None)
        try:
            [item] = await self._store.write(lambda tx: read_rows([row], tx, self._policy))
            if await self._store.write(lambda tx: set_aside(item, tx)):
                return True
            target = to_fetch(item, self._policy)
            if target and target not in self._fetched:
                await self._fetch(target, item)
                return False
            report = await self._store.write(partial(self._handle_alone, [item]))
        except Exception as error:
            if _of_the_store(error):
                raise
            await self._failed(item, error)
            return row.tries + 1 >= TRIES
        self._account(Round(handled=1, items=[item], report=report))
        return True

    def _handle_alone(self, items: Sequence[Read], tx: Transaction) -> Report:
        return handle_batch(items, self._opened(tx), tx, self._policy, self._clock())

    async def _failed(self, item: Read, error: Exception) -> None:
        """A bug: tried again a little later, then put aside with a reference that finds the stack in the log."""
        now, row = self._clock(), item.row
        if row.tries + 1 < TRIES:
            await self._store.write(lambda tx: tx.inbox.retry(row, now + 100 * 4**row.tries))
            return
        reference = reference_id()
        log.error("event_parked", reference=reference, event_id=row.event_id, room_id=row.room_id, exc_info=error)
        self._metrics.handled("parked")
        await self._store.write(lambda tx: park(item, reference, tx, self._policy, now))


def _of_the_store(error: Exception) -> bool:
    """Errors that say nothing against the event."""
    return isinstance(error, RetryLater) or type(error).__name__ == "StoreError"
