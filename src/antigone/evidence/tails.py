"""The upper tail of non-mated scores: how often a comparison of two different people reaches a score.

A tail is a table of measured quantiles and, beyond the last of them, an exponential: the generalised Pareto
distribution with shape zero, the limit of the excesses of any light-tailed score over a high level (Pickands
1975). Shape zero errs to a higher threshold than the slightly bounded tails that cosines have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Tail:
    """False match rates, falling, and the scores that reach them; then an exponential of `scale`."""

    rates: tuple[float, ...]
    scores: tuple[float, ...]
    scale: float

    def __post_init__(self) -> None:
        if len(self.rates) != len(self.scores) or len(self.rates) < 2:
            raise ValueError("A tail needs at least two rates and a score for each.")
        if not (np.diff(self.rates) < 0).all() or not (np.diff(self.scores) > 0).all():
            raise ValueError("The rates of a tail must fall and its scores rise.")
        if not 0 < self.rates[-1] < self.rates[0] < 1 or self.scale <= 0:
            raise ValueError("The rates of a tail lie between 0 and 1 and its scale above 0.")

    def score_at(self, rate: float) -> float:
        """The score that a non-mated comparison reaches with probability `rate`.

        Between measured rates the score is a straight line over the logarithm of the rate. A rate above the
        first measured one gets the first score: the tail says nothing of the body of the distribution.
        """
        if not 0 < rate < 1:
            raise ValueError("A false match rate lies between 0 and 1.")
        if rate < self.rates[-1]:
            return float(self.scores[-1] + self.scale * np.log(self.rates[-1] / rate))
        return float(np.interp(-np.log(rate), -np.log(self.rates), self.scores))

    def reaches_beyond_data(self, rate: float) -> bool:
        """Whether the score at `rate` is extrapolated."""
        return rate < self.rates[-1]


def weighted_quantiles(
    scores: npt.NDArray[np.floating], weights: npt.NDArray[np.floating], rates: Sequence[float], total: float
) -> list[float]:
    """The lowest score that at most each of `rates` of the weight `total` exceeds.

    `scores` and `weights`, shape (n,), need only hold the upper tail, as long as it is heavier than every
    rate.
    """
    order = np.argsort(-scores, kind="stable")
    share = np.cumsum(np.asarray(weights, dtype=np.float64)[order]) / total
    if share.size == 0 or share[-1] < max(rates):
        raise ValueError("The scores kept do not reach down to the highest rate that was asked for.")
    return [float(scores[order[int(np.searchsorted(share, rate, side="right"))]]) for rate in rates]


def censored_scale(
    scores: npt.NDArray[np.floating], weights: npt.NDArray[np.floating], start: float, stop: float
) -> float:
    """The scale of an exponential tail above `start`, by maximum likelihood, censored at `stop`.

    Data sets file some people under two names, and such pairs sit at the very top: censoring lets them count
    as "above `stop`" without letting how far above set the scale. With excesses x_i below the censoring level
    c and weight m censored, the estimate is (sum w_i x_i + m c) / sum w_i.
    """
    above = scores >= start
    score, weight = np.asarray(scores, dtype=np.float64)[above], np.asarray(weights, dtype=np.float64)[above]
    seen = score < stop
    if not weight[seen].sum() > 0:
        raise ValueError("No score lies between the start of the tail and its censoring level.")
    excess = np.minimum(score, stop) - start
    return float((weight * excess).sum() / weight[seen].sum())
