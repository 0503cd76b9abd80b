"""`askbridge demo`: opens the town, tells the story, and shows what is said in the rooms from then on."""

import asyncio
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import uvloop
from rich.console import Console
from rich.text import Text

from bridge.config.load import ConfigErrors, LoadedConfig
from bridge.demo import town
from bridge.demo.eyes import Eyes, NotAsTold
from bridge.demo.guide import Address, guide
from bridge.demo.homeserver import HomeserverError, LocalHomeserver
from bridge.demo.person import Person
from bridge.demo.plan import BOT, LOG, MODERATOR, PEOPLE, ROOMS, TRIAGE, Mode, OtherMode, config_in, write_registration
from bridge.demo.story import SCENES, Stage, playable, tell
from bridge.demo.telling import Telling, heading
from bridge.ops import log as logging
from bridge.ops.supervise import FatalTask
from bridge.store.lock import ProcessLock
from bridge.wiring import EXPECTED, App
from bridge.workflow.ports import GiveUp, RetryLater

HOME = Path(__file__).parents[2] / "demo-town"
STOPPED = 130
_TOLD = "story-told"
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_KNOWN = (NotAsTold, HomeserverError, OtherMode, FatalTask, GiveUp, RetryLater, *EXPECTED)


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for. With `only_story` the town is new and closes after the story."""

    directory: Path
    mode: Mode | None
    only_story: bool
    temporary: bool = False


def play(story: bool, directory: Path | None, mode: Mode | None) -> int:
    """Run the demo on this terminal until it is stopped, or until the story is told; returns the exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(demo(wish(story, directory, mode), Console()))


def wish(story: bool, directory: Path | None, mode: Mode | None) -> Wish:
    """Without a directory, a story that is only told has one for itself, and the town that stays open its own place."""
    if directory is None and story:
        return Wish(Path(tempfile.mkdtemp(prefix="askbridge-story-")), mode, True, temporary=True)
    return Wish((directory or HOME).absolute(), mode, story)


async def demo(wanted: Wish, console: Console) -> int:
    """Run the demo; returns the exit code. SIGINT, SIGTERM and SIGHUP end it, and everything it started."""
    visit = asyncio.ensure_future(_Visit(wanted, console).visit())
    for number in _SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, visit.cancel)
    try:
        await visit
    except asyncio.CancelledError:
        _clear(wanted)
        console.print("\nThe town is closed.")
        return STOPPED if wanted.only_story else 0
    except ConfigErrors as errors:
        return _failed(wanted, console, "\n".join(str(problem) for problem in errors.problems))
    except _KNOWN as error:
        return _failed(wanted, console, reason(error))
    _clear(wanted)
    return 0


def _clear(wanted: Wish) -> None:
    """A town that was opened for one story leaves nothing behind, unless the story went wrong."""
    if wanted.temporary:
        shutil.rmtree(wanted.directory, ignore_errors=True)


def reason(error: Exception) -> str:
    """What to tell of an error; of a part of askbridge that died, why it did."""
    return str(error.__cause__ or error) if isinstance(error, FatalTask) else str(error)


def _failed(wanted: Wish, console: Console, reason: str) -> int:
    console.print()
    console.print(Text(f"This did not go as told: {reason}", "bold red"), soft_wrap=True, highlight=False)
    console.print(Text(f"What askbridge and Synapse said about it is in {wanted.directory}"), soft_wrap=True)
    return 1


