"""`python -m bridge.cli_reference --write` writes the page of the command line; `--check` fails where it is stale."""

import re
import sys
from pathlib import Path
from typing import Any

import typer

from bridge.cli import app

PAGE = Path("docs/reference/cli.md")

_HEAD = """\
# The command line

Made from the program itself by `scripts/docs`; do not edit.

What goes wrong is told in a line on standard error that says what to do. Exit code 0: all is well. 1: something is
wrong. 2: the command line is. 130: ended by Ctrl-C. A bug is told with a reference, and its stack kept in a file.
"""


def reference() -> str:
    """The page: every verb with its usage, what it does, its arguments and options."""
    program: Any = typer.main.get_command(app)
    context = program.make_context("askbridge", [], resilient_parsing=True)
    return "\n".join([_HEAD, *(_verb(context, program.commands[name]) for name in program.list_commands(context))])


def _verb(program: Any, command: Any) -> str:
    context = type(program)(command, info_name=command.name, parent=program)
    usage = " ".join(["askbridge", command.name, *command.collect_usage_pieces(context)])
    help_text = " ".join((command.help or "").split())
    rows = [record for param in command.params if (record := _record(param, context))]
    table = ["| | |", "|---|---|", *(f"| {name} | {words} |" for name, words in rows), ""] if rows else []
    return "\n".join([f"## {command.name}", "", f"    {usage}", "", help_text, "", *table])


def _record(param: Any, context: Any) -> tuple[str, str] | None:
    record = param.get_help_record(context)
    if record is None or param.name == "help":
        return None
    names, words = record
    return f"`{names}`".replace("|", "\\|"), re.sub(r"\s+", " ", words).replace("|", "\\|")


def main(arguments: list[str]) -> int:
    """Write or check below the current folder; the exit code."""
    if arguments == ["--write"]:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(reference(), "utf-8")
        return 0
    if arguments != ["--check"]:
        sys.stderr.write("usage: python -m bridge.cli_reference --write | --check\n")
        return 2
    if not PAGE.is_file() or PAGE.read_text("utf-8") != reference():
        sys.stderr.write(f"{PAGE} is stale: run scripts/docs\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
