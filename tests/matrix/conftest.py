from collections.abc import AsyncIterator
from typing import Any

import pytest

from bridge.matrix.client import HomeserverClient
from tests.matrix.fake_homeserver import BOT, FakeHomeserver
from tests.matrix.intake import KeptIntake
from tests.matrix.playing import Play, Running


@pytest.fixture
async def homeserver() -> AsyncIterator[FakeHomeserver]:
    async with FakeHomeserver() as homeserver:
        yield homeserver


@pytest.fixture
async def client(homeserver: FakeHomeserver) -> AsyncIterator[HomeserverClient]:
    async with HomeserverClient(homeserver.url, "tok", BOT, timeout=2) as client:
        yield client


@pytest.fixture
async def play(homeserver: FakeHomeserver, client: HomeserverClient) -> AsyncIterator[Play]:
    """Play the syncs from the token `s0` on (or `since`) and hand back what came of it; `only_keys` by KeySync."""
    all_running: list[Running] = []

    async def play(
        *syncs: Any, since: str | None = "s0", intake: KeptIntake | None = None, only_keys: bool = False
    ) -> Running:
        homeserver.syncs += syncs
        running = Running(homeserver, client, intake or KeptIntake(since), only_keys)
        all_running.append(running)
        await running.until_idle()
        return running

    yield play
    for running in all_running:
        await running.stop()
