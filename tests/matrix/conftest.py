from collections.abc import AsyncIterator

import pytest

from bridge.matrix.client import HomeserverClient
from tests.matrix.fake_homeserver import BOT, FakeHomeserver


@pytest.fixture
async def homeserver() -> AsyncIterator[FakeHomeserver]:
    async with FakeHomeserver() as homeserver:
        yield homeserver


@pytest.fixture
async def client(homeserver: FakeHomeserver) -> AsyncIterator[HomeserverClient]:
    async with HomeserverClient(homeserver.url, "tok", BOT, timeout=2) as client:
        yield client
