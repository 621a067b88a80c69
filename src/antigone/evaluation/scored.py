"""Scored comparisons and the two people of each: what a calibration is fitted on and judged by.

A comparison is of one person's photographs with one person's portraits. It carries who the two are, so that people can
be divided and drawn again, and a weight, so that a few kept comparisons can stand for millions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from antigone.evaluation.halves import Half, half
from antigone.evaluation.metrics import Floats, Ints

Flags = npt.NDArray[np.bool_]

TOP, BODY = 20_000, 40_000
"""Non-mated comparisons that `thinned` keeps: of the highest all, of the rest a sample."""


@dataclass(frozen=True)
class ScoredPairs:
    """Comparisons; every array has shape (n,).

    `first` and `second` number the people in `names`; `same` says where they are one person. `weights` default to 1.
    A weight says how many comparisons one
    stands for. `strata` may label each, with the quality of its photographs for one. Raises ValueError when the
    arrays do not fit each other, or `same` contradicts the two people.
    """

    scores: Floats
    same: Flags
    first: Ints
    second: Ints
    names: tuple[str, ...]
    weights: Floats | None = None
    strata: npt.NDArray[np.str_] | None = None

    def __post_init__(self) -> None:
        columns = (self.same, self.first, self.second, self.weights, self.strata)
        if any(column is not None and column.shape != self.scores.shape for column in columns) or self.scores.ndim != 1:
            raise ValueError("The columns of scored comparisons must all be rows of one length.")
        if not np.isfinite(self.scores).all():
            raise ValueError("A score is not a finite number.")
        if not (self.same == (self.first == self.second)).all():
            raise ValueError("A comparison is of the same person exactly when its two people are one.")
        if self.weights is not None and not (np.isfinite(self.weights).all() and (self.weights >= 0).all()):
            raise ValueError("A weight is not a finite number from 0.")
        ends = np.concatenate([self.first, self.second])
        if ends.size and not (ends.min() >= 0 and ends.max() < len(self.names)):
            raise ValueError("A comparison is of a person without a name.")

    @cached_property
    def weight(self) -> Floats:
        """The weight of each comparison."""
        return np.ones(self.scores.size) if self.weights is None else self.weights

    def drawn(self, times: Floats) -> Floats:
        """The weight of each comparison when each person is drawn so many `times`, shape (people,).

        A comparison of two people weighs the product of their draws, one within a person the draws of that person.
        """
        return np.asarray(np.where(self.same, times[self.first], times[self.first] * times[self.second]) * self.weight)

    @property
    def people(self) -> int:
        """How many people take part in a comparison."""
        return int(np.unique(np.concatenate([self.first, self.second])).size)

    @property
    def mated_people(self) -> int:
        """How many people are compared with themselves."""
        return int(np.unique(self.first[self.same]).size)

    @property
    def mated(self) -> int:
        return int(self.same.sum())

    @property
    def non_mated(self) -> int:
        """How many comparisons of two people there are, or those kept stand for."""
        return round(float(self.weight[~self.same].sum())) if self.weights is not None else int((~self.same).sum())

    def select(self, kept: Flags | Ints) -> ScoredPairs:
        """Some of the comparisons."""
        return replace(
            self,
            scores=self.scores[kept],
            same=self.same[kept],
            first=self.first[kept],
            second=self.second[kept],
            weights=None if self.weights is None else self.weights[kept],
            strata=None if self.strata is None else self.strata[kept],
        )

    def among(self, holds: Callable[[str], bool]) -> ScoredPairs:
        """The comparisons of which both people satisfy `holds`, by their names."""
        member = np.array([holds(name) for name in self.names], dtype=np.bool_)
        return self.select(member[self.first] & member[self.second])

    def half(self, which: Half) -> ScoredPairs:
        """The comparisons within one half of the people (see `halves`); those across the halves are in neither."""
        return self.among(lambda name: half(name) == which)

    def thinned(self, seed: int = 20, top: int = TOP, body: int = BODY) -> ScoredPairs:
        """The same comparisons with fewer non-mated: all of the `top` highest, and of the rest a weighted sample.

        What costs a calibration most are the few strangers who score high, so these stay. The sample of the others is
        systematic along their scores, each with the same share of the weight of them all, so that it has their
        distribution almost without noise; one that stands for more than such a share is taken more than once.
        """
        other = np.flatnonzero(~self.same)
        if other.size <= top + body:
            return self
        order = other[np.argsort(-self.scores[other], kind="stable")]
        rest = order[top:]
        load = np.cumsum(self.weight[rest])
        places = (np.random.default_rng(seed).random() + np.arange(body)) * load[-1] / body
        sample = rest[np.minimum(np.searchsorted(load, places, side="right"), rest.size - 1)]
        kept = np.concatenate([np.flatnonzero(self.same), order[:top], sample])
        weights = np.concatenate([self.weight[kept[:-body]], np.full(body, load[-1] / body)])
        by_place = np.argsort(kept, kind="stable")
        return replace(self.select(kept[by_place]), weights=weights[by_place])

    def unweighted(self, seed: int = 20) -> ScoredPairs:
        """A draw in which every comparison weighs the same, for methods that take no weights.

        Of each kind, a comparison stays with the probability of its weight over the largest, so that the draw is
        distributed as the weighted comparisons are.
        """
        if self.weights is None:
            return self
        random = np.random.default_rng(seed).random(self.scores.size)
        kept = np.zeros(self.scores.size, dtype=np.bool_)
        for kind in (self.same, ~self.same):
            if kind.any():
                kept |= kind & (random * self.weights[kind].max() < self.weights)
        return replace(self, weights=None).select(kept) if kept.any() else self


def joined(parts: list[ScoredPairs]) -> ScoredPairs:
    """Comparisons of several draws of the same people as one set; `names` must be equal."""
    if len({part.names for part in parts}) != 1:
        raise ValueError("Comparisons can be joined when they number the same people.")
    labelled = [part.strata for part in parts if part.strata is not None]
    return ScoredPairs(
        np.concatenate([part.scores for part in parts]),
        np.concatenate([part.same for part in parts]),
        np.concatenate([part.first for part in parts]),
        np.concatenate([part.second for part in parts]),
        parts[0].names,
        np.concatenate([part.weight for part in parts]),
        np.concatenate(labelled) if len(labelled) == len(parts) else None,
    )
