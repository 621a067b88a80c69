"""The tail of non-mated scores within a gallery: every portrait searched among the other persons' portraits.

People of one population, photographed alike, score higher than the press photographs that the shipped tail was measured
on; a gallery of them says so itself. Portraits of one person who is there under two references sit at the very top and
are censored (see `tails.censored_scale`), so that a few of them do not set the threshold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.evidence.tails import Tail, censored_scale, weighted_quantiles

# Below this, the tail of so few comparisons says less than the shipped one.
LEAST_PERSONS, LEAST_COMPARISONS = 30, 2_000

# Portraits compared at most: their millions of comparisons reach down to rates of a few in a million.
SAMPLE = 3_000

RATES = (2e-2, 1e-2, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5, 1e-5, 5e-6)

# A rate is read off only where so many comparisons lie above its score.
ABOVE = 5


@dataclass(frozen=True)
class OwnTail:
    """A tail, and how many comparisons of how many persons it rests on.

    A comparison is of one portrait with all portraits of another person: the highest score, as a search takes it.
    """

    tail: Tail
    comparisons: int
    persons: int

    @property
    def source(self) -> str:
        """A sentence fit for a report."""
        return (
            f"tail of {self.comparisons:,} comparisons between {self.persons:,} different persons of this very "
            "gallery, who score higher with each other than the press photographs measured before. Portraits of the "
            "living: it says nothing about the dead."
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "rates": list(self.tail.rates),
            "scores": list(self.tail.scores),
            "scale": self.tail.scale,
            "comparisons": self.comparisons,
            "persons": self.persons,
        }

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> OwnTail:
        """Raises KeyError or ValueError when it is not one."""
        tail = Tail(tuple(given["rates"]), tuple(given["scores"]), float(given["scale"]))
        return cls(tail, int(given["comparisons"]), int(given["persons"]))


def measure(vectors: npt.NDArray[np.float32], persons: npt.NDArray[np.int64], seed: int = 20) -> OwnTail | None:
    """The tail over `vectors` (n, d), unit length, of `persons` (n,); None where there are too few, or all are alike.

    Where there are more than SAMPLE vectors, persons are drawn by `seed` until there are as many.
    """
    order = np.argsort(persons, kind="stable")
    vectors, persons = vectors[order], persons[order]
    if len(vectors) > SAMPLE:
        names = np.random.default_rng(seed).permutation(np.unique(persons))
        counts = np.cumsum([np.searchsorted(persons, name, "right") - np.searchsorted(persons, name) for name in names])
        drawn = np.isin(persons, names[: max(1, int(np.searchsorted(counts, SAMPLE, "right")))])
        vectors, persons = vectors[drawn], persons[drawn]
    names, starts, own = np.unique(persons, return_index=True, return_inverse=True)
    total = len(vectors) * (len(names) - 1)
    if len(names) < LEAST_PERSONS or total < LEAST_COMPARISONS:
        return None
    best = np.maximum.reduceat(vectors @ vectors.T, starts, axis=1)
    others = np.ones(best.shape, dtype=np.bool_)
    others[np.arange(len(vectors)), own] = False
    scores = best[others]
    rates = [rate for rate in RATES if rate * total >= ABOVE]
    kept = min(total, int(1.5 * rates[0] * total) + 1)
    top = np.partition(scores, total - kept)[total - kept :].astype(np.float64)
    weights = np.ones(kept)
    try:
        levels = weighted_quantiles(top, weights, rates, float(total))
        scale = censored_scale(top, weights, levels[-min(3, len(levels))], levels[-1])
        tail = Tail(tuple(rates), tuple(round(level, 5) for level in levels), round(scale, 5))
    except ValueError:
        return None  # scores without a spread have no tail
    return OwnTail(tail, total, len(names))
