"""Tables, intervals and figures, in the same hand in every notebook."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import matplotlib.pyplot as plt
import numpy as np
import polars as pl
from IPython.display import Markdown
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

#: A colour a class of span, the same everywhere.
CLASS_COLOURS = {
    "knowledge": "#1b6ca8",
    "inferable": "#2a9d5c",
    "ambiguous": "#e0a100",
    "trivial": "#8a8a8a",
    "noise": "#c0392b",
    "unlabelled": "#b7a6c9",
}
#: A colour a run or a role, in order.
COLOURS = ["#1b6ca8", "#d2691e", "#2a9d5c", "#7b4fa3"]

plt.rcParams.update(
    {
        "figure.dpi": 80,
        "figure.facecolor": "white",
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.titlesize": 10,
        "axes.titlelocation": "left",
        "legend.frameon": False,
    }
)


def panels(count: int, height: float = 2.9) -> tuple[Figure, list[Axes]]:
    """A row of `count` axes; `height` in inches."""
    figure, axes = plt.subplots(1, count, figsize=(3.7 * count, height), layout="constrained", squeeze=False)
    return figure, list(axes[0])


def label(axes: Axes, title: str, x: str, y: str) -> None:
    """Title and axes, with their units. Steps get whole numbers."""
    axes.set(title=title, xlabel=x, ylabel=y)
    if x.startswith("step"):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))


def show(rows: pl.DataFrame) -> Markdown:
    """A table as Markdown: floats with three significant digits, text with its line ends and bars escaped."""
    head = f"| {' | '.join(rows.columns)} |\n|{' --- |' * rows.width}\n"
    lines = (f"| {' | '.join(cell(value) for value in row)} |" for row in rows.iter_rows())
    return Markdown(head + "\n".join(lines))


def cell(value: object) -> str:
    """A value as a table's cell; empty for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value).replace("\n", " ").replace("|", "\\|").replace("[mask]", "**[mask]**")


def bootstrap(statistic: Callable[[np.ndarray], float], units: int, draws: int = 2000, seed: int = 0) -> tuple[float, float]:
    """95% interval of a statistic. `statistic` takes indices into `units` independent units, drawn with replacement, and gives a number."""
    random = np.random.default_rng(seed)
    values = [statistic(random.integers(0, units, units)) for _ in range(draws)]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


def mean_interval(values: Sequence[float], draws: int = 2000, seed: int = 0) -> tuple[float, float, float]:
    """Mean of independent values with its 95% bootstrap interval: (mean, low, high)."""
    array = np.asarray(values, dtype=float)
    low, high = bootstrap(lambda drawn: float(array[drawn].mean()), len(array), draws, seed)
    return float(array.mean()), low, high
