"""Looks up what slow effects show, beside everything else."""

from collections.abc import Callable

from bridge.workers.pictures import Pictures
from bridge.workers.ports import Store
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.current import Current
from bridge.workflow.effects import Effect
from bridge.workflow.gathering import gather
from bridge.workflow.similar import Semantic


class Gathering:
    """Fills `workers.ports.Gatherer`."""

    def __init__(
        self,
        store: Store,
        current: Current,
        clock: Callable[[], int],
        semantic: Callable[[], Semantic | None] = lambda: None,
        pictures: Pictures | None = None,
    ) -> None:
        self._store = store
        self._current = current
        self._clock = clock
        self._semantic = semantic
        self._pictures = pictures

    async def gather(self, effect: Effect) -> object:
        policy, now, semantic = self._current.policy, self._clock(), self._semantic()
        found: object = await self._store.read(lambda tx: gather(effect, Circumstances(tx, policy, now, semantic)))
        return await self._pictures.finish(effect, found) if self._pictures else found
