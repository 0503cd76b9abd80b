"""The loop that carries effects out: in order per lane, lanes side by side, each exactly once as far as rooms can tell.

The effect id is the Matrix transaction id, so a repeated request has no second effect. Homeservers forget transaction
ids after a while: an effect that is older than that is looked for in the room before it is sent again.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Literal

import structlog

from bridge.chat.events import EFFECT_KEY
from bridge.chat.render.content import Content
from bridge.ops.metrics import Metrics
from bridge.ops.supervise import reference_id
from bridge.workers.doors import Doors
from bridge.workers.ports import Errands, Gatherer, Speech, Store
from bridge.workflow.addressing import addressed, chat_with
from bridge.workflow.current import Current
from bridge.workflow.delivery import Lack, Outgoing, Settled, park, prepare, record
from bridge.workflow.effects import AtDoor, JoinRoom, LearnRoom, MendRoom, Remove, ToPerson
from bridge.workflow.encryption.opening import is_sealed, open_fetched
from bridge.workflow.encryption.records import ENCRYPTED
from bridge.workflow.encryption.sealing import may_be_clear
from bridge.workflow.ports import GiveUp, Homeserver, JsonObject, RetryLater
from bridge.workflow.records import OutboxRow, Room
from bridge.workflow.storage import Transaction

log = structlog.get_logger(__name__)

AHEAD = 500
"""How many effects are made ready at once."""
REMEMBERED_MS = 15 * 60_000
"""How long homeservers surely remember a transaction id, in milliseconds; Synapse: 30 minutes."""
SEARCH = 2000
"""How many events of a room are searched for an echo."""
LONGEST_WAIT = 60.0
IDLE = 1.0
TRIES_AFTER_BUG = 3
SIGNED_OUT = frozenset({"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"})
"""Refusals that say nothing against the effect: it waits until an operator has put the account right."""


class OutboxWorker:
    """Sends what the workflow decided. Nothing is sent twice while this process knows that it was."""

    def __init__(
        self,
        store: Store,
        homeserver: Homeserver,
        errands: Errands,
        current: Current,
        metrics: Metrics,
        clock: Callable[[], int],
        gatherer: Gatherer,
    ) -> None:
        self.speech: Speech | None = None
        """None where we do not take part in encrypted rooms."""
        self._gatherer = gatherer
        self._findings: dict[str, object] = {}
        self._store = store
        self._homeserver = homeserver
        self._doors = Doors(homeserver)
        self._errands = errands
        self._current = current
        self._policy = current.policy
        self._metrics = metrics
        self._clock = clock
        self._started_at = clock()
        self._wake = asyncio.Event()
        self._settled: list[Settled] = []
        self._busy: set[int] = set()
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._paused_until = 0

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Until stopping; then requests under way are finished and recorded."""
        try:
            while not stopping.is_set():
                self._wake.clear()
                await self._round()
                await self._rest()
            if self._lanes:
                await asyncio.wait(self._lanes.values(), timeout=8)
        finally:
            await self._finish()

    async def _finish(self) -> None:
        for lane in list(self._lanes.values()):
            lane.cancel()
        await asyncio.gather(*self._lanes.values(), return_exceptions=True)
        await self._record()

    async def _rest(self) -> None:
        pause = max(0.0, (self._paused_until - self._clock()) / 1000)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), min(pause or IDLE, IDLE))

    async def _round(self) -> None:
        """Write down what was delivered and make ready what may go next: one transaction for both."""
        self._policy = self._current.policy
        waiting = len(self._busy) - len(self._settled)
        if self._clock() < self._paused_until or waiting >= AHEAD:
            await self._record()
            return
        try:
            ready = await self._recorded_and_prepared()
        except RetryLater as error:
            await asyncio.sleep(error.after)
            return
        except Exception as error:
            if type(error).__name__ == "StoreError":
                raise
            log.warning("preparing_failed", error=repr(error), handling="one by one")
            await self._record()
            ready = await self._prepared_one_by_one(frozenset(self._busy))
        self._send(ready)

    async def _recorded_and_prepared(self) -> list[Outgoing]:
        settled, self._settled = self._settled, []
        gone = {one.outgoing.row.seq for one in settled}
        busy = frozenset(self._busy - gone)

        def both(tx: Transaction) -> list[Outgoing]:
            if settled:
                record(settled, tx, self._policy, self._clock())
            return self._prepare(tx, busy)

        try:
            ready = await self._store.write(both, durable=self._seals)
        except BaseException:
            self._settled[:0] = settled
            raise
        self._busy -= gone
        return ready

    def _send(self, ready: list[Outgoing]) -> None:
        """A lane's effects one after the other, lanes side by side."""
        queues: dict[str, deque[Outgoing]] = {}
        for outgoing in ready:
            self._busy.add(outgoing.row.seq)
            queues.setdefault(outgoing.row.lane, deque()).append(outgoing)
        for lane, queue in queues.items():
            self._lanes[lane] = asyncio.create_task(self._run_lane(lane, queue))

    @property
    def _seals(self) -> bool:
        """What is sealed must survive a loss of power: a message key is never used twice."""
        return self.speech is not None and self.speech.sealing.in_use

    def _prepare(self, tx: Transaction, busy: frozenset[int]) -> list[Outgoing]:
        return self._put_into_words(tx.outbox.pending(self._clock(), AHEAD, busy), tx)

    def _put_into_words(self, rows: list[OutboxRow], tx: Transaction) -> list[Outgoing]:
        now = self._clock()
        sealing = self.speech.sealing if self.speech else None
        return addressed(prepare(rows, tx, self._policy, now, self._findings), tx, sealing, now)

    async def _prepared_one_by_one(self, busy: frozenset[int]) -> list[Outgoing]:
        """Among the effects is one that cannot be put into words: find it, and let the first of each lane through."""
        now = self._clock()
        rows = await self._store.write(lambda tx: tx.outbox.pending(now, AHEAD, busy))
        ready: list[Outgoing] = []
        for row in {row.lane: row for row in reversed(rows)}.values():
            try:
                ready += await self._store.write(partial(self._put_into_words, [row]), durable=self._seals)
            except RetryLater:
                continue
            except Exception as error:
                await self._broken(row, error)
        return ready

    async def _run_lane(self, lane: str, queue: deque[Outgoing]) -> None:
        """Carry out a lane's effects in order; at the first that has to wait, the rest waits with it."""
        try:
            while queue and await self._carry_out(queue[0]):
                queue.popleft()
        finally:
            self._busy.difference_update(outgoing.row.seq for outgoing in queue)
            if self._lanes.get(lane) is asyncio.current_task():
                del self._lanes[lane]
            if queue:
                self._wake.set()

    async def _carry_out(self, outgoing: Outgoing) -> bool:
        """True once it is settled for good, one way or the other; False where it has to wait."""
        row = outgoing.row
        problem = ""
        try:
            if isinstance(outgoing.effect, AtDoor):
                event_id, problem = None, await self._at_door(outgoing.effect, outgoing.content)
            elif outgoing.lacks is not None:
                await self._fetch(outgoing)
                return False
            elif self._store.hushed(outgoing.effect.room_id) or not self._may_go(outgoing):
                return False
            else:
                event_id = await self._act(outgoing)
        except RetryLater as error:
            await self._later(outgoing, error)
            return False
        except GiveUp as error:
            if error.code in SIGNED_OUT:
                await self._later(outgoing, RetryLater(str(error), LONGEST_WAIT))
                return False
            log.warning("effect_given_up", kind=row.kind, lane=row.lane, effect_id=row.effect_id, reason=str(error))
            await self._park(row, str(error), "given_up")
            return True
        except Exception as error:
            return await self._broken(row, error)
        self._findings.pop(row.effect_id, None)
        self._metrics.sent(row.kind, "sent" if event_id else "nothing")
        self._settled.append(Settled(outgoing, event_id, problem))
        self._wake.set()
        return True

    async def _at_door(self, effect: AtDoor, content: Content | None) -> str:
        """What stands in the way for good; "" where it is done, or need not be done any more."""
        if content is None:
            return ""
        problem = await self._doors.carry_out(effect, content)
        if isinstance(effect, Remove):
            self._metrics.removal("failed" if problem else "removed")
        if isinstance(effect, MendRoom):
            self._metrics.mended("failed" if problem else "mended")
        return problem

    async def _act(self, outgoing: Outgoing) -> str | None:
        effect = outgoing.effect
        if isinstance(effect, JoinRoom):
            await self._errands.join(effect.room_id, effect.via)
        if isinstance(effect, LearnRoom):
            await self._errands.learn(effect.room_id)
        if outgoing.content is None:
            return None
        sent_before = await self._echo(outgoing, outgoing.room_id)
        if sent_before:
            return sent_before
        kind, content = (ENCRYPTED, outgoing.sealed) if outgoing.sealed else (outgoing.event_type, outgoing.content)
        try:
            return await self._homeserver.send(outgoing.room_id, kind, content, outgoing.row.effect_id)
        except GiveUp as error:
            if isinstance(effect, ToPerson) and error.code == "M_FORBIDDEN" and not outgoing.row.tries:
                await self._forget_direct_room(effect.person)
                raise RetryLater("the direct chat is gone") from error
            raise

    async def _fetch(self, outgoing: Outgoing) -> None:
        """Get what it lacks; it is then made ready anew. Raises RetryLater and GiveUp."""
        effect, lacks = outgoing.effect, outgoing.lacks
        if lacks is Lack.FINDINGS:
            self._findings[outgoing.row.effect_id] = await self._gatherer.gather(effect)
        elif lacks is Lack.CHAT and isinstance(effect, ToPerson):
            await self._direct_room(effect.person)
        elif lacks is Lack.STATE:
            await self._errands.learn(outgoing.room_id)
        elif self.speech is None:
            raise GiveUp("ENCRYPTED", "the room is encrypted, and encryption is switched off")
        else:
            await self.speech.make_ready(outgoing.room_id)

    def _may_go(self, outgoing: Outgoing) -> bool:
        """As things stand in this moment: since the message was made ready the room may have become encrypted, or
        somebody who could read it is to go.
        """
        if outgoing.content is None:
            return True
        room_id, sealed = outgoing.room_id, outgoing.sealed
        if sealed is not None:
            held = self._store.held(room_id)
            return self.speech is not None and self.speech.sealing.still_fits(room_id, sealed, held)
        return may_be_clear(self._store.room(room_id), outgoing.event_type)

    async def _echo(self, outgoing: Outgoing, room_id: str) -> str | None:
        """The event that was sent before, where the homeserver may have forgotten the transaction id by now."""
        row = outgoing.row
        known_here = row.created_at >= self._started_at and not row.tries
        if known_here or self._clock() - row.created_at < REMEMBERED_MS:
            return None
        seen = 0
        async for found in self._homeserver.messages_back(room_id):
            event = await self._opened(found) if is_sealed(found) else found
            content = event.get("content")
            if isinstance(content, dict) and content.get(EFFECT_KEY) == row.effect_id:
                return str(event["event_id"]) if event.get("sender") == self._policy.setting.me else None
            seen += 1
            at = event.get("origin_server_ts")
            if seen >= SEARCH or (isinstance(at, int) and at < row.created_at - REMEMBERED_MS):
                return None
        return None

    async def _opened(self, event: JsonObject) -> JsonObject:
        """As it reads; the event as it is, where it cannot be opened."""
        return await self._store.write(lambda tx: open_fetched(event, tx)) or event

    async def _direct_room(self, person: str) -> str:
        known = await self._store.write(lambda tx: chat_with(person, tx, self._policy))
        if known:
            return known
        room_id = await self._homeserver.create_direct_room(person)

        def remember(tx: Transaction) -> None:
            tx.persons.save(replace(tx.persons.get(person), direct_room=room_id))
            tx.rooms.save(replace(tx.rooms.get(room_id) or Room(room_id), joined=True, direct_with=person))

        await self._store.write(remember)
        await self._errands.learn(room_id)
        return room_id

    async def _forget_direct_room(self, person: str) -> None:
        await self._store.write(lambda tx: tx.persons.save(replace(tx.persons.get(person), direct_room=None)))

    async def _later(self, outgoing: Outgoing, error: RetryLater) -> None:
        """The row says when to try again; it is then prepared anew, as things stand by then."""
        row = outgoing.row
        grown = 0.0 if error.limited else min(LONGEST_WAIT, 0.25 * 2 ** min(row.tries, 8))
        wait = max(error.after, grown)
        not_before = self._clock() + int(wait * 1000)
        if error.limited and outgoing.content is not None:
            self._paused_until = max(self._paused_until, self._clock() + int(error.after * 1000))
        log.info("effect_waits", kind=row.kind, lane=row.lane, reason=error.reason, seconds=round(wait, 2))
        self._metrics.sent(row.kind, "retried")
        await self._store.write(lambda tx: tx.outbox.retry(row, not_before))

    async def _broken(self, row: OutboxRow, error: Exception) -> bool:
        reference = reference_id()
        log.error("effect_failed", reference=reference, kind=row.kind, effect_id=row.effect_id, exc_info=error)
        if row.tries + 1 < TRIES_AFTER_BUG:
            not_before = self._clock() + 1000
            await self._store.write(lambda tx: tx.outbox.retry(row, not_before))
            return False
        await self._park(row, f"bug {reference}", "parked")
        return True

    async def _park(self, row: OutboxRow, reason: str, result: Literal["given_up", "parked"]) -> None:
        self._metrics.sent(row.kind, result)
        await self._store.write(lambda tx: park(row, reason[:500], tx, self._policy, self._clock()))
        self._busy.discard(row.seq)
        self._findings.pop(row.effect_id, None)

    async def _record(self) -> None:
        """Write down what was delivered, as much as there is at once."""
        settled, self._settled = self._settled, []
        if not settled:
            return
        while True:
            try:
                await self._store.write(lambda tx: record(settled, tx, self._policy, self._clock()))
                break
            except RetryLater as error:
                await asyncio.sleep(error.after)
            except BaseException:
                self._settled[:0] = settled
                raise
        self._busy.difference_update(one.outgoing.row.seq for one in settled)
