"""A table on standard output: ruled at a terminal, plain and as wide as it needs to be in a pipe."""

from collections.abc import Callable, Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text


def show(headings: Sequence[str], rows: Iterable[Sequence[str]], clean: Callable[[str], str]) -> None:
    """`clean` hides what must not be shown."""
    console = Console(highlight=False, markup=False, emoji=False)
    table = Table(box=SIMPLE_HEAD if console.is_terminal else None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    if not console.is_terminal:
        console.width = 1_000
    console.print(table)
