"""Entry: makes the databases that are missing, and measures askbridge on them."""

import argparse
import asyncio
import sys
import time
from pathlib import Path

from bench.machine import machine
from bench.scale.derived import derive
from bench.scale.measure import measure
from bench.scale.rows import Plan, build
from bench.scale.vectors import add_vectors


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _built(folder: Path, plan: Plan) -> None:
    if not (folder / "askbridge.db").exists():
        folder.mkdir(parents=True, exist_ok=True)
        seconds = build(folder, plan)
        size = (folder / "askbridge.db").stat().st_size / 1e6
        _say(f"{plan.questions:,} questions written in {seconds:.0f} s; {size:,.0f} MB without what is made of them")
    took = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in derive(folder, plan.rooms).items())
    size = (folder / "askbridge.db").stat().st_size / 1e6
    _say(f"made of them: {took}; {size:,.0f} MB with them")


def _read(folder: Path) -> str:
    """As on a machine where it has been running for a while; systems drop again what nobody reads for long."""
    with (folder / "askbridge.db").open("rb") as database:
        while database.read(1 << 24):
            pass
    return "the machine has read once before"


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench scale", description="With a million questions.")
    parser.add_argument("what", choices=("build", "run"), nargs="?", default="run")
    parser.add_argument("--questions", type=int, default=1_000_000)
    parser.add_argument("--into", type=Path, required=True, help="the folder of the database; made where there is none")
    parser.add_argument("--rooms", type=int, default=200)
    parser.add_argument("--times", type=int, default=200, help="how often each thing is said")
    parser.add_argument("--semantic", action="store_true", help="with vectors")
    parser.add_argument(
        "--settle", type=float, default=4.0, metavar="SECONDS", help="between the start and the first word"
    )
    parser.add_argument("--cold", action="store_true", help="do not have the machine read the database once before")
    parser.add_argument("--only", default="", metavar="WORDS", help="only what begins with these words")
    given = parser.parse_args()
    _say(machine())
    _built(given.into, Plan(given.questions, given.rooms, now=time.time_ns() // 1_000_000))
    if given.semantic and (count := add_vectors(given.into)):
        _say(f"{count:,} vectors added; {(given.into / 'askbridge.db').stat().st_size / 1e6:,.0f} MB with them")
    if given.what == "run":
        _say("on a database that " + ("was not looked at before" if given.cold else _read(given.into)))
        figures = asyncio.run(
            measure(given.into, given.rooms, given.times, given.only, semantic=given.semantic, settle=given.settle)
        )
        _say(f"from the start to ready: {figures.started:.1f} s; most memory: {figures.peak_mb or 0:.0f} MB\n")
        _say(figures.table())


if __name__ == "__main__":
    main()
