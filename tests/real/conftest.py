"""Towns on the true homeserver of the session, which comes with PostgreSQL's fixtures from tests/conftest.py."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.real.faults import FaultProxy
from tests.real.synapse import Mode, SynapseWithRegistrations, Town, build_town
from tests.real.village import Village

TownBuilder = Callable[[Mode], Awaitable[Town]]


@pytest_asyncio.fixture
async def build(synapse: SynapseWithRegistrations, tmp_path: Path) -> AsyncIterator[TownBuilder]:
    """Makes towns in the mode asked for: `await build("push")`. What they started ends with the test."""
    towns: list[Town] = []

    async def make(mode: Mode) -> Town:
        directory = tmp_path / f"town-{len(towns)}"
        directory.mkdir()
        towns.append(await build_town(synapse, directory, session, mode))
        return towns[-1]

    async with aiohttp.ClientSession() as session:
        try:
            yield make
        finally:
            for town in towns:
                await town.ends()


@pytest_asyncio.fixture
async def town(build: TownBuilder) -> Town:
    """A town whose bot reads by /sync."""
    return await build("sync")


@pytest_asyncio.fixture
async def push_town(build: TownBuilder) -> Town:
    """A town whose bot is an application service."""
    return await build("push")


@pytest_asyncio.fixture(params=["sync", "push"])
async def any_town(build: TownBuilder, request: pytest.FixtureRequest) -> Town:
    """Both ways in, one after the other."""
    town = await build(request.param)
    town.measured = town.mode == "push"
    return town


@pytest_asyncio.fixture
async def proxy(synapse: SynapseWithRegistrations) -> AsyncIterator[FaultProxy]:
    """A proxy before the session's Synapse; give its url to a town: `town.homeserver_url = proxy.url`."""
    async with FaultProxy(synapse.server.url) as proxy:
        yield proxy


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def village(
    synapse: SynapseWithRegistrations, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Village]:
    """One bot for all stories that keep apart by room. Its tests run in the session's loop."""
    async with aiohttp.ClientSession() as session:
        town = await build_town(synapse, tmp_path_factory.mktemp("village"), session, "sync")
        try:
            yield await Village.build(town)
        finally:
            await town.ends()
