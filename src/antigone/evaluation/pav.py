"""Pool adjacent violators: the best rising function through weighted values, and what it makes of scores.

Ayer et al. 1955; for likelihood ratios Brümmer and du Preez 2006, Zadrozny and Elkan 2002. Weights let a comparison
count as often as it stands for others or its people were drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from antigone.evaluation.metrics import Floats, Ints
from antigone.evaluation.scored import Flags


def isotonic(values: Floats, weights: Floats) -> Floats:
    """The never falling values, shape (n,), nearest to `values` in weighted least squares.

    Raises ValueError unless the weights are above zero.
    """
    if not (weights > 0).all():
        raise ValueError("The weights of an isotonic fit lie above zero.")
    means: list[float] = []
    loads: list[float] = []
    sizes: list[int] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        mean, load, size = value, weight, 1
        while means and means[-1] >= mean:
            total = load + loads[-1]
            mean = (mean * load + means.pop() * loads[-1]) / total
            load, size = total, size + sizes.pop()
            loads.pop()
        means.append(mean)
        loads.append(load)
        sizes.append(size)
    return np.repeat(np.array(means), sizes)


@dataclass(frozen=True)
class Blocks:
    """The steps of a fit, in rising order: the share of the mated and of the non-mated comparisons in each.

    `low` and `high` are the lowest and highest value that fell into each step.
    """

    mated: Floats
    non_mated: Floats
    low: Floats
    high: Floats

    @property
    def log10(self) -> Floats:
        """log10 LR of each step; infinite where a step has one kind alone."""
        with np.errstate(divide="ignore"):
            return np.asarray(np.log10(self.mated) - np.log10(self.non_mated), dtype=np.float64)

    @property
    def cllr(self) -> float:
        """Cllr of the steps' own ratios: the least that any rising function of the values could have."""
        return float(0.5 * (_cost(self.mated, self.non_mated) + _cost(self.non_mated, self.mated)))


def _cost(own: Floats, other: Floats) -> float:
    """The mean of log2(1 + other/own) over the shares `own`."""
    some = own > 0
    return float((own[some] * np.log2(1.0 + other[some] / own[some])).sum())


class Order:
    """Values sorted once, so that fits under many weights are quick.

    A step can end only where a mated value follows a lower non-mated one, so runs between such places are pooled
    before anything else is.
    """

    def __init__(self, values: Floats, same: Flags) -> None:
        # Of equal values the mated come first, so that no step ends between them.
        self._order: Ints = np.lexsort((~same, values))
        values, mated = values[self._order], same[self._order]
        starts = np.flatnonzero(np.concatenate([[True], mated[1:] & ~mated[:-1]]))
        self._starts = starts
        self._mated = mated
        self._low = values[starts]
        self._high = values[np.append(starts[1:], values.size) - 1]

    def fit(self, weights: Floats) -> Blocks:
        """The fit under `weights`, shape (n,). Raises ValueError when either kind weighs nothing."""
        ordered = weights[self._order]
        mated = np.add.reduceat(np.where(self._mated, ordered, 0.0), self._starts)
        other = np.add.reduceat(np.where(self._mated, 0.0, ordered), self._starts)
        mated_total, other_total = mated.sum(), other.sum()
        if not (mated_total > 0 and other_total > 0):
            raise ValueError("A fit needs comparisons of both kinds.")
        mated, other = mated / mated_total, other / other_total
        some = mated + other > 0
        mated, other = mated[some], other[some]
        level = isotonic(mated / (mated + other), mated + other)
        # Levels that differ in the last digits alone are one step: sums in another order would have made them equal.
        ends = np.flatnonzero(np.concatenate([[True], np.diff(level) > 1e-12 * level[1:]]))
        last = np.append(ends[1:], level.size) - 1
        return Blocks(
            np.add.reduceat(mated, ends),
            np.add.reduceat(other, ends),
            self._low[some][ends],
            self._high[some][last],
        )
