"""How the scores of several photographs of one body become one score a person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.protocol import Aggregate


def mean_of_best(best: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean over photographs of the best portrait's score; best float64 (p, m) to (m,).

    Monotone: raising any one score never lowers it, which is what the threshold algorithm asks of an
    aggregate (Fagin, Lotem and Naor, 2003).
    """
    return np.asarray(best.mean(axis=0), dtype=np.float64)


def weighted_mean_of_best(weights: NDArray[np.float64]) -> Aggregate:
    """The mean over photographs with these weights, shape (p,), above 0 and of sum 1; monotone like the plain one.

    Raises ValueError on other weights: one of 0 would let a photograph's list be read to its end for nothing.
    """
    given = np.asarray(weights, dtype=np.float64)
    if given.ndim != 1 or not (given > 0).all() or abs(float(given.sum()) - 1) > 1e-9:
        raise ValueError("The weights of photographs lie above 0 and sum to 1.")

    def aggregate(best: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(given @ best, dtype=np.float64)

    return aggregate


def max_of_best(best: NDArray[np.float64]) -> NDArray[np.float64]:
    """The best score of any photograph against any portrait; best float64 (p, m) to (m,). Monotone."""
    return np.asarray(best.max(axis=0), dtype=np.float64)
