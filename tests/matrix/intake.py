"""An intake that keeps what it was given, and fails on demand."""

import asyncio
from collections.abc import Callable
from typing import Literal

from bridge.workflow.ports import Batch, JsonObject, KeyNews


class KeptIntake:
    def __init__(self, token: str | None = None) -> None:
        self.tokens: dict[str, str | None] = {"sync": token, "keys": token}
        self.batches: list[Batch] = []
        self.failures: list[Exception] = []
        """Raised, first first, instead of accepting."""
        self._changed = asyncio.Condition()

    async def accept(self, batch: Batch) -> None:
        if self.failures:
            raise self.failures.pop(0)
        async with self._changed:
            self.batches.append(batch)
            self.tokens[batch.source] = batch.cursor
            self._changed.notify_all()

    async def sync_token(self, source: Literal["sync", "keys"] = "sync") -> str | None:
        return self.tokens[source]

    async def has_transaction(self, transaction_id: str) -> bool:
        return any(batch.cursor == transaction_id for batch in self.batches)

    async def until(self, cursor: str) -> None:
        """Wait until a batch with this cursor was accepted."""
        async with self._changed, asyncio.timeout(20):
            await self._changed.wait_for(lambda: any(batch.cursor == cursor for batch in self.batches))

    async def first_keys(self, wanted: Callable[[KeyNews], bool]) -> KeyNews:
        """The first news of keys that are like this, as soon as they are here."""
        found: list[KeyNews] = []

        def came() -> bool:
            found.extend(filter(wanted, (batch.keys for batch in self.batches if batch.keys)))
            return bool(found)

        async with self._changed:
            await self._changed.wait_for(came)
        return found[0]

    @property
    def events(self) -> list[JsonObject]:
        return [event for batch in self.batches for event in batch.events]

    @property
    def ids(self) -> list[object]:
        return [event.get("event_id") for event in self.events]
