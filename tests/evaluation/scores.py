"""Scores whose true likelihood ratios are known: normal, of one width, mates higher than strangers by a fixed step."""

from __future__ import annotations

import numpy as np

from antigone.evaluation.metrics import Floats
from antigone.evaluation.scored import ScoredPairs

STEP = 4.0


def known_pairs(people: int = 120, seed: int = 1, step: float = STEP, prefix: str = "person") -> ScoredPairs:
    """Every person against every other once, and against themselves three times."""
    random = np.random.default_rng(seed)
    first, second = np.triu_indices(people, k=1)
    own = np.repeat(np.arange(people), 3)
    first, second = np.concatenate([own, first]), np.concatenate([own, second])
    same = first == second
    scores = random.normal(size=first.size) + np.where(same, step, 0.0)
    names = tuple(f"{prefix} {number}" for number in range(people))
    return ScoredPairs(scores, same, first.astype(np.intp), second.astype(np.intp), names)


def true_ratios(scores: Floats, step: float = STEP) -> Floats:
    """log10 of the quotient of the two normal densities."""
    return np.asarray((step * scores - step**2 / 2.0) / np.log(10.0), dtype=np.float64)
