"""Every picture against every other: all mated scores and the upper tail of the non-mated ones.

A folder of n pictures holds n(n-1)/2 comparisons; error rates that matter to a search are those of its rarest
non-mated scores, so of these only the tail is kept, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from antigone.evaluation.metrics import Floats, Ints

KEEP = 0.02
_BLOCK = 512


@dataclass(frozen=True)
class Comparisons:
    """Scores between all pictures of one set; people are numbers from 0.

    `mated` has every comparison within a person. `tail` has the highest non-mated ones, about the share KEEP
    and at least all that score `floor` or more. `pictures`, shape (people,), counts each person's pictures.
    """

    mated: Floats
    mated_person: Ints
    tail: Floats
    tail_people: npt.NDArray[np.intp]
    """Shape (m, 2)."""
    floor: float
    pictures: Ints

    @property
    def non_mated_count(self) -> int:
        total = int(self.pictures.sum())
        return (total * total - int((self.pictures**2).sum())) // 2

    def mated_weights(self, drawn: Floats | None = None) -> Floats:
        """Weight of each mated comparison: equal per person, times how often the person was drawn."""
        pairs = np.bincount(self.mated_person, minlength=self.pictures.size)
        each = 1.0 / pairs[self.mated_person]
        return np.asarray(each if drawn is None else each * drawn[self.mated_person])

    @cached_property
    def _tail_shares(self) -> Floats:
        first, second = self.tail_people.T
        return np.asarray(1.0 / (self.pictures[first] * self.pictures[second]), dtype=np.float64)

    def tail_weights(self, drawn: Floats | None = None) -> tuple[Floats, float]:
        """Weight of each kept non-mated comparison, and the weight of all there are.

        Every pair of people weighs the same, shared among the comparisons between their pictures.
        """
        times = np.ones(self.pictures.size) if drawn is None else drawn
        first, second = self.tail_people.T
        total = (times.sum() ** 2 - (times**2).sum()) / 2.0
        return self._tail_shares * times[first] * times[second], float(total)


def compare_all(vectors: npt.NDArray[np.float32], people: npt.ArrayLike, keep: float = KEEP) -> Comparisons:
    """All comparisons of unit rows.

    `vectors` has shape (n, dim); `people`, shape (n,), numbers the person of each from 0 without gaps.
    Raises ValueError with fewer than two people.
    """
    person = np.asarray(people, dtype=np.intp)
    pictures = np.bincount(person)
    if pictures.size < 2 or (pictures == 0).any():
        raise ValueError("Comparisons need at least two people, numbered from 0 without gaps.")
    floor = _floor(vectors, person, keep)
    mated, mated_person, tail, tail_people = [], [], [], []
    for start in range(0, person.size, _BLOCK):
        stop = min(start + _BLOCK, person.size)
        scores = vectors[start:stop] @ vectors[start:].T
        rows, columns = np.triu_indices(n=stop - start, k=1, m=person.size - start)
        score = scores[rows, columns]
        left, right = person[start + rows], person[start + columns]
        same = left == right
        high = ~same & (score >= floor)
        mated.append(score[same])
        mated_person.append(left[same])
        tail.append(score[high])
        tail_people.append(np.stack([left[high], right[high]], axis=1))
    return Comparisons(
        np.concatenate(mated).astype(np.float64),
        np.concatenate(mated_person),
        np.concatenate(tail).astype(np.float64),
        np.concatenate(tail_people),
        floor,
        pictures,
    )


def _floor(vectors: npt.NDArray[np.float32], person: Ints, keep: float) -> float:
    """A score that about the share `keep` of the non-mated comparisons reaches, from evenly spaced rows."""
    rows = np.unique(np.linspace(0, person.size - 1, min(person.size, 400)).astype(np.intp))
    other = (vectors[rows] @ vectors.T)[person[rows][:, None] != person[None, :]]
    # A small set is kept whole: its tail is short, and every comparison costs nothing.
    return -1.1 if other.size < 100_000 else float(np.quantile(other, 1.0 - keep))
