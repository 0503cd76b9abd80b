"""Has charts drawn, one at a time, by a process whose time and memory are bounded and that is gone afterwards."""

import asyncio
import json
import os
import sys
from dataclasses import asdict

from bridge.charts.chart import Chart

PATIENCE = 30.0
"""Seconds; the first drawing on a machine looks through its fonts."""
MEMORY = 2 << 30
"""Bytes of address space."""
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "PYTHONPATH")
"""Of the environment: what is secret stays here."""
PNG = b"\x89PNG\r\n\x1a\n"


class DrawingFailed(Exception):
    """It says what went wrong."""


class Drawing:
    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._turn = asyncio.Semaphore(1)

    async def draw(self, chart: Chart) -> bytes:
        """A PNG of 1600 x 1000 pixels. Raises DrawingFailed."""
        async with self._turn:
            return await self._drawn(json.dumps(asdict(chart)).encode())

    async def _drawn(self, chart: bytes) -> bytes:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "bridge.charts.draw"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
            preexec_fn=_bounded,
        )
        try:
            async with asyncio.timeout(self._patience):
                out, said = await process.communicate(chart)
        except TimeoutError as error:
            raise DrawingFailed(f"took longer than {self._patience:.0f} s") from error
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode or not out.startswith(PNG):
            raise DrawingFailed(said.decode(errors="replace").strip()[-500:] or f"ended with {process.returncode}")
        return out


def _bounded() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.nice(5)
