"""DET and CMC plots as SVG, with matplotlib from the `validation` extra."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.metrics import DetCurve, Floats

# Ink, brick, teal, ochre: told apart in print and by the colour-blind, together with the line styles.
LINES = (("#1d2733", "-"), ("#a8442a", "--"), ("#1f7a72", "-."), ("#b58900", ":"))


def available() -> bool:
    """Whether plots can be drawn here."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        return False
    return True


def det_plot(curves: Mapping[str, DetCurve], out: Path, title: str) -> None:
    """Draw FNMR over FMR, both logarithmic, a line per name, to the SVG file `out`."""
    figure, axes = axes_for(title)
    for (name, curve), (colour, style) in zip(curves.items(), _cycle(len(curves)), strict=True):
        shown = (curve.false_match > 0) & (curve.false_non_match > 0)
        axes.plot(
            curve.false_match[shown],
            curve.false_non_match[shown],
            color=colour,
            linestyle=style,
            label=name,
            drawstyle="steps-post",
        )
    # Limits of its own, since a recogniser that made no error leaves a logarithmic axis nothing to go by.
    axes.set(xscale="log", yscale="log")
    axes.set_xlim(_lowest([curve.false_match for curve in curves.values()]), 1.0)
    axes.set_ylim(_lowest([curve.false_non_match for curve in curves.values()]), 1.0)
    axes.set_xlabel("false match rate")
    axes.set_ylabel("false non-match rate")
    save(figure, axes, out)


def cmc_plot(cumulative: Mapping[str, Floats], out: Path, title: str) -> None:
    """Draw the share of mates found within each rank, a line per name, to the SVG file `out`."""
    figure, axes = axes_for(title)
    for (name, shares), (colour, style) in zip(cumulative.items(), _cycle(len(cumulative)), strict=True):
        ranks = np.arange(1, shares.size + 1)
        axes.plot(ranks, 100 * shares, color=colour, linestyle=style, label=name, drawstyle="steps-post")
    axes.set_xscale("log")
    axes.set_xticks([1, 2, 5, 10, 20, 50], labels=["1", "2", "5", "10", "20", "50"])
    axes.set_xlabel("rank")
    axes.set_ylabel("mates found, % of people")
    save(figure, axes, out)


def _lowest(rates: Sequence[Floats]) -> float:
    """The power of ten at or below the smallest rate above zero; 1e-4 where there is none."""
    above = [float(rate[rate > 0].min()) for rate in rates if (rate > 0).any()]
    return float(10.0 ** np.floor(np.log10(min([*above, 0.1])))) if above else 1e-4


def _cycle(count: int) -> Sequence[tuple[str, str]]:
    return [LINES[index % len(LINES)] for index in range(count)]


def axes_for(title: str) -> tuple[Any, Any]:
    """A figure and its axes as every plot here has them. Raises EvaluationError without matplotlib."""
    if not available():
        raise EvaluationError(
            "The plots need matplotlib, which is not installed; the figures do not. "
            "Install it with: pip install 'antigone[validation]'."
        )
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.0, 4.5), layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, fontsize=10)
    axes.grid(visible=True, which="both", color="#d9dee3", linewidth=0.5)
    return figure, axes


def save(figure: Any, axes: Any, out: Path) -> None:
    """Write the figure as SVG, the same bytes for the same curves."""
    from matplotlib import rc_context

    axes.legend(frameon=False)
    # A fixed salt makes the file the same for the same curves; text stays text.
    with rc_context({"svg.hashsalt": "antigone", "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": "antigone"})
