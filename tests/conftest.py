"""What every test may use. Whatever touches a true homeserver or database is marked as such by its fixtures."""

import os
import sys
from collections.abc import Iterator

import pytest
import structlog

from bridge.demo import homeserver

pytest_plugins = ["tests.real.postgres", "tests.real.homeserver"]

_WORKERS = 8
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
homeserver.PORTS = homeserver.PORTS[_worker::_WORKERS]
"""Tests that run side by side look for free ports apart: one that is free for now may be meant for a restart."""

_MARKED_BY_FIXTURE = {"synapse": "synapse", "postgres_cluster": "postgres"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, marker in _MARKED_BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
    # What takes long is not left for the end, where one process works and the others wait.
    items.sort(key=lambda item: item.get_closest_marker("examples") is None)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    """Thousands of examples run the same lines; to measure each time which these are takes longer than to run them."""
    measures = sys.gettrace()
    if pyfuncitem.get_closest_marker("examples"):
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(measures)


@pytest.fixture(autouse=True)
def log_as_nobody_set_it_up() -> None:
    """Verbs that ran in this process set the log up for themselves."""
    structlog.reset_defaults()
