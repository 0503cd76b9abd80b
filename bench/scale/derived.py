"""What the product makes of questions, made at once instead of behind everything else: full text and statistics."""

import asyncio
import time
from pathlib import Path

from bench.scale.measure import config
from bridge.config.load import load
from bridge.policy import policy_of
from bridge.store.backfill import StoreIndexing
from bridge.store.database import Database
from bridge.workflow.circumstances import Circumstances
from bridge.workflow.counting import catch_up
from bridge.workflow.desk import Policy


def derive(folder: Path, rooms: int) -> dict[str, float]:
    """How many seconds each took; nothing is done where it is there already."""
    policy = policy_of(load(config(folder, "http://127.0.0.1:1", 9, rooms, semantic=False)).config)
    database = Database.open(f"sqlite:///{folder / 'askbridge.db'}")
    try:
        began = time.monotonic()
        asyncio.run(_index(database))
        indexed = time.monotonic()
        _count(database, policy)
        return {"full text": indexed - began, "statistics": time.monotonic() - indexed}
    finally:
        database.close()


async def _index(database: Database) -> None:
    indexing = StoreIndexing(database)
    while await indexing.step():
        continue


def _count(database: Database, policy: Policy) -> None:
    def some() -> int:
        return database.write_now(lambda tx: catch_up(Circumstances(tx, policy, time.time_ns() // 1_000_000)))

    while some():
        continue
