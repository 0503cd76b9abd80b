"""`askbridge verify` that kills itself before or after a request: `python -m tests.real.dying_identity STAGE`."""

import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from bridge import cli
from bridge.matrix.keys import KeyRequests

ROOT = Path(__file__).resolve().parents[2]
STAGES = (
    "before upload_identity 1",
    "after upload_identity 1",
    "after set_account_data 1",
    "before set_account_data 6",
    "after set_account_data 6",
    "after create_backup 1",
    "after upload_keys 1",
)
"""In the order in which they come: before or after which request, and which time of it in one life."""


def run(directory: Path, stage: str) -> int:
    """The exit code of the program that worked in this directory: minus the number of the signal."""
    command = [sys.executable, "-m", "tests.real.dying_identity", *stage.split()]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, timeout=60, check=False)
    return done.returncode


def _deadly(when: str, method: Callable[..., Awaitable[Any]], time: int) -> Callable[..., Awaitable[Any]]:
    calls = 0

    async def dying(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        if (when, calls) == ("before", time):
            os.kill(os.getpid(), signal.SIGKILL)
        answer = await method(*arguments)
        if (when, calls) == ("after", time):
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    return dying


if __name__ == "__main__":
    when, name, number = sys.argv[1:]
    setattr(KeyRequests, name, _deadly(when, getattr(KeyRequests, name), int(number)))
    cli.main(["verify", "-c", "config.yaml"])
