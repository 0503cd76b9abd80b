"""How many examples a property gets: few where somebody waits for them, many in CI."""

import os

SHARE = float(os.environ.get("EXAMPLES", "0.03"))
"""The part of each property's full number; 1 is what CI runs (`.ci/run`)."""


def examples(full: int) -> int:
    return max(25, round(full * SHARE))
