"""Error rates of one-to-one comparison: DET curve, equal error rate, accuracy, TAR at FAR.

Scores are similarities: larger is more alike, and a pair is accepted when its score is at least the
threshold. Rates are weighted means, so that people with many pictures count no more than people with two.
Names follow ISO/IEC 19795-1: false match rate (FMR, "FAR" in the older papers) and false non-match rate
(FNMR, 1 - TAR).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

SUPPORT = 5.0
"""A rate is stated only where at least this many errors are expected at it: one must not move it far."""


@dataclass(frozen=True)
class DetCurve:
    """FMR and FNMR, both shape (n,), of every threshold, ascending; the last threshold is infinite."""

    thresholds: Floats
    false_match: Floats
    false_non_match: Floats


@dataclass(frozen=True)
class FoldAccuracy:
    """Accuracy over folds, each decided at the threshold that was best on the other folds.

    `plain` is the share of pairs decided right. `balanced` is the mean of the same-person and the
    different-person shares, which equals `plain` where a fold holds as many of one as of the other.
    """

    plain: float
    balanced: float
    standard_error: float
    """Standard error of the mean of the folds' balanced accuracies."""
    thresholds: tuple[float, ...]


def _column(values: npt.ArrayLike, name: str) -> Floats:
    column = np.asarray(values, dtype=np.float64)
    if column.ndim != 1 or column.size == 0:
        raise ValueError(f"{name} must be a row of at least one number.")
    if not np.isfinite(column).all():
        raise ValueError(f"{name} holds a value that is not a finite number.")
    return column


def _shares(weights: npt.ArrayLike | None, count: int, name: str) -> Floats:
    """Weights that sum to one; equal ones when none are given."""
    if weights is None:
        return np.full(count, 1.0 / count)
    column = _column(weights, f"weights of {name}")
    if column.size != count or (column < 0).any() or column.sum() <= 0:
        raise ValueError(f"weights of {name} must be {count} numbers, none negative and not all zero.")
    return np.asarray(column / column.sum(), dtype=np.float64)


def equal_weights(people: npt.ArrayLike) -> Floats:
    """Weights, shape (n,), that give every person of `people`, shape (n,), the same sum; one in all."""
    column = np.asarray(people)
    if column.size == 0:
        return np.zeros(0)
    _, where, counts = np.unique(column, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / (counts[where] * counts.size), dtype=np.float64)


def det_curve(
    mated: npt.ArrayLike,
    non_mated: npt.ArrayLike,
    mated_weights: npt.ArrayLike | None = None,
    non_mated_weights: npt.ArrayLike | None = None,
) -> DetCurve:
    """The detection error trade-off over every score. Raises ValueError on empty or infinite input."""
    same, other = _column(mated, "mated scores"), _column(non_mated, "non-mated scores")
    same_weight = _shares(mated_weights, same.size, "mated scores")
    other_weight = _shares(non_mated_weights, other.size, "non-mated scores")
    thresholds = np.append(np.unique(np.concatenate([same, other])), np.inf)
    return DetCurve(
        thresholds,
        share_at_least(other, other_weight, thresholds),
        1.0 - share_at_least(same, same_weight, thresholds),
    )


def share_at_least(scores: Floats, weights: Floats, thresholds: Floats) -> Floats:
    """The share of `weights` whose score is at least each threshold; all three one-dimensional."""
    order = np.argsort(scores, kind="stable")
    below = np.concatenate([[0.0], np.cumsum(weights[order])])
    share = (below[-1] - below[np.searchsorted(scores[order], thresholds, side="left")]) / below[-1]
    return np.asarray(np.clip(share, 0.0, 1.0), dtype=np.float64)


def equal_error_rate(curve: DetCurve) -> float:
    """Where FMR and FNMR cross, by a straight line between the two points around the crossing."""
    gap = curve.false_non_match - curve.false_match
    after = int(np.argmax(gap >= 0))
    if gap[after] <= 0 or after == 0:
        return float(curve.false_match[after])
    before = after - 1
    part = -gap[before] / (gap[after] - gap[before])
    step = curve.false_match[after] - curve.false_match[before]
    return float(curve.false_match[before] + part * step)


def threshold_at(non_mated: npt.ArrayLike, rate: float, weights: npt.ArrayLike | None = None) -> float:
    """The lowest threshold at which at most `rate` of the weight of `non_mated` is accepted.

    It lies just above the first score that must not pass, and is minus infinity when every score may.
    """
    scores = _column(non_mated, "non-mated scores")
    shares = _shares(weights, scores.size, "non-mated scores")
    levels = np.unique(scores)
    too_many = share_at_least(scores, shares, levels) > rate + 1e-12
    if not too_many.any():
        return float("-inf")
    return float(np.nextafter(levels[np.flatnonzero(too_many)[-1]], np.inf))


def accepted_share(scores: npt.ArrayLike, threshold: float, weights: npt.ArrayLike | None = None) -> float:
    """The weighted share of `scores` at or above `threshold`."""
    column = _column(scores, "scores")
    return float(_shares(weights, column.size, "scores")[column >= threshold].sum())


def supported(rate: float, trials: int) -> bool:
    """Whether `trials` non-mated trials expect enough errors at `rate` for it to be stated (see SUPPORT)."""
    return rate * trials >= SUPPORT


def best_threshold(scores: Floats, same: npt.NDArray[np.bool_]) -> float:
    """The threshold of best balanced accuracy: midway between two scores; of several, the middle one."""
    levels = np.unique(scores)
    cuts = np.concatenate([[levels[0] - 1.0], (levels[:-1] + levels[1:]) / 2.0, [levels[-1] + 1.0]])
    mated, other = scores[same], scores[~same]
    right = share_at_least(mated, np.ones(mated.size), cuts) - share_at_least(other, np.ones(other.size), cuts)
    best = np.flatnonzero(right >= right.max() - 1e-12)
    return float(cuts[best[(best.size - 1) // 2]])


def fold_accuracy(scores: npt.ArrayLike, same: npt.ArrayLike, folds: npt.ArrayLike) -> FoldAccuracy:
    """Accuracy by LFW's view 2 (Huang et al. 2007): thresholds from the other folds, mean over folds.

    `scores`, `same` (true where both pictures show one person) and `folds` (a number per pair) have shape
    (n,). Raises ValueError with fewer than two folds, or when the pairs outside a fold are not of both kinds.
    """
    score = _column(scores, "scores")
    mated, fold = np.asarray(same, dtype=np.bool_), np.asarray(folds)
    names = np.unique(fold)
    if names.size < 2:
        raise ValueError("Accuracy by folds needs at least two folds.")
    plain, balanced, thresholds = [], [], []
    for name in names:
        held, rest = fold == name, fold != name
        if mated[rest].all() or not mated[rest].any():
            raise ValueError("The pairs outside a fold must hold both same and different people.")
        threshold = best_threshold(score[rest], mated[rest])
        right = (score[held] >= threshold) == mated[held]
        kinds = [right[mated[held] == kind] for kind in (True, False)]
        plain.append(right.mean())
        balanced.append(np.mean([kind.mean() for kind in kinds if kind.size]))
        thresholds.append(threshold)
    return FoldAccuracy(
        float(np.mean(plain)),
        float(np.mean(balanced)),
        float(np.std(balanced, ddof=1) / np.sqrt(names.size)),
        tuple(thresholds),
    )
