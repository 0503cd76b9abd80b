"""A process of its own: reads a chart as JSON from standard input, writes a PNG to standard output.

For phones: 800 x 500 points at two pixels each, big letters, its own light ground under any theme. Blue and orange of
Okabe and Ito are told apart by colour-blind people, and by their lightness; names stand beside the colours.
"""

import json
import sys
from typing import Any

SIZE = (8.0, 5.0)
DPI = 200
GROUND, INK, GRID = "#ffffff", "#222222", "#d9d9d9"
ASKED, ANSWERED, WAITING = "#0072b2", "#e69f00", "#555555"
LABELS = 5
"""At most so many dates fit side by side."""
LETTERS = 18


def main() -> None:
    sys.stdout.buffer.write(picture(json.load(sys.stdin)))


def picture(chart: dict[str, Any]) -> bytes:
    import io

    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    with mpl.rc_context({"font.family": "DejaVu Sans", "font.size": LETTERS, "text.parse_math": False}):
        figure = Figure(figsize=SIZE, dpi=DPI, facecolor=GROUND, layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.1))
        figure.suptitle(chart["title"], x=0.015, ha="left", color=INK, fontsize=LETTERS + 2, fontweight="bold")
        flow, stock = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
        _bars(flow, chart)
        _line(stock, chart)
        for axes in (flow, stock):
            _plain(axes)
        _dates(stock, chart["labels"])
        out = io.BytesIO()
        figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()


def _bars(axes: Any, chart: dict[str, Any]) -> None:
    places = range(len(chart["labels"]))
    width = 0.42
    for shift, name, colour in ((-width / 2, "asked", ASKED), (width / 2, "answered", ANSWERED)):
        label = f"{chart[name + '_name']}: {_grouped(sum(chart[name]))}"
        axes.bar([p + shift for p in places], chart[name], width, color=colour, label=label)
    _above(axes, 2)


def _line(axes: Any, chart: dict[str, Any]) -> None:
    places = list(range(len(chart["labels"])))
    waiting = chart["waiting"]
    label = f"{chart['waiting_name']}: {_grouped(waiting[-1] if waiting else 0)}"
    marker = "o" if len(places) <= 31 else ""
    axes.plot(places, waiting, color=WAITING, linewidth=3, marker=marker, markersize=6, label=label)
    axes.fill_between(places, waiting, color=WAITING, alpha=0.15, linewidth=0)
    _above(axes, 1)


def _above(axes: Any, columns: int) -> None:
    """Names over the drawing, so that they hide nothing; room above the highest value; no negative amounts."""
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.01, 0.98),
        ncols=columns,
        frameon=False,
        labelcolor=INK,
        borderaxespad=0.1,
        borderpad=0.1,
        handlelength=1.2,
        handletextpad=0.5,
        columnspacing=1.5,
    )
    top = axes.get_ylim()[1]
    axes.set_ylim(0, max(1.05 * top, 1))


def _plain(axes: Any) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.set_facecolor(GROUND)
    axes.set_axisbelow(True)
    axes.grid(axis="y", color=GRID, linewidth=1)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(INK)
    axes.tick_params(colors=INK, length=0)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(_grouped))


def _grouped(value: float, _place: int | None = None) -> str:
    """As it can be read in every language: 12 500."""
    return f"{value:,.0f}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _dates(axes: Any, labels: list[str]) -> None:
    """The last day is named, and some before it at equal distances."""
    if not labels:
        axes.set_xticks([])
        return
    step = max(1, -(-len(labels) // LABELS))
    places = list(range(len(labels) - 1, -1, -step))
    axes.set_xticks(places, [labels[place] for place in places])
    axes.set_xlim(-0.75, max(len(labels), 7) - 0.25 if len(labels) < 7 else len(labels) - 0.25)


if __name__ == "__main__":
    main()
