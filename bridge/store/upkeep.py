"""What the scheduler asks of the store: how much waits, and forgetting what is settled."""

from collections.abc import Mapping
from typing import Literal

from bridge.store.database import Database
from bridge.store.transaction import StoreTransaction


class StoreUpkeep:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def depth(self, queue: Literal["inbox", "outbox"]) -> tuple[int, int | None]:
        """How many rows wait, and the time (ms) of the oldest."""
        depths = await self._database.read(lambda tx: (tx.inbox.depth(), tx.outbox.depth()))
        depth = depths[queue == "outbox"]
        return depth.count, depth.oldest

    def doors(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """Approved grants that are not over, by space; violations that go on, by step."""
        doors = self._database.doors()
        return doors.grants, doors.violations

    async def prune(self, before: int, limit: int) -> int:
        """Forget up to `limit` settled rows of each kind from before a time (ms); return the most of any kind."""

        def forget(tx: StoreTransaction) -> int:
            return max(
                tx.inbox.prune(before, limit),
                tx.outbox.prune(before, limit),
                tx.inbox.prune_transactions(before, limit),
            )

        return await self._database.write(forget)
