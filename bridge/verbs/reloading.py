"""Takes over a changed config while the program runs, on SIGHUP."""

import asyncio
import contextlib
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bridge.config.changes import changes, needs_restart, taken_over
from bridge.config.load import ConfigErrors, LoadedConfig, load

if TYPE_CHECKING:
    from bridge.wiring import App

log = structlog.get_logger("askbridge")


class Hangups:
    """SIGHUP from the first moment of a process to its last: kept until somebody listens, harmless afterwards."""

    def __init__(self) -> None:
        self._heard = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._event = asyncio.Event()
        signal.signal(signal.SIGHUP, self._note)

    def close(self) -> None:
        """From now on, nothing: left to itself, the signal would end a process that is ending in good order."""
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    async def next(self) -> None:
        """Return once there was a signal since the last time; several are as one."""
        self._loop = asyncio.get_running_loop()
        while not self._heard:
            self._event.clear()
            await self._event.wait()
        self._heard = False

    def _note(self, _signal: int, _frame: object) -> None:
        self._heard = True
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._event.set)


class Reloader:
    """Loads the config file again. What is wrong with it is said, and then the rules of before go on."""

    def __init__(self, app: "App", path: Path, hangups: Hangups) -> None:
        self._app = app
        self._path = path
        self._hangups = hangups

    async def run(self) -> None:
        while True:
            await self._hangups.next()
            await self.reload()

    async def reload(self) -> None:
        try:
            found = await asyncio.to_thread(load, self._path)
        except ConfigErrors as errors:
            self._refused(errors)
        except Exception:
            self._app.distrust("the new config could not be loaded because of a bug")
            raise
        else:
            self._take_over(found)

    def _refused(self, errors: ConfigErrors) -> None:
        for problem in errors.problems:
            log.error("config_problem", problem=str(problem))
        more = f" (and {len(errors.problems) - 1} more)" if len(errors.problems) > 1 else ""
        self._app.distrust(f"{errors.problems[0]}{more}")
        log.error("reload_failed", problems=len(errors.problems), rules="those of before go on")

    def _take_over(self, found: LoadedConfig) -> None:
        for notice in found.notices:
            log.warning("config_notice", notice=notice)
        changed = changes(self._app.config, found.config)
        later = [path for path in changed if needs_restart(path)]
        self._app.take_over(taken_over(self._app.config, found.config))
        log.info("reloaded", changed=[path for path in changed if path not in later])
        if later:
            log.warning("restart_needed", keys=later)
