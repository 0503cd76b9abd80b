"""Keeps the bot in the rooms of its spaces, and what we know of rooms in line with the homeserver."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import structlog

from bridge.ops.health import Health
from bridge.ops.supervise import reference_id
from bridge.workers.doorkeeper import Doorkeeper
from bridge.workers.ports import Store
from bridge.workflow.current import Current
from bridge.workflow.effects import Effect
from bridge.workflow.ports import GiveUp, Homeserver, RetryLater
from bridge.workflow.rooms import configure, learn
from bridge.workflow.storage import Transaction

log = structlog.get_logger(__name__)

AT_ONCE = 8
AGAIN_AFTER_PROBLEM = 15.0
AGAIN = 3600.0
ENCRYPTED = "the room is encrypted, and encryption is switched off or does not work: questions in it are not seen"


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """What the config says of rooms: reference (id or alias) -> space, and which references are Matrix spaces."""

    rooms: Mapping[str, str]
    matrix_spaces: Mapping[str, str]

    @property
    def references(self) -> Iterable[str]:
        return {*self.rooms, *self.matrix_spaces}


class RoomKeeper:
    """Joins and learns rooms. A room that cannot be had is reported and tried again, and stops no other."""

    def __init__(
        self,
        store: Store,
        homeserver: Homeserver,
        current: Current,
        plan: RoomPlan,
        health: Health,
        doors: Doorkeeper,
        on_effects: Callable[[], None],
        clock: Callable[[], int],
    ) -> None:
        self._store = store
        self._homeserver = homeserver
        self._current = current
        self._plan = plan
        self._mapped_plan: RoomPlan | None = None
        self._health = health
        self._doors = doors
        self._on_effects = on_effects
        self._clock = clock
        self._learned = 0
        self._well_at: dict[str, int] = {}
        self._joined: set[str] = set()
        self._problems: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self._warned: set[str] = set()
        self._wake = asyncio.Event()
        self.mapped = asyncio.Event()
        self.settled = asyncio.Event()
        self.remapped = asyncio.Event()

    async def run(self) -> None:
        """`mapped` is set once we know which rooms are whose, `settled` after every room was tried once.

        `remapped` is set each time that the rooms were brought in line with another plan; whoever hears it clears it.
        """
        while True:
            self._wake.clear()
            await self._round()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), AGAIN_AFTER_PROBLEM if self._problems else AGAIN)

    def replan(self, plan: RoomPlan) -> None:
        """Go by another plan from now on, at once."""
        self._plan = plan
        self._wake.set()

    async def _round(self) -> None:
        plan = self._plan
        self._problems.clear()
        resolved = await self._resolved(plan)
        wanted = await self._mapped(plan, resolved)
        await self._note_joined()
        gate = asyncio.Semaphore(AT_ONCE)
        with self._doors.going_through():
            await asyncio.gather(*(self._enter(room_id, gate) for room_id in wanted))
        await self._doors.decide()
        self._forget_others(wanted, plan)
        self._health.set("rooms", None)
        self.settled.set()

    async def _mapped(self, plan: RoomPlan, resolved: Mapping[str, str]) -> list[str]:
        """Put every room into its space, and those that left the plan out of theirs; the rooms that we ought to be in.

        While an alias that was never resolved cannot be, nobody knows which room it means: then only rooms leave that
        the plan of before named.
        """
        mapping = {resolved[r]: space for r, space in plan.rooms.items() if r in resolved}
        defining = {resolved[r]: space for r, space in plan.matrix_spaces.items() if r in resolved}
        complete = len(resolved) == len(set(plan.references))
        left = frozenset(self._known.values()) - set(resolved.values())
        wanted = await self._store.write(lambda tx: configure(mapping, defining, tx, complete=complete, left=left))
        self._known = dict(resolved)
        if self._mapped_plan is not None and self._mapped_plan is not plan:
            self.remapped.set()
        self._mapped_plan = plan
        self.mapped.set()
        return wanted

    def _forget_others(self, wanted: Collection[str], plan: RoomPlan) -> None:
        """Rooms that are not ours any more are not warned of, and read anew should they come back."""
        for about in self._warned - {*wanted, *plan.references, *self._problems}:
            self._warn(about, None)
        for room_id in self._well_at.keys() - set(wanted):
            del self._well_at[room_id]

    async def _note_joined(self) -> None:
        try:
            self._joined = set(await self._homeserver.joined_rooms())
        except (RetryLater, GiveUp) as error:
            self._problem("joined rooms", str(error))

    async def _resolved(self, plan: RoomPlan) -> dict[str, str]:
        """Reference -> room id, as it is now; as it was, where it cannot be resolved any more."""
        resolved = {reference: room for reference, room in self._known.items() if reference in set(plan.references)}
        for reference in plan.references:
            if reference.startswith("!"):
                resolved[reference] = reference
                continue
            try:
                resolved[reference], _ = await self._homeserver.resolve(reference)
                self._warn(reference, None)
            except GiveUp as error:
                self._problem(reference, f"the homeserver knows no such alias: {error}")
            except RetryLater as error:
                self._problem(reference, error.reason)
        return resolved

    def _problem(self, about: str, problem: str) -> None:
        self._problems[about] = problem
        self._warn(about, problem)
        log.warning("room_problem", room=about, problem=problem)

    def _warn(self, about: str, problem: str | None) -> None:
        self._health.warn(about, problem)
        (self._warned.discard if problem is None else self._warned.add)(about)

    async def _enter(self, room_id: str, gate: asyncio.Semaphore) -> None:
        fresh = self._clock() - self._well_at.get(room_id, 0) < AGAIN * 1000
        if fresh and room_id in self._joined:
            return
        async with gate:
            try:
                if room_id not in self._joined:
                    await self.join(room_id, (room_id.partition(":")[2],) if ":" in room_id else ())
                await self._read(room_id)
                room = await self._store.write(lambda tx: tx.rooms.get(room_id))
                unread = room is not None and room.encrypted and not self._current.policy.encryption
                self._warn(room_id, ENCRYPTED if unread else None)
                self._well_at[room_id] = self._clock()
            except (GiveUp, RetryLater) as error:
                me = self._current.policy.setting.me
                self._problem(room_id, f"cannot join or read the room: {error}. Invite {me}.")
            except Exception as error:
                if type(error).__name__ == "StoreError":
                    raise
                reference = reference_id()
                log.error("room_not_read", room=room_id, reference=reference, exc_info=error)
                self._problem(room_id, f"cannot be read because of a bug (reference {reference})")

    async def join(self, room_id: str, via: tuple[str, ...]) -> None:
        """Raises RetryLater and GiveUp."""
        await self._homeserver.join(room_id, via)
        self._joined.add(room_id)

    async def learn(self, room_id: str) -> None:
        """Read a room, and decide at once about whom that finds. Raises RetryLater and GiveUp."""
        await self._read(room_id)
        if self.settled.is_set():
            await self._doors.decide()

    async def _read(self, room_id: str) -> None:
        """Load state and members; once more where something changed while we asked. Raises RetryLater and GiveUp."""
        for _ in range(5):
            before = await self._store.write(lambda tx: tx.rooms.revision(room_id))
            events = await self._homeserver.room_state(room_id)
            listed = await self._listed(room_id)
            if await self._store.write(partial(self._learn, room_id, events, listed, before)):
                self._on_effects()
                return
        raise RetryLater("the room changes faster than it can be read")

    async def _listed(self, room_id: str) -> bool | None:
        """Whether it stands in the directory; None where the homeserver does not say."""
        try:
            return await self._homeserver.is_listed(room_id)
        except GiveUp:
            return None

    def _learn(
        self, room_id: str, events: list[dict[str, object]], listed: bool | None, before: int, tx: Transaction
    ) -> bool:
        if tx.rooms.revision(room_id) != before:
            return False
        effects: list[Effect] = learn(room_id, events, tx, self._current.policy.setting.me, listed)
        self._learned += 1
        for index, effect in enumerate(effects):
            tx.outbox.add(f"learn.{self._clock()}.{self._learned}.{index}", effect, self._clock())
        self._doors.inspect(room_id, tx)
        return True
