"""How rooms stand against the policy of their space, for the metrics and for whoever looks after the bot."""

import asyncio
from collections.abc import Sequence

import structlog

from bridge.domain.rights import Lack
from bridge.ops.health import Health
from bridge.ops.metrics import Metrics
from bridge.workers.ports import Store
from bridge.workflow.conforming import stand
from bridge.workflow.current import Current
from bridge.workflow.ports import RetryLater

log = structlog.get_logger(__name__)

EVERY = 5.0
SHOWN = 10
"""Rooms that one warning names."""
Lacks = tuple[Lack, ...]


class RoomWatch:
    """Warns of rights that the bot needs and does not have, once they are missing and until they are not."""

    def __init__(self, store: Store, current: Current, metrics: Metrics, health: Health) -> None:
        self._store = store
        self._current = current
        self._metrics = metrics
        self._health = health
        self._lacks: dict[str, Lacks] = {}

    async def run(self) -> None:
        while True:
            try:
                await self.look()
            except RetryLater as error:
                log.info("rooms_wait", reason=error.reason)
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        standing = await self._store.write(lambda tx: stand(tx, self._current.policy))
        self._metrics.drift(standing.counts)
        for room_id in {*self._lacks, *standing.lacks}:
            self._compare(room_id, standing.lacks.get(room_id, ()))
        self._lacks = standing.lacks
        self._health.warn("rooms in clear", in_clear(standing.in_clear))

    def _compare(self, room_id: str, lacks: Lacks) -> None:
        words = in_words(lacks, self._current.policy.setting.me) if lacks else None
        self._health.warn(f"rights in {room_id}", words)
        if lacks != self._lacks.get(room_id, ()):
            log.warning("room_rights", room=room_id, missing=words or "none any more")


def in_clear(room_ids: Sequence[str]) -> str | None:
    """Rooms that ought to be encrypted, and are not."""
    if not room_ids:
        return None
    more = f" and {len(room_ids) - SHOWN} more" if len(room_ids) > SHOWN else ""
    return f"not encrypted, as their space wants it: {', '.join(room_ids[:SHOWN])}{more}; `!audit` says what to do"


def in_words(lacks: Lacks, me: str) -> str:
    """What is missing, and the remedy."""
    missing = ", ".join(f"{lack.what} (needs {lack.needed}, has {lack.has})" for lack in lacks)
    return f"may not: {missing}. Give {me} power level {max(lack.needed for lack in lacks)}."
