"""The two fits and the bounds of `lir`, the Netherlands Forensic Institute's library, as plain numbers.

Everything of lir that Antigone uses is called here and nowhere else.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.metrics import Floats
from antigone.evaluation.pav import isotonic
from antigone.evaluation.scored import Flags
from antigone.evidence.errors import CalibrationRefused
from antigone.evidence.ratio import Knots, Logistic

KNOTS = 257
# lir takes no ratio for larger than this when it looks for bounds; a table has no use for more either.
MOST = 9.0
# Parameters are kept to so many figures: what a solver leaves beyond them is noise, and would change digests.
FIGURES = 10


def software() -> dict[str, str]:
    """Versions of what a fit rests on."""
    lir()
    return {package: version(package) for package in ("lir", "numpy", "scikit-learn", "scipy")}


def lir() -> Any:
    """The library. Raises EvaluationError when it is not installed."""
    try:
        import lir.algorithms.bayeserror
        import lir.algorithms.kde
        import lir.algorithms.logistic_regression
    except ImportError as error:
        raise EvaluationError(
            "Fitting a calibration needs lir, which is not installed; applying one does not. "
            "Install it with: pip install 'antigone[validation]'."
        ) from error
    return lir


def logistic(scores: Floats, same: Flags) -> Logistic:
    """Logistic regression with both kinds weighing the same, so that the intercept holds no prior of the data.

    Raises EvaluationError when a higher score would be weaker evidence.
    """
    centre, spread = float(scores.mean()), float(scores.std())
    if not spread > 0:
        raise EvaluationError("All scores are equal: they tell nobody apart, and no calibration can be fitted.")
    # No penalty on the slope, which would pull every ratio towards 1; standardised, so that the solver converges.
    fit = lir().algorithms.logistic_regression.LogitCalibrator(C=1e6, tol=1e-8, max_iter=1000)
    standard = (scores - centre) / spread
    fit.fit(standard.reshape(-1, 1), same.astype(np.int64))
    # The line is read off two of lir's own answers, so that no attribute of the regression within is relied on.
    at_0, at_1 = (float(value) * float(np.log(10.0)) for value in fit.transform(np.array([0.0, 1.0])))
    slope = (at_1 - at_0) / spread
    try:
        return Logistic(_rounded(at_0 - slope * centre), _rounded(slope))
    except CalibrationRefused as refused:
        raise EvaluationError(f"{refused} No calibration was written.") from refused


def kde(scores: Floats, same: Flags) -> Knots:
    """Kernel densities of both kinds, bandwidths by Silverman's rule, as a table over the range of the scores.

    Where the quotient of the densities falls as the score rises, PAV makes it level: weighted by the densities, so
    that the many scores of the middle are not bent by the few at the ends.
    """
    if not (np.ptp(scores[same]) > 0 and np.ptp(scores[~same]) > 0):
        raise EvaluationError("The scores of one kind are all equal: there is no density to fit.")
    fit = lir().algorithms.kde.KDECalibrator(bandwidth="silverman").fit(scores, same.astype(np.int64))
    grid = np.linspace(float(scores.min()), float(scores.max()), KNOTS)
    ratios = np.clip(fit.transform(grid.copy()), -MOST, MOST)
    density = (fit.p0 + fit.p1).ravel()
    rising = isotonic(np.asarray(ratios, dtype=np.float64), np.maximum(density, density.max() * 1e-12))
    return Knots(tuple(_rounded(score) for score in grid), tuple(_rounded(ratio) for ratio in rising))


def elub(ratios: Floats, same: Flags, weights: Floats | None = None) -> tuple[float, float]:
    """Empirical lower and upper bounds of log10 LR (Vergeer et al. 2016), one misleading ratio added on each side.

    lir takes no weights and holds a table of ratios by thresholds, which millions do not fit; with `weights` the same
    sums are taken here. A test holds the two together.
    """
    if weights is None:
        low, high = lir().algorithms.bayeserror.elub(ratios.copy(), same.astype(np.int64), add_misleading=1)
    else:
        low, high = weighted_elub(ratios, same, weights)
    return round(float(low), 2) + 0.0, round(float(high), 2) + 0.0


def weighted_elub(ratios: Floats, same: Flags, weights: Floats, step: float = 0.01) -> tuple[float, float]:
    """ELUB where each ratio counts by its weight, as `lir.algorithms.bayeserror.elub` has it without.

    At a threshold t, deciding for "one person" above it costs 1 - TPR(t) + t FPR(t), where each rate counts one
    misleading ratio more than there are. Without evidence the decision costs 1 where t is at least 1, and t below
    that. The bounds are the thresholds nearest to 1 beyond which the ratios cost more than that.
    """
    ratios = np.clip(ratios, -MOST, MOST)
    mated, other = weights[same].sum(), weights[~same].sum()
    least = max(float(ratios.min()), -float(np.log10(mated + 1)))
    most = min(float(ratios.max()), float(np.log10(other + 1)))
    first, last = min(0, int(np.floor_divide(least, step))), max(0, int(np.floor_divide(most, step)) + 1)
    grid = np.linspace(first * step, last * step, last - first + 1)
    missed = (1.0 + _weight_up_to(ratios[same], weights[same], grid)) / (mated + 1)
    passed = (other - _weight_up_to(ratios[~same], weights[~same], grid) + 1.0) / (other + 1)
    worse = np.where(grid < 0, 10.0**grid, 1.0) < missed + 10.0**grid * passed
    low = float(np.max(grid[(grid <= 0) & worse] + step, initial=grid[0]))
    high = float(np.min(grid[(grid >= 0) & worse] - step, initial=grid[-1]))
    return min(low, 0.0), max(high, 0.0)


def _weight_up_to(values: Floats, weights: Floats, grid: Floats) -> Floats:
    """The weight of the values at or below each of `grid`."""
    order = np.argsort(values, kind="stable")
    load = np.concatenate([[0.0], np.cumsum(weights[order])])
    return np.asarray(load[np.searchsorted(values[order], grid, side="right")], dtype=np.float64)


def _rounded(value: float) -> float:
    return float(f"{float(value):.{FIGURES}g}")