@dataclass(slots=True)
class _Visit:
    """One run of the demo, from opening to closing."""

    wanted: Wish
    console: Console
    started: float = field(default_factory=time.monotonic)

    async def visit(self) -> None:
        self.wanted.directory.mkdir(parents=True, exist_ok=True)
        lock = ProcessLock(self.wanted.directory / "town")
        try:
            with (self.wanted.directory / LOG).open("a", encoding="utf-8") as log:
                await self._open(log)
        finally:
            lock.release(clean=True)

    async def _open(self, log: TextIO) -> None:
        heading(self.console, "askbridge, in a town of its own" if self.wanted.temporary else "askbridge, a demo")
        found = config_in(self.wanted.directory, self.wanted.mode, any_port=self.wanted.temporary)
        config = found.config
        logging.configure(config.log.format, config.log.level, secrets=config.secrets(), stream=log)
        server = town.homeserver(found, write_registration(found))
        async with AsyncExitStack() as stack:
            with self._step("Starting Synapse", f"A homeserver, Synapse, answers at {server.url}"):
                await stack.enter_async_context(server)
            with self._step("Making accounts", f"People: {', '.join(name.title() for name in PEOPLE)}"):
                people = await town.people(server, stack)
                await town.bot_account(server, found)
            with self._step("Making rooms", f"Rooms: {', '.join(f'#{room.name}' for room in ROOMS)}"):
                rooms = await town.rooms(people)
            with self._step("Starting askbridge", "askbridge is in the rooms and reads along"):
                app = App(config)
                await stack.enter_async_context(town.living(app))
                await town.is_ready(app)
            stage = await self._stage(people, rooms)
            await self._tell_or_greet(stage, app)
            if not self.wanted.only_story:
                await self._stay(stage, server, found)

    async def _stage(self, people: dict[str, Person], rooms: dict[str, str]) -> Stage:
        moderator = people[MODERATOR]
        names = await town.names(moderator.client, rooms["helpdesk"])
        telling = Telling(self.console, names, {room_id: f"#{name}" for name, room_id in rooms.items()}, BOT)
        watched = [room_id for name, room_id in rooms.items() if name != TRIAGE]
        eyes = Eyes(moderator, watched, BOT, telling.event)
        await eyes.open()
        amy, bob, carla, dmitri = (people[name] for name in PEOPLE)
        return Stage(amy, bob, carla, dmitri, rooms, BOT, eyes, telling)

    async def _tell_or_greet(self, stage: Stage, app: App) -> None:
        """The story is told once in a town that stays: who comes back finds it, and what came after it."""
        told = self.wanted.directory / _TOLD
        questions, waiting = await town.counts(app)
        if told.exists() and not self.wanted.only_story:
            self._says(f"Welcome back: the town has {questions} questions, {waiting} of them unanswered.")
            self._says("The story was told before; --story tells it again, in a town of its own.")
            return
        if questions:
            self._says(f"The town has {questions} questions already; the story is told from its beginning.")
        await tell(stage)
        told.touch()
        seconds = time.monotonic() - self.started
        self.console.print()
        scenes = len(playable())
        self._says(f"✓ All {scenes} scenes came as told, {seconds:.1f} s after the start.")
        if scenes < len(SCENES):
            self._says("What is like what was left out: that needs the extra, askbridge[semantic].")

    async def _stay(self, stage: Stage, server: LocalHomeserver, found: LoadedConfig) -> None:
        web = found.config.web
        health = f"http://{web.listen}/health/ready" if web else ""
        guide(self.console, Address(server.url, self.wanted.directory, health))
        heading(self.console, "What is said from now on")
        stage.eyes.look_into(stage.rooms[TRIAGE])
        await stage.eyes.watch(lambda: server.running)
        raise HomeserverError(f"Synapse has ended by itself. The end of its log:\n{server.log_tail()}")

    @contextmanager
    def _step(self, doing: str, done: str) -> Iterator[None]:
        """Something slow: says what while it lasts (on a terminal), and how long it took."""
        started = time.monotonic()
        with self.console.status(f"{doing} …"):
            yield
        seconds = f"{time.monotonic() - started:.1f} s"
        self._says(f"✓ {done}".ljust(self.console.width - len(seconds) - 4) + seconds)

    def _says(self, words: str) -> None:
        self.console.print(Text(f"  {words}"), highlight=False)
