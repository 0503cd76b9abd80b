"""Entry: `build` makes the database, `run` measures askbridge on it."""

import argparse
import sys
import time
from pathlib import Path

from bench.scale.rows import Plan, build


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/bench scale", description="With a million questions.")
    parser.add_argument("what", choices=("build",))
    parser.add_argument("--questions", type=int, default=1_000_000)
    parser.add_argument("--into", type=Path, required=True)
    given = parser.parse_args()
    given.into.mkdir(parents=True, exist_ok=True)
    seconds = build(given.into, Plan(given.questions, now=time.time_ns() // 1_000_000))
    size = (given.into / "askbridge.db").stat().st_size / 1e6
    sys.stdout.write(f"{given.questions} questions in {seconds:.1f} s, {size:.0f} MB\n")


if __name__ == "__main__":
    main()
