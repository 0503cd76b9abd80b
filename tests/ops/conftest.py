"""The log as it is before anybody sets it up: other tests of the same process may have done so."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def unconfigured_log() -> Iterator[None]:
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
