"""What every test may use. Whatever touches a true homeserver or database is marked as such by its fixtures."""

import pytest

pytest_plugins = ["tests.real.postgres"]

_MARKED_BY_FIXTURE = {"synapse": "synapse", "postgres_cluster": "postgres"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, marker in _MARKED_BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
