"""The seam that every gallery driver fits: one process's scan, or a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.hits import Absence, Calibration, Hits, PersonHits
from antigone.gallery.rows import Rows, Where

Aggregate = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Best score per (photograph, person) float64 (p, m) to one score a person (m,); must be monotone."""


class Gallery(Protocol):
    """A projection of the template rows, searchable exactly; rebuilt from them at will."""

    @property
    def generation(self) -> int:
        """The newest change that this gallery knows."""
        ...

    def upsert(self, rows: Rows, generation: int) -> None:
        """Adds rows, replacing those with the same ids; they show in the next search."""
        ...

    def delete(self, ids: Iterable[int] | NDArray[np.int64], generation: int) -> None:
        """Takes rows out of every later answer at once; ids not there are no error."""
        ...

    def purge(self) -> None:
        """Rewrites what is stored so that nothing of the deleted rows is left in it."""
        ...

    def verify_absent(self, ids: Iterable[int] | NDArray[np.int64]) -> Absence:
        """Looks for the ids in everything that this gallery holds."""
        ...

    def search(self, probes: NDArray[np.float32], k: int, where: Where) -> list[Hits]:
        """The k best rows for each probe; probes float32 (m, d) of unit length."""
        ...

    def search_persons(
        self, photos: NDArray[np.float32], k: int, where: Where, aggregate: Aggregate = ...
    ) -> PersonHits:
        """The k best persons for all photographs of one body together; photos float32 (p, d)."""
        ...

    def calibrate(self, queries: NDArray[np.float32]) -> Calibration:
        """Measures the quantised phase on this gallery and sets the first candidate count by it."""
        ...

    def stats(self) -> dict[str, Any]:
        """Size, memory and state, for `doctor` and the reports."""
        ...
