"""The `scan` driver: every row that the filter lets through is compared, nothing is probed by list or graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antigone.gallery.aggregates import mean_of_best
from antigone.gallery.errors import RowsRefused
from antigone.gallery.hits import Absence, Calibration, Hits, PersonHits
from antigone.gallery.protocol import Aggregate
from antigone.gallery.rows import Rows, Where


class ScanGallery:
    """An exact scan over the templates of one embedding contract.

    dimension: length of a template. contract: digest of the embedding contract, epoch: name of the
    instance's history (both refuse a foreign segment or snapshot). segment: path of the shared segment,
    or None to keep the gallery to this process.
    """

    def __init__(
        self,
        dimension: int,
        contract: str = "",
        *,
        epoch: str = "",
        segment: str | None = None,
        threads: int = 1,
    ) -> None:
        self.dimension, self.contract, self.epoch = dimension, contract, epoch
        self._segment, self._threads = segment, threads
        self._rows, self._generation = Rows.empty(dimension), 0

    @property
    def generation(self) -> int:
        return self._generation

    def __len__(self) -> int:
        return len(self._rows)

    def build(self, blocks: Iterable[Rows], generation: int) -> None:
        """Replaces everything by these rows."""
        self._rows, self._generation = Rows.joined(blocks, self.dimension), generation

    def attach(self) -> bool:
        """Takes up the segment that another process built; False when there is none for this gallery."""
        return False

    def refresh(self) -> bool:
        """Moves to the newest base, if another process published one."""
        return False

    def upsert(self, rows: Rows, generation: int) -> None:
        if rows.dimension != self.dimension:
            raise RowsRefused("These gallery rows were refused: their templates are of another length.")
        kept = self._rows.take(~np.isin(self._rows.ids, rows.ids))
        self._rows = Rows.joined([kept, rows], self.dimension)
        self._generation = max(self._generation, generation)

    def delete(self, ids: Iterable[int] | NDArray[np.int64], generation: int) -> None:
        gone = np.fromiter(ids, dtype=np.int64)
        self._rows = self._rows.take(~np.isin(self._rows.ids, gone))
        self._generation = max(self._generation, generation)

    def purge(self) -> None:
        """Nothing is kept of a deleted row in private memory."""

    def needs_merge(self) -> bool:
        return False

    def merge(self) -> bool:
        return False

    def verify_absent(self, ids: Iterable[int] | NDArray[np.int64]) -> Absence:
        found = np.intersect1d(np.fromiter(ids, dtype=np.int64), self._rows.ids)
        return Absence(found.size == 0, found, int(found.size), ("rows of this process",))

    def search(self, probes: NDArray[np.float32], k: int, where: Where) -> list[Hits]:
        seen = self._rows.take(where.mask(self._rows.holdings, self._rows.until, self._rows.searchable))
        scores = np.asarray(probes, dtype=np.float64) @ seen.vectors.astype(np.float64).T
        answers = []
        for row in scores:
            best = np.lexsort((seen.ids, -row))[:k]
            answers.append(
                Hits(seen.ids[best], seen.persons[best], row[best], True, len(seen), self._generation)
            )
        return answers

    def search_persons(
        self, photos: NDArray[np.float32], k: int, where: Where, aggregate: Aggregate = mean_of_best
    ) -> PersonHits:
        seen = self._rows.take(where.mask(self._rows.holdings, self._rows.until, self._rows.searchable))
        scores = np.asarray(photos, dtype=np.float64) @ seen.vectors.astype(np.float64).T
        persons, member = np.unique(seen.persons, return_inverse=True)
        best = np.full((len(scores), persons.size), -np.inf)
        for photo, row in zip(best, scores, strict=True):
            np.maximum.at(photo, member, row)
        total = aggregate(best)
        first = np.lexsort((persons, -total))[:k]
        ids, heights = [], []
        for which in first:
            mine = np.flatnonzero(member == which)
            top = mine[np.argmax(scores[:, mine].max(axis=0))]
            ids.append(seen.ids[top])
            heights.append(scores[:, top].max())
        return PersonHits(
            persons[first],
            total[first],
            np.array(ids, dtype=np.int64),
            np.array(heights, dtype=np.float64),
            True,
            len(seen),
            int(persons.size),
            self._generation,
        )

    def calibrate(self, queries: NDArray[np.float32], k: int = 50) -> Calibration:
        return Calibration(recall=1.0, candidates=k, queries=len(queries))

    def save(self, path: str, key: bytes) -> None:
        raise NotImplementedError

    def load(self, path: str, key: bytes) -> None:
        raise NotImplementedError

    def stats(self) -> dict[str, Any]:
        return {"driver": "scan", "rows": len(self._rows), "generation": self._generation, "shared": False}

    def close(self) -> None:
        """Lets go of the segment."""
