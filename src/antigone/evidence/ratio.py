"""A likelihood ratio, and the two ways in which a calibration turns a score into one; numpy alone.

Ratios are carried as their logarithm to base 10. The alternative is always the same, and always said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from antigone.evidence.errors import CalibrationRefused

Floats = npt.NDArray[np.float64]

PROPOSITION = "the photographs are of one person"
ALTERNATIVE = "they are of two unrelated people of the same population"

LOG10_E = math.log10(math.e)

MOST_KNOTS = 4096


@dataclass(frozen=True)
class LikelihoodRatio:
    """How much more probable the score is given PROPOSITION than given ALTERNATIVE, as its logarithm to base 10.

    `low` and `high` are the bounds that the data of the calibration support (ELUB), also to base 10: beyond them no
    ratio is stated, and `at_bound` says at which of them this one was stopped.
    """

    log10: float
    low: float
    high: float
    at_bound: Literal["low", "high"] | None = None

    @property
    def ratio(self) -> float:
        return float(10.0**self.log10)

    @property
    def alternative(self) -> str:
        """The proposition that the ratio is against."""
        return ALTERNATIVE


@dataclass(frozen=True)
class Logistic:
    """Logistic regression: ln LR = `intercept` + `slope` x score, fitted with the prior of the data removed."""

    intercept: float
    slope: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.intercept) and math.isfinite(self.slope)):
            raise CalibrationRefused("The line of this calibration has a value that is not a finite number.")
        if self.slope <= 0:
            raise CalibrationRefused(
                "In this calibration a higher score would mean weaker evidence. Comparisons were labelled the wrong "
                "way round, or the scores do not tell people apart."
            )

    def log10(self, scores: npt.ArrayLike) -> Floats:
        """log10 LR of each score, without bounds; the shape of `scores`."""
        return LOG10_E * (self.intercept + self.slope * np.asarray(scores, dtype=np.float64))


@dataclass(frozen=True)
class Knots:
    """A table: at each of `scores`, rising, the `ratios` (log10 LR), never falling; straight lines between.

    Below the first score and above the last the table says what it says there, and no more.
    """

    scores: tuple[float, ...]
    ratios: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.scores) != len(self.ratios) or not 2 <= len(self.scores) <= MOST_KNOTS:
            raise CalibrationRefused(f"The table of this calibration needs 2 to {MOST_KNOTS} scores, a ratio for each.")
        if not np.isfinite([*self.scores, *self.ratios]).all():
            raise CalibrationRefused("The table of this calibration has a value that is not a finite number.")
        if not (np.diff(self.scores) > 0).all() or not (np.diff(self.ratios) >= 0).all():
            raise CalibrationRefused(
                "The table of this calibration is out of order: its scores must rise and its ratios must not fall."
            )

    def log10(self, scores: npt.ArrayLike) -> Floats:
        """log10 LR of each score, without bounds; the shape of `scores`."""
        return np.asarray(np.interp(np.asarray(scores, dtype=np.float64), self.scores, self.ratios), dtype=np.float64)
