"""The true homeserver of the test session."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bridge.demo.homeserver import LocalHomeserver, synapse_python
from tests.real.postgres import needed_on_ci
from tests.real.synapse import Appservice, SynapseWithRegistrations

REGISTRATIONS = 64


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def synapse(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[SynapseWithRegistrations]:
    """One Synapse for the whole session; tests keep apart by making their own people and rooms."""
    if not synapse_python().exists():
        needed_on_ci("Synapse is not installed: scripts/test installs it")
    directory = tmp_path_factory.mktemp("synapse")
    appservices = [Appservice.invent(number) for number in range(REGISTRATIONS)]
    former = Appservice.invent(REGISTRATIONS, bot_is_sender=True)
    files = [appservice.write(directory) for appservice in (*appservices, former)]
    async with LocalHomeserver(directory, appservices=files) as server:
        yield SynapseWithRegistrations(server, appservices, former)
