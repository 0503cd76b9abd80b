"""`askbridge run`: the program itself, until it is told to end."""

import asyncio
import gc
import signal
import sys
from pathlib import Path

import structlog

from bridge.config.load import LoadedConfig, load
from bridge.ops import log as logging
from bridge.ops.supervise import FatalTask, reference_id
from bridge.verbs.reloading import Hangups, Reloader

log = structlog.get_logger("askbridge")


def run(path: Path) -> int:
    """Returns the exit code. Raises ConfigErrors."""
    signal.signal(signal.SIGTERM, _ended_early)
    hangups = Hangups()
    try:
        return _from_file(path, hangups)
    finally:
        hangups.close()


def _from_file(path: Path, hangups: Hangups) -> int:
    found = load(path)
    config = found.config
    wordless = config.encryption.tracking == "metadata"
    logging.configure(config.log.format, config.log.level, secrets=config.secrets(), wordless=wordless)
    for notice in found.notices:
        log.warning("config_notice", notice=notice)
    code = _run(found, hangups)
    if not code:
        log.info("stopped")
    return code


def _ended_early(_signal: int, _frame: object) -> None:
    """Told to end before there is anything to finish."""
    sys.exit(0)


def _run(found: LoadedConfig, hangups: Hangups) -> int:
    from bridge.wiring import EXPECTED

    try:
        with _runner() as runner:
            runner.run(_until_ended(found, hangups))
    except EXPECTED as error:
        log.error("cannot_run", reason=str(error))
    except FatalTask as error:
        cause = error.__cause__
        log.error("stopped", reason=str(cause) if isinstance(cause, EXPECTED) else str(error))
    except Exception as error:
        log.critical("bug", reference=reference_id(), exc_info=error)
    else:
        return 0
    return 1


async def _until_ended(found: LoadedConfig, hangups: Hangups) -> None:
    from bridge.wiring import App

    app = App(found.config)
    _settle_down()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, app.supervisor.end)
    app.supervisor.start("reload", Reloader(app, found.path, hangups).run)
    app.supervisor.start("settling", lambda: _settle_once_ready(app.ready))
    await app.run()


def _settle_down() -> None:
    """What was loaded stays: spare the garbage collector from walking it, and let the two busy threads take turns.

    Measured together on a busy machine: a tenth less CPU a question, latency p50 7.4 ms -> 4.3 ms.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    sys.setswitchinterval(0.001)


async def _settle_once_ready(ready: asyncio.Event) -> None:
    """What was read at the start stays as well: to walk it made single answers wait for up to 90 ms."""
    await ready.wait()
    gc.collect()
    gc.freeze()


def _runner() -> asyncio.Runner:
    if sys.platform == "win32":
        return asyncio.Runner()
    import uvloop

    return asyncio.Runner(loop_factory=uvloop.new_event_loop)
