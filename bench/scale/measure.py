"""askbridge, running on a big database: how soon it answers, how soon it starts, how much memory it takes."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bench.bots import BotProcess, askbridge
from bench.machine import peak_mb
from bench.scale.rows import LEVELS, SERVER, room, space_of
from bench.scale.texts import LANGUAGES, TAGS, Writer
from bench.scale.town import Asked, Town
from bench.stub import BOT
from bench.table import at_share, markdown
from bridge.demo.homeserver import free_port

PATIENCE = 20.0
BETWEEN = 0.02


@dataclass(frozen=True, slots=True)
class Trial:
    """What is said, and which of the things that come back ends the wait (0: the first)."""

    name: str
    says: Callable[[Random, Writer], str]
    last: int = 0


TRIALS = (
    Trial("!unanswered", lambda _r, _w: "!unanswered"),
    Trial("!unanswered here", lambda _r, _w: "!unanswered here"),
    Trial("!unanswered, filtered", lambda r, _w: f"!unanswered tag:{r.choice(TAGS)} older:{r.randint(1, 60)}d"),
    Trial("!unanswered priority:high", lambda _r, _w: "!unanswered priority:high"),
    Trial("!questions", lambda r, _w: f"!questions page:{r.randint(1, 5)}"),
    Trial("!questions tag:", lambda r, _w: f"!questions tag:{r.choice(TAGS)}"),
    Trial("!questions from:external", lambda _r, _w: "!questions from:external"),
    Trial("!questions by:", lambda r, _w: f"!questions by:@person{r.randint(1, 19)}:{SERVER}"),
    Trial("!mine", lambda _r, _w: "!mine"),
    Trial("!search", lambda r, w: f"!search {_words(r, w)}"),
    Trial("!search, one common word", lambda r, _w: f"!search {r.choice(('vpn', 'printer', 'password', 'laptop'))}"),
    Trial("!search, filtered", lambda r, w: f"!search {_words(r, w)} is:answered since:90d"),
    Trial("!search, misspelt", lambda r, _w: f"!search {r.choice(('prnter', 'passwrod', 'certificat', 'laptpo'))}"),
    Trial("!show", lambda r, _w: f"!show {r.randint(1, 9_000)}"),
    Trial("!stats", lambda _r, _w: "!stats 30d"),
    Trial("!ask, its card", lambda _r, w: f"!ask {w.question(w.language())}"),
)


def _words(random: Random, writer: Writer) -> str:
    """Some words of a question as somebody may look for it."""
    words = writer.question(random.choice(LANGUAGES)).partition("\n")[0].split()
    start = random.randrange(max(1, len(words) - 4))
    return " ".join(words[start : start + 4])


@dataclass(slots=True)
class Figures:
    """Times in seconds."""

    started: float
    waits: dict[str, list[float]] = field(default_factory=dict)
    suggested: list[float] = field(default_factory=list)
    asked: int = 0
    peak_mb: float | None = None

    def table(self) -> str:
        rows = [
            (name, *(f"{at_share(waits, share) * 1000:.0f}" for share in (0.5, 0.99))) for name, waits in self._all()
        ]
        return markdown(("from what is said to what is seen, in ms", "p50", "p99"), rows)

    def _all(self) -> Iterator[tuple[str, list[float]]]:
        yield from self.waits.items()
        if self.suggested:
            yield f"!ask, suggestions ({len(self.suggested)} of {self.asked} had some)", self.suggested


def config(folder: Path, url: str, port: int, rooms: int, *, semantic: bool) -> Path:
    spaces: dict[str, dict[str, Any]] = {}
    for index in range(rooms):
        name = space_of(index)
        level = LEVELS[len(spaces) % len(LEVELS)]
        spaces.setdefault(name, {"level": level, "rooms": []})["rooms"].append(room(index))
    written = {
        "homeserver": {"url": url},
        "bot": {"user_id": BOT},
        "appservice": {"url": f"http://127.0.0.1:{port}", "listen": f"127.0.0.1:{port}"}
        | {"as_token": "as_token", "hs_token": "hs_token"},
        "database": f"sqlite:///{folder / 'askbridge.db'}",
        "encryption": {"enabled": False},
        "commands": {"flood": {"enabled": False}},
        "people": {"staff": [f"@*:{SERVER}"]},
        "spaces": spaces,
        "search": {"semantic": semantic},
    }
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(written))
    return path


async def measure(folder: Path, rooms: int, times: int, only: str, *, semantic: bool, settle: float) -> Figures:
    """`settle`: for how many seconds the start may go on in the background before anything is said."""
    town, port = Town(rooms), free_port()
    path = config(folder, town.url, port, rooms, semantic=semantic)
    await town.start(f"http://127.0.0.1:{port}")
    try:
        began = time.perf_counter()
        async with BotProcess(askbridge(path), folder) as process:
            await process.ready(within=300)
            figures = Figures(time.perf_counter() - began)
            await asyncio.sleep(settle)
            await _all(town, times, [trial for trial in TRIALS if trial.name.startswith(only)], figures)
            figures.peak_mb = peak_mb(process.pid)
            return figures
    finally:
        await town.stop()


async def _all(town: Town, times: int, trials: Sequence[Trial], figures: Figures) -> None:
    random = Random(1)
    writer = Writer(random)
    for trial in trials:
        await _wait(town.say(0, trial.says(random, writer)))
        figures.waits[trial.name] = []
        for _ in range(times):
            asked = town.say(random.randrange(len(town.rooms)), trial.says(random, writer))
            await _wait(asked)
            figures.waits[trial.name].append(asked.after(0))
            if trial.name.startswith("!ask"):
                await _suggestions(asked, figures)
            await asyncio.sleep(BETWEEN)


async def _wait(asked: Asked) -> None:
    await asyncio.wait_for(asked.arrived.wait(), PATIENCE)


async def _suggestions(asked: Asked, figures: Figures) -> None:
    """They come by an edit of the card, where there are any."""
    figures.asked += 1
    asked.arrived.clear()
    if len(asked.came) < 2:
        with suppress(TimeoutError):
            await asyncio.wait_for(asked.arrived.wait(), 0.5)
    if len(asked.came) > 1:
        figures.suggested.append(asked.after(1))
