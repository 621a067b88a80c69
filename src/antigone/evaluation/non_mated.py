"""Measures the tail of non-mated scores that the default operating point rests on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.evaluation.bootstrap import Interval, resample_people
from antigone.evaluation.comparisons import Comparisons, compare_all
from antigone.evaluation.metrics import Floats
from antigone.evidence.tails import Tail, censored_scale, weighted_quantiles

RATES = (1e-1, 5e-2, 2e-2, 1e-2, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5, 1e-5)
"""The lowest leaves some forty pairs of people above it among the four million of LFW's half."""
FIT_FROM, FIT_TO = 1e-4, 1e-5
"""The exponential is fitted between the scores of these rates; above the second, scores are counted only."""

Vectors = npt.NDArray[np.float32]


def fit_tail(vectors: Vectors, people: npt.ArrayLike) -> tuple[Tail, Comparisons]:
    """The tail of all comparisons between the people of `vectors`, every pair of people weighing the same."""
    comparisons = compare_all(vectors, people, keep=1.5 * RATES[0])
    weights, total = comparisons.tail_weights()
    scores = weighted_quantiles(comparisons.tail, weights, RATES, total)
    start, stop = scores[RATES.index(FIT_FROM)], scores[RATES.index(FIT_TO)]
    scale = censored_scale(comparisons.tail, weights, start, stop)
    return Tail(RATES, tuple(round(score, 4) for score in scores), round(scale, 5)), comparisons


def tail_intervals(comparisons: Comparisons, at: Sequence[float], rounds: int, seed: int) -> list[Interval]:
    """Intervals of the fitted tail's scores at the rates `at`, by drawing people again."""
    order = np.argsort(-comparisons.tail, kind="stable")
    ranked = comparisons.tail[order]

    def scores(drawn: Floats) -> Floats:
        weights, total = comparisons.tail_weights(drawn)
        weights = weights[order]
        share = np.cumsum(weights) / total
        levels = [float(ranked[int(np.searchsorted(share, rate, side="right"))]) for rate in (FIT_FROM, FIT_TO)]
        scale = censored_scale(ranked, weights, levels[0], levels[1])
        return np.array(
            [
                levels[1] + scale * np.log(FIT_TO / rate)
                if rate < FIT_TO
                else ranked[int(np.searchsorted(share, rate, side="right"))]
                for rate in at
            ]
        )

    return resample_people(comparisons.pictures.size, scores, rounds=rounds, seed=seed)


def as_entry(scores: Floats, total: int) -> dict[str, Any]:
    """A tail from the highest of `total` unweighted comparisons, as `antigone.evidence` ships it.

    `scores` must reach down to the highest of RATES; rates with fewer than ten scores above are left out.
    """
    rates = [rate for rate in RATES if rate * total >= 10]
    levels = weighted_quantiles(scores, np.ones(scores.size), rates, float(total))
    scale = censored_scale(scores, np.ones(scores.size), levels[-3], levels[-1])
    return {
        "rates": rates,
        "scores": [round(level, 4) for level in levels],
        "scale": round(scale, 5),
        "comparisons": total,
    }


def entry(
    tail: Tail, comparisons: Comparisons, model: str, contract: str, data: str, date: str, caution: str
) -> dict[str, Any]:
    """The numbers as `antigone.evidence` ships them."""
    return {
        "model": model,
        "contract": contract,
        "data": data,
        "people": int(comparisons.pictures.size),
        "comparisons": comparisons.non_mated_count,
        "date": date,
        "method": (
            "Quantiles of the non-mated scores, every pair of people weighing the same; beyond the last, an "
            "exponential fitted by maximum likelihood between the scores of false match rates "
            f"{FIT_FROM:g} and {FIT_TO:g}, scores above counted only."
        ),
        "caution": caution,
        "rates": list(tail.rates),
        "scores": list(tail.scores),
        "scale": tail.scale,
    }
