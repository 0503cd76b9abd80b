"""Keeps the full text in shape behind everything else: what came since is folded in, what is older is taken in."""

import asyncio

from bridge.workers.ports import Indexing
from bridge.workflow.ports import RetryLater

EVERY = 1.0
"""Seconds between looks, while there is nothing to do."""
REST = 2.0
"""How much longer it rests than it works, so that others have the writer."""


class Indexer:
    """In steps; where it stops, it goes on after the next start."""

    def __init__(self, index: Indexing) -> None:
        self._index = index

    async def run(self) -> None:
        while True:
            began = asyncio.get_running_loop().time()
            try:
                more = await self._index.step()
            except RetryLater as error:
                await asyncio.sleep(error.after)
                continue
            worked = asyncio.get_running_loop().time() - began
            await asyncio.sleep(REST * worked if more else EVERY)
