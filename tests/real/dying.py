"""askbridge that kills itself at a chosen instruction: `python -m tests.real.dying run -c FILE`.

The file `armed` in the working directory says where: at the next time that the stage named in it comes up, the process
dies by SIGKILL. The file goes with it, so that the same command runs on unharmed afterwards.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bridge import cli
from bridge.matrix.client import HomeserverClient
from bridge.store.database import Database
from bridge.store.inbox import StoreIntake
from bridge.workers import inbox, outbox
from bridge.workflow.ports import Batch

ARMED = "armed"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Death:
    """Called where a stage comes up; deadly if that is the one that was armed."""

    stage: str
    armed: Path = field(default_factory=lambda: Path.cwd() / ARMED)

    def __call__(self) -> None:
        if self.armed.exists() and self.armed.read_text() == self.stage:
            self.armed.unlink()
            os.kill(os.getpid(), signal.SIGKILL)


COMMAND = (sys.executable, "-m", "tests.real.dying")
ENVIRONMENT = {"PYTHONPATH": str(ROOT)}
"""Both for `Town.process`."""


def arm(directory: Path, stage: str) -> None:
    """Let the process that works in `directory` die at a stage."""
    (directory / "arming").write_text(stage)
    (directory / "arming").rename(directory / ARMED)


def _speaks(batch: Batch) -> bool:
    """Whether somebody says something that the bot carries out; what it hears of itself does not count."""
    return any(
        str((event.get("content") or {}).get("body", "")).startswith("!")
        for event in batch.events
        if isinstance(event.get("content"), dict)
    )


def _around_accept(die: Death, *, before: bool) -> None:
    accept = StoreIntake.accept

    async def dying(self: StoreIntake, batch: Batch) -> None:
        if before and _speaks(batch):
            die()
        await accept(self, batch)
        if not before and _speaks(batch):
            die()

    StoreIntake.accept = dying  # type: ignore[method-assign]


def _commands(items: Sequence[Any]) -> bool:
    return any(item.invocation for item in items)


def _deliveries(settled: Sequence[Any]) -> bool:
    return any(one.outgoing.content for one in settled)


def _around_transaction(die: Death, module: Any, name: str, counts: Callable[[Any], bool], *, inside: bool) -> None:
    """Die at the end of the work of a transaction, or as soon as it is committed."""
    work, write = getattr(module, name), Database._write
    done: list[bool] = []

    def working(first: Any, *more: Any) -> Any:
        result = work(first, *more)
        if counts(first):
            done.append(True)
            if inside:
                die()
        return result

    def writing(self: Database, fn: Any, durable: bool) -> Any:
        done.clear()
        result = write(self, fn, durable)
        if done:
            die()
        return result

    setattr(module, name, working)
    if not inside:
        Database._write = writing  # type: ignore[method-assign]


def _around_send(die: Death, moment: str) -> None:
    send = HomeserverClient.send

    async def dying(self: HomeserverClient, *told: Any) -> str:
        if moment == "before":
            die()
        sending = asyncio.ensure_future(send(self, *told))
        if moment == "amid":
            await asyncio.sleep(0.002)
            die()
        event_id = await sending
        if moment == "after":
            die()
        return event_id

    HomeserverClient.send = dying  # type: ignore[method-assign, assignment]


STAGES: dict[str, Callable[[Death], None]] = {
    "before-accept": lambda die: _around_accept(die, before=True),
    "after-accept": lambda die: _around_accept(die, before=False),
    "inside-handling": lambda die: _around_transaction(die, inbox, "handle_batch", _commands, inside=True),
    "after-handling": lambda die: _around_transaction(die, inbox, "handle_batch", _commands, inside=False),
    "before-send": lambda die: _around_send(die, "before"),
    "amid-send": lambda die: _around_send(die, "amid"),
    "after-send": lambda die: _around_send(die, "after"),
    "inside-record": lambda die: _around_transaction(die, outbox, "record", _deliveries, inside=True),
    "after-record": lambda die: _around_transaction(die, outbox, "record", _deliveries, inside=False),
}


def main() -> None:
    for stage, install in STAGES.items():
        install(Death(stage))
    cli.main()


if __name__ == "__main__":
    main()
