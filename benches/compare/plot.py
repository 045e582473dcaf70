"""Draws reports/compare.svg: seconds by size of the text."""

from pathlib import Path

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt
from matplotlib.ticker import FuncFormatter, NullLocator

WIDTH_MM, HEIGHT_MM = 85, 92
# Okabe and Ito's colours, which colour-blind people can tell apart; the markers differ too.
STYLES = {
    "llm-prevalence estimate, 1 thread": ("#0072B2", "o", "-"),
    "llm-prevalence estimate, 2 threads": ("#0072B2", "s", "--"),
    "llm-prevalence score, 1 thread": ("#56B4E9", "o", "-"),
    "llm-prevalence score, 2 threads": ("#56B4E9", "s", "--"),
    "spaCy": ("#D55E00", "^", "-"),
    "HF tokenizers": ("#E69F00", "v", "-"),
    "wc -w": ("#009E73", "D", "-"),
    "count of spaces": ("#CC79A7", "P", "-"),
    "memchr": ("#000000", "X", "-"),
}
SETTINGS = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "compare",
    "font.family": "sans-serif",
    "font.size": 7,
    "axes.linewidth": 0.6,
    "axes.edgecolor": "#595959",
    "xtick.color": "#262626",
    "ytick.color": "#262626",
}


def draw(texts: dict, path: Path) -> None:
    """Draws a line for each program; hollow markers are scaled from a smaller text."""
    plt.rcParams.update(SETTINGS)
    figure, axes = plt.subplots(figsize=(WIDTH_MM / 25.4, HEIGHT_MM / 25.4), layout="constrained")
    for name, by_size in texts.items():
        colour, marker, line = STYLES[name]
        seconds = [used.seconds for used in by_size.values()]
        axes.plot(list(by_size), seconds, line, color=colour, linewidth=1.1, label=name)
        for size, used in by_size.items():
            fill = "white" if used.scaled_from else colour
            axes.plot(size, used.seconds, marker, color=colour, markerfacecolor=fill, markersize=3.5)
    axes.set(xscale="log", yscale="log", xlabel="MB of JSON Lines", ylabel="seconds")
    axes.set_xticks(list(next(iter(texts.values()))))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_minor_locator(NullLocator())
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axes.grid(color="#d9d9d9", linewidth=0.4)
    axes.spines[["top", "right"]].set_visible(False)
    handles = [
        plt.Line2D([], [], color=colour, marker=marker, linestyle=line, linewidth=1.1, markersize=3.5, label=name)
        for name, (colour, marker, line) in STYLES.items()
        if name in texts
    ]
    figure.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False, fontsize=6.2, handlelength=2.2)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
