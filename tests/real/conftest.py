"""The true homeserver of the test session, and towns on it. PostgreSQL's fixtures come from tests/conftest.py."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bridge.demo.homeserver import LocalHomeserver, synapse_python
from tests.real.faults import FaultProxy
from tests.real.postgres import needed_on_ci
from tests.real.synapse import Appservice, Mode, SynapseWithRegistrations, Town, build_town
from tests.real.village import Village

REGISTRATIONS = 64
TownBuilder = Callable[[Mode], Awaitable[Town]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def synapse(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SynapseWithRegistrations]:
    """One Synapse for the whole session; tests keep apart by making their own people and rooms."""
    if not synapse_python().exists():
        needed_on_ci("Synapse is not installed: scripts/test installs it")
    directory = tmp_path_factory.mktemp("synapse")
    appservices = [Appservice.invent(number) for number in range(REGISTRATIONS)]
    files = [appservice.write(directory) for appservice in appservices]
    async with LocalHomeserver(directory, appservices=files) as server:
        yield SynapseWithRegistrations(server, appservices)


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
    return await build(request.param)


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
