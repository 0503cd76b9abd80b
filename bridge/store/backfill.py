"""Making the full text in the background: of what was asked before there was one, and of what came since."""

from bridge.store.database import Database
from bridge.store.indexing import FOLDED, LEFT, Key, by_key, document, fields_of
from bridge.store.transaction import StoreTransaction

SLICE = 256
"""How many questions are taken in at once: all others wait so long for the writer."""
LONGEST = 2 * FOLDED
"""How long the list of what came since may get before it is folded into the postings."""


class StoreIndexing:
    """Fills `workers.ports.Indexing`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def step(self) -> bool:
        """Do a little of it; whether there is more. It may be killed at any time, and goes on from there."""
        if not await self._database.read(_has_work):
            return False
        left, waiting, stripped = await self._database.write(_state)
        if waiting > LONGEST:
            await self._database.write(lambda tx: tx.index.fold())
        elif left:
            start = max(0, left - SLICE)
            found = await self._database.read(lambda tx: _read(tx, start + 1, left))
            await self._database.write(lambda tx: tx.index.take_in(found, stripped, start))
        return True


def _has_work(tx: StoreTransaction) -> bool:
    return tx.settings.get(LEFT) != "0" or tx.index.waiting() > LONGEST


def _state(tx: StoreTransaction) -> tuple[int, int, int]:
    return tx.index.left(), tx.index.waiting(), tx.index.stripped


def _read(tx: StoreTransaction, first: int, last: int) -> dict[Key, dict[int, int]]:
    documents = tx.questions.documents(range(first, last + 1))
    return by_key((q.number, fields_of(document(q, answers, tx.rooms))) for q, answers in documents)
