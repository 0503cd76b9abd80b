"""One bot under load, once: one question at a time, then a burst; and whether every question got its one reply."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.bots import Bot, BotProcess, command
from bench.ledger import Asked
from bench.machine import cpu_ms, peak_mb
from bench.stored import stored_wrong
from bench.stub import BOT, StubHomeserver
from bench.table import at_share
from bridge.demo.homeserver import free_port

_BETWEEN = 0.005
QUIET = 0.4
"""Seconds after the last reply in which a doubled one would come, and the bot writes down what it sent."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many questions are asked at once, how many one at a time, and in how many rooms."""

    burst: int = 3000
    latency: int = 200
    rooms: int = 50


@dataclass(frozen=True, slots=True)
class Measured:
    """Times in milliseconds; `wrong` counts what must not be. Processor time and memory are None where unknown."""

    bot: Bot
    per_second: float
    p50: float
    p99: float
    cpu_ms: float | None
    peak_mb: float | None
    wrong: Counter[str]


async def measure(bot: Bot, size: Size, folder: Path, *, echoes: bool = False, within: float = 120) -> Measured:
    """Raises BotFailed where the bot ends or does not reply within so many seconds."""
    stub, port = StubHomeserver(size.rooms, echoes=echoes), free_port()
    started = command(bot, folder, stub.url, BOT, stub.rooms, port)
    await stub.start(f"http://127.0.0.1:{port}" if bot.way == "push" else None)
    try:
        async with BotProcess(started, folder) as process:
            deadline = time.monotonic() + within
            if bot.peer is None:
                await process.ready()
            return await Run(bot, stub, process, folder, deadline).measured(size)
    finally:
        await stub.stop()


class Run:
    """A bot that runs, and what is asked of it."""

    def __init__(self, bot: Bot, stub: StubHomeserver, process: BotProcess, folder: Path, deadline: float) -> None:
        self._bot = bot
        self._stub = stub
        self._process = process
        self._folder = folder
        self._deadline = deadline
        self._number = 0

    async def measured(self, size: Size) -> Measured:
        await self.ask_all(size.rooms)
        await asyncio.sleep(QUIET)
        waits = [await self.ask_one() for _ in range(size.latency)]
        before = cpu_ms(self._process.pid)
        per_second = await self.burst(size.burst)
        await asyncio.sleep(QUIET)
        after, peak = cpu_ms(self._process.pid), peak_mb(self._process.pid)
        used = (after - before) / size.burst if before is not None and after is not None else None
        exit_code = await self._process.stop()
        return Measured(
            self._bot, per_second, at_share(waits, 0.5), at_share(waits, 0.99), used, peak, self.wrong(exit_code)
        )

    async def ask_one(self) -> float:
        asked = (await self.ask_all(1))[0]
        await asyncio.sleep(_BETWEEN)
        return ((asked.replied_at or 0) - asked.at) * 1000

    async def burst(self, count: int) -> float:
        """Questions in a second, from the first asked to the last answered."""
        asked = await self.ask_all(count)
        return count / (max(one.replied_at or 0 for one in asked) - asked[0].at)

    async def ask_all(self, count: int) -> Sequence[Asked]:
        """Ask, and wait until all is answered; the bot's first questions also wait for its start."""
        asked = [self._stub.ask(self._number + index) for index in range(count)]
        self._number += count
        while not self._stub.ledger.all_replied.is_set():
            try:
                await asyncio.wait_for(self._stub.ledger.all_replied.wait(), 1)
            except TimeoutError:
                self._process.check(self._deadline)
        return asked

    def wrong(self, exit_code: int) -> Counter[str]:
        """Of peers only what was sent; of askbridge also what it stored, how it ended and what it complained of."""
        wrong = self._stub.ledger.wrong()
        if self._bot.peer is None:
            wrong += stored_wrong(self._folder / "askbridge.db", self._stub.ledger)
            wrong["ended with an error"] = abs(exit_code)
            wrong["complaints in its log"] = len(self._process.complaints())
        return +wrong
