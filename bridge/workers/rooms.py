"""Keeps the bot in the rooms of its spaces, and what we know of rooms in line with the homeserver."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import structlog

from bridge.ops.health import Health
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
ENCRYPTED = "the room is encrypted, which this version cannot read: questions in it are not seen"


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
        on_effects: Callable[[], None],
        clock: Callable[[], int],
    ) -> None:
        self._store = store
        self._homeserver = homeserver
        self._current = current
        self._plan = plan
        self._health = health
        self._on_effects = on_effects
        self._clock = clock
        self._learned = 0
        self._well_at: dict[str, int] = {}
        self._joined: set[str] = set()
        self._problems: dict[str, str] = {}
        self.mapped = asyncio.Event()
        self.settled = asyncio.Event()

    async def run(self) -> None:
        """`mapped` is set once we know which rooms are whose, `settled` after every room was tried once."""
        while True:
            await self._round()
            await asyncio.sleep(AGAIN_AFTER_PROBLEM if self._problems else AGAIN)

    async def _round(self) -> None:
        self._problems.clear()
        resolved = await self._resolved()
        complete = len(resolved) == len(set(self._plan.references))
        mapping = {resolved[r]: space for r, space in self._plan.rooms.items() if r in resolved}
        defining = {resolved[r]: space for r, space in self._plan.matrix_spaces.items() if r in resolved}
        wanted = await self._store.write(lambda tx: configure(mapping, defining, tx, complete=complete))
        self.mapped.set()
        await self._note_joined()
        gate = asyncio.Semaphore(AT_ONCE)
        await asyncio.gather(*(self._enter(room_id, gate) for room_id in wanted))
        self._health.set("rooms", None)
        self.settled.set()

    async def _note_joined(self) -> None:
        try:
            self._joined = set(await self._homeserver.joined_rooms())
        except (RetryLater, GiveUp) as error:
            self._problem("joined rooms", str(error))

    async def _resolved(self) -> dict[str, str]:
        """Reference -> room id, for those that can be resolved now."""
        resolved: dict[str, str] = {}
        for reference in self._plan.references:
            self._health.warn(reference, None)
            if reference.startswith("!"):
                resolved[reference] = reference
                continue
            try:
                resolved[reference], _ = await self._homeserver.resolve(reference)
            except GiveUp as error:
                self._problem(reference, f"the homeserver knows no such alias: {error}")
            except RetryLater as error:
                self._problem(reference, error.reason)
        return resolved

    def _problem(self, about: str, problem: str) -> None:
        self._problems[about] = problem
        self._health.warn(about, problem)
        log.warning("room_problem", room=about, problem=problem)

    async def _enter(self, room_id: str, gate: asyncio.Semaphore) -> None:
        fresh = self._clock() - self._well_at.get(room_id, 0) < AGAIN * 1000
        if fresh and room_id in self._joined:
            return
        async with gate:
            try:
                if room_id not in self._joined:
                    await self.join(room_id, (room_id.partition(":")[2],) if ":" in room_id else ())
                await self.learn(room_id)
                room = await self._store.write(lambda tx: tx.rooms.get(room_id))
                self._health.warn(room_id, ENCRYPTED if room and room.encrypted else None)
                self._well_at[room_id] = self._clock()
            except (GiveUp, RetryLater) as error:
                me = self._current.policy.setting.me
                self._problem(room_id, f"cannot join or read the room: {error}. Invite {me}.")

    async def join(self, room_id: str, via: tuple[str, ...]) -> None:
        """Raises RetryLater and GiveUp."""
        await self._homeserver.join(room_id, via)
        self._joined.add(room_id)

    async def learn(self, room_id: str) -> None:
        """Load state and members; once more where something changed while we asked. Raises RetryLater and GiveUp."""
        for _ in range(5):
            before = await self._store.write(lambda tx: tx.rooms.revision(room_id))
            events = await self._homeserver.room_state(room_id)
            if await self._store.write(lambda tx, e=events, b=before: self._learn(room_id, e, b, tx)):  # type: ignore[misc]
                self._on_effects()
                return
        raise RetryLater("the room changes faster than it can be read")

    def _learn(self, room_id: str, events: list[dict[str, object]], before: int, tx: Transaction) -> bool:
        if tx.rooms.revision(room_id) != before:
            return False
        effects: list[Effect] = learn(room_id, events, tx, self._current.policy.setting.me)
        self._learned += 1
        for index, effect in enumerate(effects):
            tx.outbox.add(f"learn.{self._clock()}.{self._learned}.{index}", effect, self._clock())
        return True
