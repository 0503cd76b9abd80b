"""Makes vectors of questions and finds what is like them, behind everything else and in threads."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import Enum, auto
from functools import partial
from itertools import groupby
from time import perf_counter
from typing import Protocol

import structlog

from bridge.ops.supervise import reference_id
from bridge.semantic.encoder import NOTHING
from bridge.semantic.layout import place_of
from bridge.workers.ports import Store
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.current import Current
from bridge.workflow.ports import RetryLater
from bridge.workflow.similar import Semantic
from bridge.workflow.storage import Transaction
from bridge.workflow.suggesting import Fresh, Made, awaits, fresh, keep, show, suggested
from bridge.workflow.vectors import Block

log = structlog.get_logger(__name__)

BATCH = 16
IDLE = 1.0
"""Seconds after which it is looked whether vectors are to be made, without being woken."""
SHARE = 3
"""While much waits, for each second of work so many are left to others."""
CROWDED = 1.0
"""Seconds between rounds while more is asked than is done: people wait for their cards then."""
IN_A_CROWD = 4
"""How many of a round are shown what is like them then: the newest."""
SLICE = 2000
"""How many questions are looked at together for vectors that were never made."""
BLOCKS = 256
"""How many blocks of codes are read at once."""


class Codes(Protocol):
    """What is held in memory, by number of the question."""

    def reserve(self, count: int) -> None: ...

    def put(self, first: int, places: bytes, codes: bytes) -> None: ...

    def drop(self, number: int) -> None: ...

    def missing(self, first: int, last: int) -> list[int]: ...


class Vectors(Semantic, Protocol):
    """The vectors of this process: `bridge.semantic.index.Index`."""

    loaded: bool

    @property
    def codes(self) -> Codes: ...

    def load_encoder(self) -> None: ...

    def code(self, vector: bytes) -> bytes: ...


class Held(Protocol):
    """What the store holds in memory about vectors (`store.known.HeldVectors`)."""

    waiting: bool
    dropped: deque[int]


class VectorStore(Store, Protocol):
    @property
    def vectors(self) -> Held: ...


class Pace(Enum):
    """How soon the next round is due."""

    AT_ONCE = auto()
    BEHIND = auto()
    """More waits than a round takes."""
    CROWDED = auto()
    """And more came meanwhile."""
    LOOKING_BACK = auto()
    IDLE = auto()


class Similarity:
    """`make` makes what holds the vectors; `on_effects` is called where cards are to be edited."""

    def __init__(
        self,
        store: VectorStore,
        current: Current,
        make: Callable[[], Vectors],
        on_effects: Callable[[], None],
        clock: Callable[[], int],
    ) -> None:
        self._store = store
        self._current = current
        self._make = make
        self._made: Vectors | None = None
        self._on_effects = on_effects
        self._clock = clock
        self._wake = asyncio.Event()
        self._unseen = 0

    def wake(self) -> None:
        self._wake.set()

    @property
    def semantic(self) -> Semantic | None:
        """What compares meanings; None while that is not loaded, or switched off."""
        made, wished = self._made, self._current.policy.similarity is not None
        return made if made is not None and made.loaded and wished else None

    @property
    def _vectors(self) -> Vectors:
        if self._made is None:
            self._made = self._make()
        return self._made

    async def run(self) -> None:
        """Costs nothing, and loads nothing, while meanings are not compared."""
        while True:
            self._wake.clear()
            if self._current.policy.similarity is None:
                await self._rest(IDLE)
            else:
                await self._turn()

    async def _turn(self) -> None:
        try:
            if not await self._is_ready():
                await self._rest(IDLE)
                return
            began = perf_counter()
            pace = await self.work()
            await self._pause(pace, perf_counter() - began)
        except RetryLater as error:
            await asyncio.sleep(error.after)

    async def _pause(self, pace: Pace, worked: float) -> None:
        """`worked` in seconds. Whoever asks now is waited for, but for those who come in a crowd."""
        if pace is Pace.BEHIND:
            await asyncio.sleep(SHARE * worked)
        if pace is Pace.CROWDED:
            await asyncio.sleep(CROWDED)
        if pace in {Pace.LOOKING_BACK, Pace.IDLE}:
            await self._rest(SHARE * worked if pace is Pace.LOOKING_BACK else IDLE)

    async def _is_ready(self) -> bool:
        """Loaded for the first question that there is, so that an empty desk needs no memory."""
        if not self._vectors.loaded and await self._store.read(lambda tx: tx.vectors.last_question() > 0):
            await self.load()
        return self._vectors.loaded

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)

    async def load(self) -> None:
        """First what is found by, then what finds it: codes are read in a moment, the encoder takes a second."""
        began = perf_counter()
        await self._store.read(self._reserve)
        block: int | None = -1
        while block is not None:
            block = await self._store.read(partial(self._load_blocks, block))
        await asyncio.to_thread(self._vectors.load_encoder)
        self._vectors.loaded = True
        log.info("similarity_ready", seconds=round(perf_counter() - began, 1))

    def _reserve(self, tx: Transaction) -> None:
        last = tx.vectors.last_question()
        self._vectors.codes.reserve(last + 1)
        self._unseen = last

    def _load_blocks(self, after: int, tx: Transaction) -> int | None:
        blocks = tx.vectors.blocks_after(after, BLOCKS)
        for _, run in groupby(enumerate(blocks), lambda one: one[1].number - one[0]):
            self._put([block for _, block in run])
        return blocks[-1].number if blocks else None

    def _put(self, run: Sequence[Block]) -> None:
        """Blocks without a gap between them, at once."""
        places, codes = b"".join(b.places for b in run), b"".join(b.codes for b in run)
        self._vectors.codes.put(run[0].first, places, codes)

    async def work(self) -> Pace:
        """One round."""
        held = self._store.vectors
        while held.dropped:
            self._vectors.codes.drop(held.dropped.popleft())
        if not held.waiting:
            return Pace.LOOKING_BACK if await self._look_back() else Pace.IDLE
        held.waiting = False
        if not await self._round():
            return Pace.AT_ONCE
        crowded, held.waiting = held.waiting, True
        return Pace.CROWDED if crowded else Pace.BEHIND

    async def _round(self) -> bool:
        """Make the vectors of some, and show what is like them. Whether more may wait."""
        todo, idle = await self._store.read(lambda tx: fresh(tx, BATCH))
        if not todo and not idle:
            return False
        made = await self._encoded(todo)
        helped = [one for one in made[: IN_A_CROWD if len(todo) >= BATCH else BATCH] if self._awaits(one[0])]
        settled = [*idle, *(one[0].wanted for one in made if one not in helped)]
        await self._store.write(lambda tx: keep(made, settled, tx))
        for one, _, code in made:
            self._vectors.codes.put(one.number, place_of(one.question.room_id), code)
        if helped:
            # Once all are kept: one of them may be what another is like.
            found = [(one, await self._suggested(one, vector)) for one, vector, _ in helped]
            await self._store.write(lambda tx: show(found, self._around(tx)))
            self._on_effects()
        return len(todo) + len(idle) >= BATCH

    def _around(self, tx: Transaction) -> Circumstances:
        return Circumstances(tx, self._current.policy, self._clock())

    async def _encoded(self, todo: Sequence[Fresh]) -> list[Made]:
        vectors = await asyncio.to_thread(self._read_out, todo)
        return [(one, v, self._vectors.code(v)) for one, v in zip(todo, vectors, strict=True)]

    def _read_out(self, todo: Sequence[Fresh]) -> list[bytes]:
        """Their vectors; a text on which the encoder fails stops no other."""
        try:
            return self._vectors.vectors([one.question.text for one in todo])
        except Exception as error:
            if len(todo) > 1:
                return [vector for one in todo for vector in self._read_out([one])]
            log.error("not_compared", reference=reference_id(), number=todo[0].number, exc_info=error)
            return [NOTHING]

    def _awaits(self, one: Fresh) -> bool:
        return awaits(one, self._current.policy, self._clock())

    async def _suggested(self, one: Fresh, vector: bytes) -> list[int]:
        policy = self._current.policy
        return await self._store.read(lambda tx: suggested(one.question, vector, tx, policy, self._vectors))

    async def _look_back(self) -> bool:
        """Questions from before there were vectors, some at a time and the newest first; whether some may be left."""
        if not self._unseen:
            return False
        first = max(1, self._unseen - SLICE + 1)
        missing = self._vectors.codes.missing(first, self._unseen)
        worded = await self._store.read(lambda tx: tx.vectors.worded(missing)) if missing else []
        if worded:
            await self._store.write(lambda tx: tx.vectors.want_all(worded))
        self._unseen = first - 1
        return True
