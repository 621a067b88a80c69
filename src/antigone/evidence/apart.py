"""The photograph of a body that does not go with its others: named beside a lead, never left out of its rank.

A wrong face in a group picture, or one photograph far worse than the rest, pulls the mean of a true lead down. The rank
stays on the weighted mean over all photographs, which is monotone and proven; this annotates it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

LEAST = 3
"""Of two photographs that disagree, nothing says which is the odd one."""

FACTOR = 3.5
"""Deviations beyond which a score is apart (Iglewicz and Hoaglin, "How to detect and handle outliers", 1993)."""

SPREAD = 0.05
"""A cosine's spread between photographs of one body is never taken for less, or three alike scores reject a fourth."""


@dataclass(frozen=True)
class Apart:
    """The photograph at `place`, from 0, scores far below the others; `without` is the mean of the others' scores."""

    place: int
    without: float


def photo_apart(scores: npt.ArrayLike) -> Apart | None:
    """The one photograph, if any, that scores far below the rest; `scores`, shape (photos,), of one lead.

    The modified z-score 0.6745 (x - median) / MAD, over the other photographs. Only the lowest is asked about, and only
    downwards: one photograph that matches too well is for the examiner's eye.
    """
    column = np.asarray(scores, dtype=np.float64)
    if column.ndim != 1 or not np.isfinite(column).all():
        raise ValueError("The scores of a lead's photographs are a row of finite numbers.")
    if column.size < LEAST:
        return None
    place = int(np.argmin(column))
    others = np.delete(column, place)
    middle = float(np.median(others))
    spread = max(float(np.median(np.abs(others - middle))), SPREAD)
    if 0.6745 * (middle - column[place]) / spread <= FACTOR:
        return None
    return Apart(place, float(others.mean()))
