"""What the scheduler asks of the store: how much waits, and forgetting what is settled or was never ours to keep."""

from collections.abc import Mapping
from typing import Literal

from bridge.store.database import Database
from bridge.store.keys_of_rooms import HOMELESS_MS
from bridge.store.transaction import StoreTransaction

KEEP_MS = 90 * 86_400_000
"""How long handled events and delivered effects are remembered, in milliseconds."""
UNREAD_MS = 30 * 86_400_000
"""How long an event waits for the key that opens it."""


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

    async def prune(self, now: int, limit: int) -> int:
        """Forget up to `limit` rows of each kind that are of no use any more; return the most of any kind."""
        settled = await self._database.write(lambda tx: _prune_queues(tx, now, limit))
        return max(settled, await self._database.write(lambda tx: _prune_keys(tx, now, limit)))


def _prune_queues(tx: StoreTransaction, now: int, limit: int) -> int:
    return max(
        tx.inbox.prune(now - KEEP_MS, limit),
        tx.outbox.prune(now - KEEP_MS, limit),
        tx.inbox.prune_transactions(now - KEEP_MS, limit),
        tx.inbox.forget_unread(now - UNREAD_MS, limit),
    )


def _prune_keys(tx: StoreTransaction, now: int, limit: int) -> int:
    """Room keys are kept for good: of rooms that we are in by now. Others that came without being asked for go."""
    homeless = tx.keys.homeless(now - HOMELESS_MS, limit)
    rooms = tx.rooms.all()
    ours = {session_id for session_id, room_id in homeless if room_id in rooms and rooms[room_id].joined}
    tx.keys.housed(ours)
    tx.keys.drop_room_keys([session_id for session_id, _ in homeless if session_id not in ours])
    return max(len(homeless), tx.keys.prune(now, limit))
