"""What is said in a room at once, beside the outbox: sealed where the room is encrypted, never in clear by accident."""

import asyncio
from collections.abc import Awaitable, Callable
from secrets import token_hex
from typing import TypeVar

from bridge.workers.keys import KeyKeeper
from bridge.workers.ports import Store
from bridge.workflow.encryption.records import ENCRYPTED
from bridge.workflow.encryption.sealing import may_be_clear
from bridge.workflow.ports import GiveUp, Homeserver, JsonObject, RetryLater
from bridge.workflow.storage import Transaction

T = TypeVar("T")
TRIES = 5


class SaidAtOnce:
    """For what is of no use later, such as a verification: it is tried some times and not kept."""

    def __init__(self, store: Store, homeserver: Homeserver, keys: KeyKeeper, clock: Callable[[], int]) -> None:
        self._store = store
        self._homeserver = homeserver
        self._keys = keys
        self._clock = clock

    async def send(self, room_id: str, event_type: str, content: JsonObject) -> None:
        """Raises RetryLater and GiveUp."""
        txn = f"now.{token_hex(8)}"
        kind, wrapped = await patiently(lambda: self._wrapped(room_id, event_type, content))
        await patiently(lambda: self._homeserver.send(room_id, kind, wrapped, txn))

    async def _wrapped(self, room_id: str, event_type: str, content: JsonObject) -> tuple[str, JsonObject]:
        await self._keys.make_ready(room_id)
        return await self._store.write(lambda tx: self._sealed(room_id, event_type, content, tx), durable=True)

    def _sealed(self, room_id: str, event_type: str, content: JsonObject, tx: Transaction) -> tuple[str, JsonObject]:
        room, sealing = tx.rooms.get(room_id), self._keys.sealing
        if room is None or (not room.encrypted and not may_be_clear(room, event_type)):
            raise GiveUp("NOT_KNOWN", f"it is not known whether {room_id} is encrypted")
        if not room.encrypted:
            return event_type, content
        if not sealing.is_ready(room, tx, self._clock()):
            raise RetryLater("somebody came or went meanwhile", 0.1)
        return ENCRYPTED, sealing.seal(room_id, event_type, content, tx)


async def patiently(request: Callable[[], Awaitable[T]]) -> T:
    """Try a request some times; raises RetryLater and GiveUp."""
    for _ in range(TRIES - 1):
        try:
            return await request()
        except RetryLater as error:
            await asyncio.sleep(min(error.after, 10))
    return await request()
