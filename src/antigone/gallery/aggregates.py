"""How the scores of several photographs of one body become one score a person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def mean_of_best(best: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean over photographs of the best portrait's score; best float64 (p, m) to (m,).

    Monotone: raising any one score never lowers it, which is what the threshold algorithm asks of an
    aggregate (Fagin, Lotem and Naor, 2003).
    """
    return np.asarray(best.mean(axis=0), dtype=np.float64)


def max_of_best(best: NDArray[np.float64]) -> NDArray[np.float64]:
    """The best score of any photograph against any portrait; best float64 (p, m) to (m,). Monotone."""
    return np.asarray(best.max(axis=0), dtype=np.float64)
