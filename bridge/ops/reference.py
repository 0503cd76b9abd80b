"""`python -m bridge.ops.reference --write` writes the metrics page; `--check` fails where it is stale."""

import sys
from pathlib import Path

from bridge.ops.metrics import reference

PAGE = Path("docs/reference/metrics.md")


def stale(page: Path) -> bool:
    return not page.is_file() or page.read_text("utf-8") != reference()


def main(arguments: list[str]) -> int:
    """Write or check below the current folder; the exit code."""
    if arguments == ["--write"]:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(reference(), "utf-8")
        return 0
    if arguments != ["--check"]:
        sys.stderr.write("usage: python -m bridge.ops.reference --write | --check\n")
        return 2
    if stale(PAGE):
        sys.stderr.write(f"{PAGE} is stale: run scripts/docs\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
