"""What is alike, in the pocket: the worker of the true program, with the true encoder, whenever a test says so."""

import asyncio
from functools import cache

from bridge.semantic.encoder import Encoder
from bridge.semantic.index import Index
from bridge.workers.similarity import Pace, Similarity
from bridge.workflow.current import Current
from tests.flow.pocket import Pocket


@cache
def _encoder() -> Encoder:
    return Encoder()


def compared(pocket: Pocket) -> Similarity:
    """All vectors are made, cards show what was found, and searches go by meaning, too.

    As after a start: nothing but the database is remembered.
    """
    index = Index()
    index.use(_encoder())
    worker = Similarity(pocket.database, Current(pocket.policy), lambda: index, lambda: None, lambda: pocket.now)

    async def all_of_it() -> None:
        await worker.load()
        while await worker.work() is not Pace.IDLE:
            pass

    asyncio.run(all_of_it())
    pocket.semantic = worker.semantic
    pocket.passes()
    return worker
