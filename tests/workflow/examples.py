"""How many examples properties get: few where somebody waits for them, many in CI."""

import os
from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

SHARE = float(os.environ.get("EXAMPLES", "0.03"))
"""The part of each property's full number that is tried; `.ci/run` says 1."""
Test = TypeVar("Test", bound=Callable[..., object])
RANDOM = "RANDOM_EXAMPLES" in os.environ
"""Else the same examples each time, so that a failure is about the change at hand, and comes again."""
LONG = 1800
"""Seconds that a property may take in CI; thousands of examples take longer than a test is allowed by default."""
in_full: dict[str, int] = {}
"""The full number of examples of each property, by name."""


def tried(name: str, full: int) -> Callable[[Test], Test]:
    """A property that is tried `full` times in CI."""
    in_full[name] = full
    chosen = settings(
        max_examples=max(25, round(full * SHARE)),
        deadline=None,
        derandomize=not RANDOM,
        database=None,
        suppress_health_check=(HealthCheck.function_scoped_fixture, HealthCheck.too_slow),
    )
    return lambda test: pytest.mark.examples(chosen(test))
