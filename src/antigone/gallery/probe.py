"""One probe against one view: candidates above a threshold, and where the best scores are to be expected."""

from __future__ import annotations

from functools import cached_property, lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.quantiser import Tables
from antigone.gallery.scanner import Part
from antigone.gallery.view import View, rounding


class Probe:
    """A probe vector float32 (d,) and what is derived from it once."""

    def __init__(self, view: View, vector: NDArray[np.float32]) -> None:
        self.view = view
        self.vector = np.ascontiguousarray(vector, dtype=np.float32)
        self.exact = self.vector.astype(np.float64)
        self.norm = float(np.sqrt(self.exact @ self.exact))
        self.slack = rounding(view.base.dimension, self.norm)

    @cached_property
    def tables(self) -> Tables:
        fitted = self.view.base.quantiser
        assert fitted is not None  # a view without codes is searched directly
        return fitted.tables(self.vector)

    @cached_property
    def mean(self) -> float:
        """The mean of the base's scores with this probe."""
        return float(self.exact @ self.view.base.centre)

    @cached_property
    def deviation(self) -> float:
        """The standard deviation of the base's scores with this probe."""
        return float(np.sqrt(max(float(self.exact @ self.view.base.spread @ self.exact), 1e-12)))

    def expected(self, rank: int) -> float:
        """Where about the score of this rank lies; a guess that is checked, so it may be wrong."""
        share = min(max(rank / max(self.view.count, 1), 1e-12), 0.4)
        return self.mean + self.deviation * tail(self.view, share)

    def candidates(self, part: Part, least: float) -> NDArray[np.int64]:
        """Positions of allowed rows of a part, no row that scores `least` or more missing among them."""
        sums = self.tables.sum_for(least)
        if sums <= 0:
            return np.flatnonzero(self.view.allowed[part.first : part.first + part.rows]) + part.first
        found = part.at_least(self.tables.table, sums)
        outside = self.view.outside
        first, last = np.searchsorted(outside, (part.first, part.first + part.rows))
        return np.concatenate([found[self.view.coded[found]], outside[first:last]])

    def everything(self, least: float) -> NDArray[np.int64]:
        """The same over the whole base, scanned or direct."""
        if self.view.direct:
            return self.view.positions
        parts = [self.candidates(part, least) for part in self.view.base.parts]
        return np.concatenate([np.zeros(0, dtype=np.int64), *parts])


def tail(view: View, share: float) -> float:
    """How many deviations above the mean this share of the base's scores begins, by the base's own measure."""
    return float(view.base.tail[0]) * _normal_tail(share)


@lru_cache(maxsize=256)
def _normal_tail(share: float) -> float:
    return NormalDist().inv_cdf(1 - share)
