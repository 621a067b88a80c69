"""Curves of likelihood ratios as arrays: Tippett, PAV and ECE. Ratios are log10; means are weighted by kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from antigone.evaluation.llr_metrics import LN_10
from antigone.evaluation.metrics import Floats, share_at_least
from antigone.evaluation.pav import Blocks, Order
from antigone.evaluation.scored import ScoredPairs

POINTS = 400


@dataclass(frozen=True)
class Tippett:
    """The share of comparisons of each kind whose log10 LR is at least each of `thresholds`, all shape (m,)."""

    thresholds: Floats
    mated: Floats
    non_mated: Floats


def tippett(pairs: ScoredPairs, ratios: Floats, points: int = POINTS) -> Tippett:
    """The Tippett curves (Evett and Buckleton 1996) at up to `points` ratios, from the lowest to the highest."""
    levels = np.unique(ratios)
    if levels.size > points:
        levels = levels[np.unique(np.linspace(0, levels.size - 1, points).astype(np.intp))]
    shares = [share_at_least(ratios[kind], pairs.weight[kind], levels) for kind in (pairs.same, ~pairs.same)]
    return Tippett(levels, *shares)


def pav(pairs: ScoredPairs, ratios: Floats) -> Blocks:
    """What PAV makes of the ratios: well calibrated ones lie on the diagonal of `low`..`high` against `log10`."""
    return Order(ratios, pairs.same).fit(pairs.weight)


@dataclass(frozen=True)
class Ece:
    """Empirical cross-entropy in bits at each log10 of prior odds, all shape (m,).

    `given` is of the ratios, `best` of what PAV makes of them, `neutral` of a ratio of 1 for everything.
    """

    log10_prior_odds: Floats
    given: Floats
    best: Floats
    neutral: Floats


def ece(pairs: ScoredPairs, ratios: Floats, log10_prior_odds: Floats | None = None) -> Ece:
    """The ECE curves (Ramos and Gonzalez-Rodriguez 2013) at prior odds O = P / (1 - P).

    P times the mean of log2(1 + 1/(LR O)) over the mated, plus 1 - P times the mean of log2(1 + LR O) over the
    non-mated comparisons. At prior odds of 1 it is Cllr.
    """
    grid = np.linspace(-6.0, 2.0, 161) if log10_prior_odds is None else log10_prior_odds
    # Ratios and their weights gathered at equal values: bounds make many of them equal.
    levels, where = np.unique(ratios, return_inverse=True)
    loads = [np.bincount(where, weights=np.where(kind, pairs.weight, 0.0)) for kind in (pairs.same, ~pairs.same)]
    mated, other = (load / load.sum() for load in loads)
    blocks = pav(pairs, ratios)
    return Ece(
        grid,
        np.array([_entropy(levels, mated, other, at) for at in grid]),
        np.array([_entropy(blocks.log10, blocks.mated, blocks.non_mated, at) for at in grid]),
        np.array([_entropy(np.zeros(1), np.ones(1), np.ones(1), at) for at in grid]),
    )


def _entropy(ratios: Floats, mated: Floats, other: Floats, log10_odds: float) -> float:
    prior = 1.0 / (1.0 + 10.0**-log10_odds)
    bits = (ratios + log10_odds) * LN_10
    # A share of zero costs nothing, whatever the ratio there; infinite ratios stand only at such places.
    own, strange = mated > 0, other > 0
    cost_mated = float((mated[own] * np.logaddexp(0.0, -bits[own])).sum())
    cost_other = float((other[strange] * np.logaddexp(0.0, bits[strange])).sum())
    return float((prior * cost_mated + (1.0 - prior) * cost_other) / np.log(2.0))
