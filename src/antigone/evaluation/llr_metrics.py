"""How good likelihood ratios are: Cllr, its minimum by PAV, and how often they mislead.

Ratios are log10; `same` says which comparisons are of one person. Means are weighted, of each kind by itself, so the
proportion of mated comparisons in a set has no say. Brümmer and du Preez 2006 for Cllr and its minimum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from antigone.evaluation.bootstrap import ROUNDS, Interval, resample_people
from antigone.evaluation.metrics import Floats
from antigone.evaluation.pav import Order
from antigone.evaluation.scored import Flags, ScoredPairs

LN_10 = float(np.log(10.0))
STRONG = 2.0
"""log10 of a ratio that strongly misleads when it misleads: 100 for the wrong proposition."""

LEAST_PEOPLE = 20
"""No figure is stated on fewer people with a mated comparison."""


def cllr(ratios: Floats, same: Flags, weights: Floats | None = None) -> float:
    """The log likelihood ratio cost, in bits: 0 is perfect, 1 what a ratio of 1 for everything would cost.

    Half of the sum of the mean of log2(1 + 1/LR) over the mated and of log2(1 + LR) over the non-mated comparisons.
    nan when either kind weighs nothing.
    """
    load = np.ones(ratios.size) if weights is None else weights
    costs = _costs(ratios, same)
    return float(0.5 * sum(_mean(costs[kind], load[kind]) for kind in (same, ~same)))


def cllr_min(ratios: Floats, same: Flags, weights: Floats | None = None) -> float:
    """The Cllr that the best rising function of the ratios would have; what is lost in telling apart alone."""
    load = np.ones(ratios.size) if weights is None else weights
    return Order(ratios, same).fit(load).cllr


def _costs(ratios: Floats, same: Flags) -> Floats:
    signed = np.where(same, -ratios, ratios) * LN_10
    return np.asarray(np.logaddexp(0.0, signed) / np.log(2.0), dtype=np.float64)


def _mean(values: Floats, weights: Floats) -> float:
    total = weights.sum()
    return float((values * weights).sum() / total) if total > 0 else float("nan")


@dataclass(frozen=True)
class Estimate:
    """A figure and its interval (95 %, people drawn again)."""

    value: float
    low: float
    high: float

    def as_json(self) -> dict[str, float]:
        return {"value": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class LlrFigures:
    """The figures of one set of ratios. Shares are of the weight of their kind.

    `misleading_mated` is the share of one person's comparisons with a ratio below 1, `misleading_non_mated` that of
    two people's above 1; the `strongly_` ones by a hundred or more.
    """

    people: int
    mated: int
    non_mated: int
    cllr: Estimate
    cllr_min: Estimate
    cllr_cal: Estimate
    misleading_mated: Estimate
    misleading_non_mated: Estimate
    strongly_misleading_mated: Estimate
    strongly_misleading_non_mated: Estimate

    def as_json(self) -> dict[str, Any]:
        return {name: value.as_json() if isinstance(value, Estimate) else value for name, value in vars(self).items()}


def figures(pairs: ScoredPairs, ratios: Floats, *, rounds: int = ROUNDS, seed: int = 20) -> LlrFigures:
    """The figures of `ratios` (log10), shape (n,), of the comparisons `pairs`, with intervals.

    Raises ValueError when either kind of comparison lacks. Thin large sets first (`ScoredPairs.thinned`).
    """
    if ratios.shape != pairs.scores.shape or not np.isfinite(ratios).all():
        raise ValueError("Every comparison needs a ratio that is a finite number.")
    same = pairs.same
    order, costs = Order(ratios, same), _costs(ratios, same)
    flags = (
        (same, ratios < 0),
        (~same, ratios > 0),
        (same, ratios <= -STRONG),
        (~same, ratios >= STRONG),
    )
    columns = [np.where(kind, flag, False).astype(np.float64) for kind, flag in flags]

    def numbers(weights: Floats) -> Floats:
        mated, other = np.where(same, weights, 0.0), np.where(same, 0.0, weights)
        totals = mated.sum(), other.sum()
        if min(totals) <= 0:
            return np.full(7, np.nan)
        mated, other = mated / totals[0], other / totals[1]
        cost = 0.5 * float(costs @ (mated + other))
        least = order.fit(mated + other).cllr
        shares = [float(column @ (mated + other)) for column in columns]
        return np.array([cost, least, cost - least, *shares])

    values = numbers(pairs.weight)
    if np.isnan(values).any():
        raise ValueError("Figures need comparisons of both kinds.")
    intervals = resample_people(len(pairs.names), lambda drawn: numbers(pairs.drawn(drawn)), rounds=rounds, seed=seed)
    return LlrFigures(pairs.people, pairs.mated, pairs.non_mated, *_estimates(values, intervals))


def _estimates(values: Floats, intervals: Sequence[Interval]) -> list[Estimate]:
    return [
        Estimate(float(value), interval.low, interval.high) for value, interval in zip(values, intervals, strict=True)
    ]
