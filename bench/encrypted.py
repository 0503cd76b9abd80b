"""Questions in encrypted rooms beside the same ones in plain rooms: `python -m bench.encrypted`, see --help.

Both run in each round, one right after the other and in turns first. Shown are medians over the rounds; the ratio is
the median of the rounds' ratios.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.bots import OURS, WAYS, BotFailed, BotProcess, Way, askbridge, askbridge_config
from bench.load import QUIET, Run
from bench.machine import cpu_ms, machine, peak_mb
from bench.sealed import SealedHomeserver
from bench.speed import tell
from bench.stub import BOT
from bench.table import at_share, markdown, middle
from bridge.demo.homeserver import free_port

HEAD = (
    "rooms",
    "way in",
    "first burst, commands/s",
    "times plain",
    "later burst, commands/s",
    "times plain",
    "p50 / p99 ms",
    "CPU ms a command",
    "peak MB",
    "wrong",
)
Kind = tuple[Way, bool]
"""The way in, and whether the rooms are encrypted."""


@dataclass(frozen=True, slots=True)
class Size:
    """`members`: people in each room beside the bot, each with one device."""

    questions: int = 1000
    latency: int = 200
    rooms: int = 20
    members: int = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """`first`: commands in a second while the bot has still to give its keys to everybody; `later`: in the second
    burst, in which each room gets a new key once its 100 messages are full. Processor time is that of both bursts.
    """

    first: float
    later: float
    p50: float
    p99: float
    cpu_ms: float | None
    peak_mb: float | None
    letters: int
    requests: int
    wrong: Counter[str]


async def measure(way: Way, sealed: bool, size: Size, folder: Path, within: float = 120) -> Measured:
    """Raises BotFailed where the bot ends or does not reply within so many seconds."""
    stub, port = SealedHomeserver(size.rooms, size.members, sealed=sealed, pushes=way == "push"), free_port()
    config = askbridge_config(folder, way, stub.url, BOT, stub.rooms, port=port, encryption=True)
    await stub.start(f"http://127.0.0.1:{port}" if way == "push" else None)
    try:
        async with BotProcess(askbridge(config), folder) as process:
            await process.ready()
            await stub.give_keys(within)
            run = Run(OURS[way], stub, process, folder, time.monotonic() + within)
            return await _measured(run, stub, process, size)
    finally:
        await stub.stop()


async def _measured(run: Run, stub: SealedHomeserver, process: BotProcess, size: Size) -> Measured:
    stub.prepare(0, 2 * size.questions + size.latency)
    await asyncio.sleep(QUIET)
    before = cpu_ms(process.pid) or 0
    first = await run.burst(size.questions)
    await asyncio.sleep(QUIET)
    between = cpu_ms(process.pid) or 0
    waits = [await run.ask_one() for _ in range(size.latency)]
    await asyncio.sleep(QUIET)
    again = cpu_ms(process.pid) or 0
    later = await run.burst(size.questions)
    await asyncio.sleep(QUIET)
    after, peak = cpu_ms(process.pid) or 0, peak_mb(process.pid)
    used = (after - again + between - before) / (2 * size.questions)
    wrong = run.wrong(await process.stop()) + stub.unreadable()
    p50, p99 = at_share(waits, 0.5), at_share(waits, 0.99)
    return Measured(first, later, p50, p99, used or None, peak, stub.desk.letters, stub.desk.requests, wrong)


async def rounds(count: int, ways: Sequence[Way], size: Size) -> dict[Kind, list[Measured]]:
    runs: dict[Kind, list[Measured]] = defaultdict(list)
    for number in range(count):
        for way in ways:
            for sealed in (False, True) if number % 2 else (True, False):
                with tempfile.TemporaryDirectory() as folder:
                    measured = await measure(way, sealed, size, Path(folder))
                runs[way, sealed].append(measured)
                name = "encrypted" if sealed else "plain"
                said = f"{measured.first:.0f} and {measured.later:.0f} commands/s"
                tell(f"round {number + 1} of {count}: {name}, {way}: {said}; {measured.letters} keys given")
    return runs


def rows(runs: dict[Kind, list[Measured]], ways: Sequence[Way]) -> list[list[str]]:
    return [_row(way, sealed, runs) for way in ways for sealed in (True, False)]


def _row(way: Way, sealed: bool, runs: dict[Kind, list[Measured]]) -> list[str]:
    mine, plain = runs[way, sealed], runs[way, False]
    pairs = list(zip(mine, plain, strict=True))
    wrong = sum((one.wrong for one in mine), Counter[str]())
    return [
        "**encrypted**" if sealed else "plain",
        way,
        middle([one.first for one in mine], 0),
        middle([one.first / other.first for one, other in pairs], 2),
        middle([one.later for one in mine], 0),
        middle([one.later / other.later for one, other in pairs], 2),
        f"{middle([one.p50 for one in mine], 1)} / {middle([one.p99 for one in mine], 1)}",
        middle([one.cpu_ms for one in mine], 2),
        middle([one.peak_mb for one in mine], 0),
        ", ".join(f"{count} {what}" for what, count in wrong.items()) or "nothing",
    ]


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench encrypted", description="Encrypted rooms beside plain ones.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--questions", type=int, default=1000, help="at once, twice")
    parser.add_argument("--latency", type=int, default=200, help="questions one at a time")
    parser.add_argument("--rooms", type=int, default=20)
    parser.add_argument("--members", type=int, default=5, help="people in each room, each with one device")
    parser.add_argument("--only", choices=WAYS)
    return parser.parse_args()


def main() -> int:
    import uvloop

    given, said = options(), machine()
    ways: Sequence[Way] = [given.only] if given.only else WAYS
    size = Size(given.questions, given.latency, given.rooms, given.members)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            runs = runner.run(rounds(given.rounds, ways, size))
        except BotFailed as error:
            tell(str(error))
            return 1
    what = f"{size.questions} questions at once in {size.rooms} rooms of {size.members} people with a device each"
    sys.stdout.write(f"{markdown(HEAD, rows(runs, ways))}\n\nMedians of {given.rounds} rounds; {what}. {said}.\n")
    return int(any(one.wrong for each in runs.values() for one in each))


if __name__ == "__main__":
    sys.exit(main())
