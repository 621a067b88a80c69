"""What one search may see of a gallery, decided before anything is ranked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from antigone.gallery.base import Base
from antigone.gallery.crew import together
from antigone.gallery.rows import Rows

_by_position: Any = faiss.fvec_inner_products_by_idx  # type: ignore[attr-defined]  # absent from its stubs

COMPARED_ALONE = 2048
"""So few rows are not worth a second thread."""

DIRECT_SHARE = 1 / 12
"""Up to this share of a base, comparing the rows seen one by one beats scanning all codes."""


@dataclass
class View:
    """The rows that a filter lets through: of the base, `allowed` bool (n,) of them `count`; and of the delta.

    generation: what the gallery knew when the view was taken.
    """

    base: Base
    allowed: NDArray[np.bool_]
    count: int
    delta: Rows
    generation: int

    @property
    def searched(self) -> int:
        return self.count + len(self.delta)

    @cached_property
    def positions(self) -> NDArray[np.int64]:
        """Positions of the allowed rows of the base, ascending."""
        return np.flatnonzero(self.allowed)

    @cached_property
    def outside(self) -> NDArray[np.int64]:
        """Positions of the allowed rows that no code stands for."""
        return self.base.uncoded[self.allowed[self.base.uncoded]]

    @cached_property
    def coded(self) -> NDArray[np.bool_]:
        """bool (n,): the allowed rows that a code stands for."""
        coded = self.allowed.copy()
        coded[self.base.uncoded] = False
        return coded

    @cached_property
    def searched_persons(self) -> int:
        """How many persons have at least one row that is seen."""
        order = self.base.by_person
        seen = self.base.persons[order[self.allowed[order]]]
        mine = int(seen.size and 1 + np.count_nonzero(seen[1:] != seen[:-1]))
        fresh = np.unique(self.delta.persons)
        if fresh.size:
            of_fresh = self.base.rows_of_persons(fresh)
            also = np.unique(self.base.persons[of_fresh[self.allowed[of_fresh]]]).size
            return mine + int(fresh.size) - int(also)
        return mine

    @property
    def direct(self) -> bool:
        """Whether the base is to be compared row by row rather than scanned."""
        return not self.base.parts or self.count <= len(self.base) * DIRECT_SHARE

    def scores(self, probe: NDArray[np.float32], positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """Cosines float32 of base rows with one probe float32 (d,)."""
        if len(positions) == len(self.base):
            return np.asarray(self.base.vectors @ probe)
        positions = np.ascontiguousarray(positions)
        out = np.empty(len(positions), dtype=np.float32)

        def compare(rows: slice) -> None:
            _by_position(
                faiss.swig_ptr(out[rows]),
                faiss.swig_ptr(probe),
                faiss.swig_ptr(self.base.vectors),
                faiss.swig_ptr(positions[rows]),
                self.base.dimension,
                1,
                len(positions[rows]),
            )

        share = max(COMPARED_ALONE, -(-len(positions) // self.base.threads))
        together(self.base.threads, compare, [slice(at, at + share) for at in range(0, len(positions), share)])
        return out


def rounding(dimension: int, norm: float) -> float:
    """How far a float32 dot product of a probe with a unit vector may lie from the exact one.

    The summation bound d u / (1 - d u) with u = 2^-24, whatever the order of summing (Higham, 2002, 3.1).
    """
    return (dimension + 8) * 2.0**-24 * 1.01 * norm
