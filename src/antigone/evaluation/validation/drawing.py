"""The plots of a report, and the same curves as tables of numbers for whoever cannot see them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np

from antigone.evaluation import llr_plots
from antigone.evaluation.llr_curves import Tippett
from antigone.evaluation.metrics import Floats
from antigone.evaluation.validation.document import Block, Plot, Table
from antigone.evaluation.validation.weighing import Curves
from antigone.evaluation.validation.words import percent, ratio

MOST_STEPS = 9
"""Steps of PAV in the table; where there are more, so many spread over them."""

PRIORS = (-4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0)


def drawn(curves: Curves, ladder: str) -> list[Block]:
    """Every plot of one ladder's ratios, with its numbers below it."""
    blocks: list[Block] = [
        Plot(
            _svg(lambda out: llr_plots.tippett_plot(_stepped(curves.tippett), out, f"Tippett: {ladder}")),
            f"Tippett plot of the ladder {ladder}: two falling curves over log10 of the likelihood ratio, the share "
            "of comparisons with at least that ratio, of one person and of two people. The numbers are in the table "
            "below.",
            f"Tippett plot, {ladder}",
        ),
        _tippett(curves, ladder),
        Plot(
            _svg(lambda out: llr_plots.pav_plot(curves.pav, out, f"PAV: {ladder}")),
            f"PAV plot of the ladder {ladder}: log10 of the likelihood ratio after pooling adjacent violators over the "
            "ratio as given; calibrated ratios lie on the diagonal. The numbers are in the table below.",
            f"PAV plot, {ladder}",
        ),
        _pav(curves, ladder),
        Plot(
            _svg(lambda out: llr_plots.ece_plot(curves.ece, out, f"ECE: {ladder}")),
            f"Empirical cross-entropy of the ladder {ladder} over log10 of the prior odds: three curves, as given, "
            "after PAV and without evidence. The numbers are in the table below.",
            f"Empirical cross-entropy (ECE), {ladder}",
        ),
        _ece(curves, ladder),
    ]
    found = curves.reliability
    if found is not None:
        blocks += [
            Plot(
                _svg(lambda out: llr_plots.reliability_plot([found], out, f"Posteriors: {ladder}")),
                f"Reliability plot of the ladder {ladder}: the share of top leads that were right over the posterior "
                f"that was said, at a prior of 1 in {found.missing:,}. The numbers are in the table below.",
                f"Posteriors of the top lead, {ladder}",
            ),
            _reliability(curves, ladder),
        ]
    return blocks


def _svg(draw: Callable[[Path], None]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "plot.svg"
        draw(out)
        return out.read_bytes()


def _stepped(curves: Tippett) -> Tippett:
    """The same curves with both ends of every step, so that no line runs aslant between two ratios."""
    thresholds = np.repeat(curves.thresholds, 2)
    mated, other = (np.append(np.repeat(shares, 2)[1:], 0.0) for shares in (curves.mated, curves.non_mated))
    return Tippett(thresholds, mated, other)


def _tippett(curves: Curves, ladder: str) -> Table:
    levels = curves.tippett.thresholds
    marks = np.arange(np.floor(levels.min()), np.ceil(levels.max()) + 1)
    rows = tuple(
        (_mark(mark), _at(mark, levels, curves.tippett.mated), _at(mark, levels, curves.tippett.non_mated))
        for mark in marks
    )
    return Table(
        f"Comparisons with at least a ratio, {ladder}", ("log10 LR at least", "One person", "Two people"), rows
    )


def _mark(value: float) -> str:
    return f"{value:+.0f}" if value else "0"


def _at(mark: float, levels: Floats, shares: Floats) -> str:
    """The share at or above `mark`: that of the lowest level from it on."""
    place = int(np.searchsorted(levels, mark - 1e-9))
    return percent(float(shares[place]) if place < levels.size else 0.0, places=3)


def _pav(curves: Curves, ladder: str) -> Table:
    blocks = curves.pav
    chosen = np.unique(np.linspace(0, blocks.low.size - 1, min(MOST_STEPS, blocks.low.size)).astype(np.intp))
    rows = tuple(
        (
            f"{ratio(float(blocks.low[at]))} to {ratio(float(blocks.high[at]))}",
            ratio(float(blocks.log10[at])),
            percent(float(blocks.mated[at]), places=3),
            percent(float(blocks.non_mated[at]), places=3),
        )
        for at in chosen
    )
    more = "" if chosen.size == blocks.low.size else f" ({chosen.size} of {blocks.low.size} steps)"
    head = ("log10 LR as given", "after PAV", "Of one person", "Of two people")
    return Table(f"Steps of PAV, {ladder}{more}", head, rows)


def _ece(curves: Curves, ladder: str) -> Table:
    grid = curves.ece.log10_prior_odds
    rows = tuple(
        (_mark(prior), *(f"{np.interp(prior, grid, column):.4f}" for column in _columns(curves)))
        for prior in PRIORS
        if grid.min() <= prior <= grid.max()
    )
    head = ("log10 prior odds", "As given, bits", "After PAV, bits", "No evidence, bits")
    return Table(f"Empirical cross-entropy, {ladder}", head, rows)


def _columns(curves: Curves) -> tuple[Floats, Floats, Floats]:
    return curves.ece.given, curves.ece.best, curves.ece.neutral


def _reliability(curves: Curves, ladder: str) -> Table:
    found = curves.reliability
    assert found is not None
    rows = tuple(
        (
            name,
            f"{each.searches:,}",
            percent(each.said),
            percent(each.true),
            f"{percent(each.low)} to {percent(each.high)}",
            "yes" if each.agrees else "no",
        )
        for name, each in [
            *((f"class {number}", one) for number, one in enumerate(found.classes, start=1)),
            ("all", found.overall),
        ]
    )
    head = ("Posteriors", "Searches", "Said, mean", "Right", "95 %", "Agrees")
    return Table(f"Posteriors of the top lead at a prior of 1 in {found.missing:,}, {ladder}", head, rows)
