"""Confidence intervals by drawing people again, since pictures of one person are not independent trials."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from antigone.evaluation.metrics import Floats

ROUNDS = 1000
LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """The middle share `level` of the values that the draws gave (percentile interval)."""

    low: float
    high: float
    level: float = LEVEL


def resample_people(
    people: int,
    statistic: Callable[[Floats], Floats],
    *,
    rounds: int = ROUNDS,
    seed: int = 0,
    level: float = LEVEL,
) -> list[Interval]:
    """Intervals for each number that `statistic` returns.

    `statistic` takes how often each of the `people` was drawn, shape (people,), and returns its numbers,
    shape (m,); a draw for which a number does not exist (nan) is left out of that number's interval. A
    comparison of two people weighs the product of their draws (Bolle, Ratha and Pankanti's subset bootstrap,
    2004, over people).
    """
    if people < 1:
        raise ValueError("There is nobody to draw from.")
    random = np.random.default_rng(seed)
    values = []
    for _ in range(rounds):
        drawn = np.bincount(random.integers(0, people, people), minlength=people)
        values.append(statistic(drawn.astype(np.float64)))
    tail = (1.0 - level) / 2.0
    with np.errstate(invalid="ignore"):
        low, high = np.nanquantile(np.asarray(values, dtype=np.float64), [tail, 1.0 - tail], axis=0)
    return [Interval(float(a), float(b), level) for a, b in zip(low, high, strict=True)]
