"""A part of the composition root: what goes on beside the questions, and never before them."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

from bridge.charts.drawing import Drawing
from bridge.matrix.client import HomeserverClient
from bridge.ops.supervise import Supervisor
from bridge.semantic.encoder import is_installed
from bridge.store.backfill import StoreIndexing
from bridge.store.database import Database
from bridge.workers.gathering import Gathering
from bridge.workers.indexing import Indexer
from bridge.workers.pictures import Pictures
from bridge.workers.similarity import Similarity
from bridge.workers.tallying import Tallying
from bridge.workers.timekeeper import Timekeeper
from bridge.workflow import retaining
from bridge.workflow.current import Current

if TYPE_CHECKING:
    from bridge.semantic.index import Index

log = structlog.get_logger(__name__)


class Behind:
    """Comparing, indexing, counting, what time brings, and what effects show whose reads are slow."""

    def __init__(
        self,
        database: Database,
        homeserver: HomeserverClient,
        current: Current,
        wake: Callable[[], None],
        clock: Callable[[], int],
    ) -> None:
        self._database = database
        self._current = current
        self._wake = wake
        self._clock = clock
        self.similarity = Similarity(database, current, _vectors, wake, clock)
        pictures = Pictures(homeserver, Drawing(), database.room)
        self.gathering = Gathering(database, current, clock, lambda: self.similarity.semantic, pictures)

    async def begin(self, *, semantic: bool) -> None:
        """Before anything else starts. `semantic`: whether the config wants what the extra of that name does."""
        await self._database.write(lambda tx: retaining.begin(tx, self._clock()))
        if semantic and not is_installed():
            log.info("similarity_off", reason="the extra is not installed", remedy="install askbridge[semantic]")

    def start(self, supervisor: Supervisor, ready: asyncio.Event) -> None:
        """`ready`: we are in our rooms and answer; vectors are loaded from then on."""

        async def compare() -> None:
            await ready.wait()
            await self.similarity.run()

        supervisor.start("similarity", compare)
        supervisor.start("full text", Indexer(StoreIndexing(self._database)).run)
        supervisor.start("tallies", Tallying(self._database, self._current, self._clock).run)
        supervisor.start("timekeeper", Timekeeper(self._database, self._current, self._wake, self._clock).run)


def _vectors() -> "Index":
    """Made only where it is wanted: not everybody has what it needs."""
    from bridge.semantic.index import Index

    return Index()
