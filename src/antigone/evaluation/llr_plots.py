"""Tippett, PAV, ECE and reliability plots as SVG, with matplotlib from the `validation` extra."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from antigone.evaluation.llr_curves import Ece, Tippett
from antigone.evaluation.pav import Blocks
from antigone.evaluation.plots import LINES, axes_for, save
from antigone.evaluation.posteriors import Reliability


def tippett_plot(curves: Tippett, out: Path, title: str) -> None:
    """Draw both cumulative distributions of log10 LR to the SVG file `out`."""
    figure, axes = axes_for(title)
    for shares, name, (colour, style) in zip(
        (curves.mated, curves.non_mated), ("one person", "two people"), LINES, strict=False
    ):
        axes.plot(curves.thresholds, 100 * shares, color=colour, linestyle=style, label=name)
    axes.axvline(0.0, color=LINES[0][0], linewidth=0.6)
    axes.set_xlabel("log10 of the likelihood ratio")
    axes.set_ylabel("comparisons with at least that ratio, %")
    save(figure, axes, out)


def pav_plot(blocks: Blocks, out: Path, title: str) -> None:
    """Draw log10 LR after PAV over before it; calibrated ratios lie on the diagonal. Infinite steps are not drawn."""
    figure, axes = axes_for(title)
    finite = np.isfinite(blocks.log10)
    middle = (blocks.low[finite] + blocks.high[finite]) / 2.0
    after = blocks.log10[finite]
    spread = np.stack([middle - blocks.low[finite], blocks.high[finite] - middle])
    axes.errorbar(middle, after, xerr=spread, color=LINES[0][0], fmt=".", linewidth=0.8, label="after PAV")
    ends = np.concatenate([blocks.low, blocks.high, after])
    low, high = float(ends.min()), float(ends.max())
    axes.plot([low, high], [low, high], color=LINES[1][0], linestyle="--", label="calibrated")
    axes.set_xlabel("log10 of the likelihood ratio, as given")
    axes.set_ylabel("log10 of the likelihood ratio, after PAV")
    save(figure, axes, out)


def ece_plot(curves: Ece, out: Path, title: str) -> None:
    """Draw empirical cross-entropy over log10 of the prior odds to the SVG file `out`."""
    figure, axes = axes_for(title)
    lines = ((curves.given, "as given"), (curves.best, "after PAV"), (curves.neutral, "no evidence"))
    for (entropy, name), (colour, style) in zip(lines, LINES, strict=False):
        axes.plot(curves.log10_prior_odds, entropy, color=colour, linestyle=style, label=name)
    axes.set_xlabel("log10 of the prior odds")
    axes.set_ylabel("empirical cross-entropy, bits")
    axes.set_ylim(bottom=0.0)
    save(figure, axes, out)


def reliability_plot(found: Sequence[Reliability], out: Path, title: str) -> None:
    """Draw the share of top leads that were right over the posterior that was said, with intervals, to `out`."""
    figure, axes = axes_for(title)
    for each, (colour, _) in zip(found, LINES, strict=False):
        said = np.array([one.said for one in each.classes])
        true = np.array([one.true for one in each.classes])
        spread = np.array([[one.true - one.low, one.high - one.true] for one in each.classes]).T
        axes.errorbar(
            said,
            true,
            yerr=np.maximum(spread, 0.0),
            color=colour,
            fmt="o",
            markersize=3,
            linewidth=0.8,
            label=f"prior 1 in {each.missing:,}",
        )
    axes.plot([0, 1], [0, 1], color=LINES[0][0], linestyle="--", linewidth=0.8, label="as said")
    axes.set_xlabel("posterior of the top lead")
    axes.set_ylabel("share that was right")
    save(figure, axes, out)
