"""What changed since the base was built: rows to add to it and ids that no longer count in it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.rows import Rows


@dataclass(slots=True)
class Delta:
    """Changes in the order of their coming; rows of the newest change stand for their id.

    A change bears the generation by which a base surely holds it: that to which the gallery next advances, None
    until then. So a caller may bring the rows of one generation in several calls and name it with the last.

    rows: what is to be searched beside the base. touched int64: ids whose base row no longer counts.
    version grows with each change.
    """

    dimension: int
    rows: Rows = field(init=False)
    touched: NDArray[np.int64] = field(init=False)
    version: int = 0
    _changes: list[tuple[int | None, Rows | NDArray[np.int64]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = Rows.empty(self.dimension)
        self.touched = np.zeros(0, dtype=np.int64)

    def __len__(self) -> int:
        return len(self.rows)

    def upsert(self, rows: Rows, generation: int | None = None) -> None:
        self._changes.append((generation, rows))
        self._forget(rows.ids)
        self.rows = Rows.joined([self.rows, rows], self.dimension)

    def settle(self, generation: int) -> None:
        """Says that what came since the last call belongs to generations up to this one."""
        for at, (changed, what) in enumerate(self._changes):
            if changed is None:
                self._changes[at] = (generation, what)

    def delete(self, ids: NDArray[np.int64], generation: int | None = None) -> None:
        """Forgets rows of these ids and wipes their vectors wherever this delta holds them."""
        for at, (changed, what) in enumerate(self._changes):
            if isinstance(what, Rows):
                gone = np.isin(what.ids, ids)
                if gone.any():
                    self._changes[at] = (changed, _without(what, gone))
        self._changes.append((generation, ids))
        self._forget(ids)

    def since(self, generation: int) -> Delta:
        """The changes that a base of this generation does not hold yet."""
        left = Delta(self.dimension, version=self.version + 1)
        for changed, what in self._changes:
            if changed is None or changed > generation:
                if isinstance(what, Rows):
                    left.upsert(what, changed)
                else:
                    left.delete(what, changed)
        return left

    @property
    def deleted(self) -> NDArray[np.int64]:
        """Every id that was deleted and has not come back."""
        gone = [what for _, what in self._changes if not isinstance(what, Rows)]
        return np.setdiff1d(np.concatenate([np.zeros(0, dtype=np.int64), *gone]), self.rows.ids)

    def _forget(self, ids: NDArray[np.int64]) -> None:
        self.version += 1
        self.touched = np.union1d(self.touched, ids)
        gone = np.isin(self.rows.ids, ids)
        if gone.any():
            self.rows = _without(self.rows, gone)


def _without(rows: Rows, gone: NDArray[np.bool_]) -> Rows:
    kept = rows.take(~gone)
    if rows.vectors.flags.writeable:
        rows.vectors[gone] = 0
    return kept
