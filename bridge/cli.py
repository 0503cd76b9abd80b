"""The command line."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer

from bridge import __version__
from bridge.config.load import ConfigErrors, LoadedConfig, load
from bridge.ops import log as logging
from bridge.ops.supervise import FatalTask
from bridge.wiring import EXPECTED, App

app = typer.Typer(no_args_is_help=True, add_completion=False, help="askbridge: questions in Matrix rooms, answered.")

ConfigFile = Annotated[Path, typer.Option("--config", "-c", help="The config file.", show_default=True)]
HOME = Path("config.yaml")


def main() -> None:
    app()


def fail(message: str) -> typer.Exit:
    """Say on standard error what is wrong; exit code 1."""
    typer.echo(message, err=True)
    return typer.Exit(1)


def loaded(path: Path) -> LoadedConfig:
    """The config, or an end with all of its problems."""
    try:
        return load(path)
    except ConfigErrors as errors:
        raise fail("\n".join(str(problem) for problem in errors.problems)) from None


@app.command()
def version() -> None:
    """Say which version this is."""
    typer.echo(__version__)


@app.command()
def run(config: ConfigFile = HOME) -> None:
    """Run the bot until SIGTERM or Ctrl-C."""
    found = loaded(config)
    logging.configure(found.config.log.format, found.config.log.level, secrets=found.config.secrets())
    log = structlog.get_logger("askbridge")
    for notice in found.notices:
        log.warning("config_notice", notice=notice)
    try:
        with _runner() as runner:
            runner.run(_run(found))
    except EXPECTED as error:
        log.error("cannot_run", reason=str(error))
        raise typer.Exit(1) from None
    except FatalTask as error:
        reason = error.__cause__ or error
        log.error("stopped", reason=str(reason))
        raise typer.Exit(1) from None
    log.info("stopped")


async def _run(found: LoadedConfig) -> None:
    running = App(found.config)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, running.supervisor.end)
    await running.run()


def _runner() -> asyncio.Runner:
    if sys.platform == "win32":
        return asyncio.Runner()
    import uvloop

    return asyncio.Runner(loop_factory=uvloop.new_event_loop)
