"""A transport at work on a fake homeserver's script of syncs."""

import asyncio
from collections.abc import Awaitable, Callable

from bridge.matrix.client import HomeserverClient
from bridge.matrix.key_sync import KeySync
from bridge.matrix.sync import SyncTransport
from bridge.matrix.sync_client import SyncClient
from bridge.workflow.ports import Transport
from tests.matrix.fake_homeserver import BOT, FakeHomeserver
from tests.matrix.intake import KeptIntake


class Running:
    """It never really sleeps."""

    def __init__(
        self, homeserver: FakeHomeserver, client: HomeserverClient, intake: KeptIntake, only_keys: bool
    ) -> None:
        self.homeserver = homeserver
        self.intake = intake
        self.pauses: list[float] = []
        sync = SyncClient(client)
        self.transport: KeySync | SyncTransport = (
            KeySync(sync, intake, BOT, sleep=self._sleep)
            if only_keys
            else SyncTransport(sync, intake, client.page_back, BOT, sleep=self._sleep)
        )
        port: Transport = self.transport
        self._task = asyncio.create_task(port.run())

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    async def until_idle(self) -> None:
        """Until the script of syncs is at its end, or the transport has."""
        idle = asyncio.create_task(self.homeserver.idle.wait())
        await asyncio.wait({idle, self._task}, return_when=asyncio.FIRST_COMPLETED, timeout=30)
        assert idle.done() or self._task.done(), "the transport is stuck"
        idle.cancel()

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def ended(self) -> None:
        async with asyncio.timeout(20):
            await self._task


Play = Callable[..., Awaitable[Running]]
