"""What the tests of the demo share."""

import io
import logging
from collections.abc import Iterator

import pytest
import structlog
from rich.console import Console

from bridge.demo.homeserver import synapse_python
from tests.real.postgres import needed_on_ci


@pytest.fixture
def needs_synapse() -> None:
    """For tests that start a Synapse of their own."""
    if not synapse_python().exists():
        needed_on_ci("Synapse is not installed: scripts/test installs it")


@pytest.fixture
def log_as_before() -> Iterator[None]:
    """For tests that set the program's log up in this very process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    structlog.reset_defaults()
    logging.captureWarnings(False)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def page() -> Console:
    """A console that keeps what is printed: 80 columns, no colours."""
    return Console(file=io.StringIO(), width=80)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()
