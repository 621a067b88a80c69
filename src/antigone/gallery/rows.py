"""What goes into a gallery and which part of it one search may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.errors import RowsRefused

FOREVER = 2**31 - 1
"""The `until` of a row that no date ends."""

UNIT_TOLERANCE = 1e-3
"""How far from 1 the length of a template may be; the bounds of the scan are stated for unit vectors."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Template rows: one vector of one portrait of one person each.

    ids int64 (n,) unique; persons int64 (n,); holdings int32 (n,); until int32 (n,), the last day on
    which a row may be found, as a count of days from any origin that `Where.on` shares; searchable bool (n,);
    vectors float32 (n, d) of unit length. Raises RowsRefused.
    """

    ids: NDArray[np.int64]
    persons: NDArray[np.int64]
    holdings: NDArray[np.int32]
    until: NDArray[np.int32]
    searchable: NDArray[np.bool_]
    vectors: NDArray[np.float32]

    def __post_init__(self) -> None:
        for name, kind in _KINDS.items():
            object.__setattr__(self, name, np.ascontiguousarray(getattr(self, name), dtype=kind))
        n = self.ids.shape[0] if self.ids.ndim == 1 else -1
        flat = (self.persons, self.holdings, self.until, self.searchable)
        if n < 0 or any(a.shape != (n,) for a in flat) or self.vectors.ndim != 2 or len(self.vectors) != n:
            raise RowsRefused("These gallery rows were refused: their columns do not have the same length.")
        if np.unique(self.ids).size != n:
            raise RowsRefused("These gallery rows were refused: the same template id stands in two of them.")
        squares = np.einsum("ij,ij->i", self.vectors, self.vectors)
        if not bool(np.all(np.abs(squares - 1.0) <= 2 * UNIT_TOLERANCE)):  # a NaN fails this too
            raise RowsRefused("These gallery rows were refused: a template among them is not of unit length.")

    def __len__(self) -> int:
        return int(self.ids.shape[0])

    @property
    def dimension(self) -> int:
        return int(self.vectors.shape[1])

    def take(self, which: NDArray[np.intp] | NDArray[np.bool_]) -> Rows:
        """The rows at these positions."""
        return Rows(**{name: getattr(self, name)[which] for name in _KINDS})

    @classmethod
    def empty(cls, dimension: int) -> Rows:
        none = np.zeros(0)
        return cls(none, none, none, none, none, np.zeros((0, dimension)))  # type: ignore[arg-type]

    @classmethod
    def joined(cls, parts: Iterable[Rows], dimension: int) -> Rows:
        """One Rows of several; no parts make an empty one."""
        listed = list(parts)
        if not listed:
            return cls.empty(dimension)
        return cls(**{name: np.concatenate([getattr(p, name) for p in listed]) for name in _KINDS})


_KINDS: dict[str, type] = {
    "ids": np.int64,
    "persons": np.int64,
    "holdings": np.int32,
    "until": np.int32,
    "searchable": np.bool_,
    "vectors": np.float32,
}


@dataclass(frozen=True, slots=True)
class Where:
    """The part of a gallery that a search may see, decided before anything is ranked.

    holdings: the holdings that mandate and sharing scope allow, or None for every one.
    on: the day of the search, counted as `Rows.until`; rows whose `until` lies before it are not seen.
    without: ids of rows that are not seen either, whatever holding they are in.
    """

    holdings: frozenset[int] | None
    on: int
    without: frozenset[int] = frozenset()

    def mask(
        self,
        ids: NDArray[np.int64],
        holdings: NDArray[np.int32],
        until: NDArray[np.int32],
        searchable: NDArray[np.bool_],
    ) -> NDArray[np.bool_]:
        """True for each row that may be seen; all arrays (n,)."""
        seen = searchable & (until >= self.on)
        if self.holdings is not None:
            seen &= np.isin(holdings, np.fromiter(self.holdings, dtype=np.int64, count=len(self.holdings)))
        if self.without:
            seen &= ~np.isin(ids, np.fromiter(self.without, dtype=np.int64, count=len(self.without)))
        return seen
