"""askbridge beside bare echoes that store nothing: `python -m bench.speed`, see --help.

Both of a pair run in each round, one right after the other and in turns first, so that a change of the machine's mood
meets both. Shown are medians over the rounds; the ratio is the median of the rounds' ratios.
"""

import argparse
import asyncio
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from bench.bots import BARE, OURS, PEERS, WAYS, Bot, BotFailed, Way
from bench.load import Measured, Size, measure
from bench.machine import machine
from bench.table import markdown, middle

Runs = dict[Bot, list[Measured]]

HEAD = (
    "bot",
    "way in",
    "commands/s",
    "times its peer",
    "p50 / p99 ms",
    "above the bare echo",
    "CPU ms a command",
    "peak MB",
    "wrong",
)


def order(number: int, way: Way) -> list[Bot]:
    pair = [OURS[way], PEERS[way]]
    return [*(pair if number % 2 else reversed(pair)), BARE[way]]


async def rounds(count: int, ways: Sequence[Way], size: Size, echoes: bool) -> Runs:
    runs: Runs = defaultdict(list)
    for number in range(count):
        for bot in (bot for way in ways for bot in order(number, way)):
            with tempfile.TemporaryDirectory() as folder:
                measured = await measure(bot, size, Path(folder), echoes=echoes)
            runs[bot].append(measured)
            tell(f"round {number + 1} of {count}: {bot.name}, {bot.way}: {measured.per_second:.0f} commands/s")
    return runs


def rows(runs: Runs, ways: Sequence[Way]) -> list[list[str]]:
    return [row(runs, bot) for way in ways for bot in (OURS[way], PEERS[way], BARE[way])]


def row(runs: Runs, bot: Bot) -> list[str]:
    mine, peers, bare = runs[bot], runs[PEERS[bot.way]], runs[BARE[bot.way]]
    ratios = [one.per_second / peer.per_second for one, peer in zip(mine, peers, strict=True)]
    above_p50 = [one.p50 - floor.p50 for one, floor in zip(mine, bare, strict=True)]
    above_p99 = [one.p99 - floor.p99 for one, floor in zip(mine, bare, strict=True)]
    wrong = sum((one.wrong for one in mine), Counter[str]())
    return [
        bot.name,
        bot.way,
        middle([one.per_second for one in mine], 0),
        middle(ratios, 2),
        f"{middle([one.p50 for one in mine], 1)} / {middle([one.p99 for one in mine], 1)}",
        f"{middle(above_p50, 1)} / {middle(above_p99, 1)}",
        middle([one.cpu_ms for one in mine], 2),
        middle([one.peak_mb for one in mine], 0),
        ", ".join(f"{count} {what}" for what, count in wrong.items()) or "nothing",
    ]


def caption(count: int, size: Size, echoes: bool) -> str:
    return (
        f"Medians of {count} rounds; a burst of {size.burst} questions over {size.rooms} rooms, and {size.latency} one "
        f"at a time{'; the bot gets its own messages back' if echoes else ''}. {machine()}."
    )


def tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/bench", description="askbridge beside bare echoes.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--burst", type=int, default=3000, help="questions at once")
    parser.add_argument("--latency", type=int, default=200, help="questions one at a time")
    parser.add_argument("--rooms", type=int, default=50)
    parser.add_argument("--only", choices=WAYS)
    parser.add_argument("--echoes", action="store_true", help="give the bot its own messages back, as Synapse does")
    return parser.parse_args()


def main() -> int:
    import uvloop

    given = options()
    ways: Sequence[Way] = [given.only] if given.only else WAYS
    size = Size(given.burst, given.latency, given.rooms)
    said = caption(given.rounds, size, given.echoes)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            runs = runner.run(rounds(given.rounds, ways, size, given.echoes))
        except BotFailed as error:
            tell(str(error))
            return 1
    sys.stdout.write(f"{markdown(HEAD, rows(runs, ways))}\n\n{said}\n")
    return int(any(one.wrong for bot in OURS.values() for one in runs[bot]))


if __name__ == "__main__":
    sys.exit(main())
