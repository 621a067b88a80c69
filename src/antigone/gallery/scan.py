"""The `scan` driver: every row that the filter lets through is compared; no list, no graph goes unprobed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antigone.gallery import snapshot
from antigone.gallery.aggregates import mean_of_best
from antigone.gallery.base import CHUNK, Base, build, fits
from antigone.gallery.batch import FROM, nearest_of_many
from antigone.gallery.calibration import calibrate
from antigone.gallery.delta import Delta
from antigone.gallery.errors import RowsRefused
from antigone.gallery.hits import Absence, Calibration, Hits, PersonHits
from antigone.gallery.nearest import nearest
from antigone.gallery.persons import nearest_persons
from antigone.gallery.protocol import Aggregate
from antigone.gallery.rows import Rows, Where
from antigone.gallery.segment import SegmentFile
from antigone.gallery.view import View

MERGE_ROWS, MERGE_SHARE = 20_000, 0.02
"""A delta past both is worth a new base: its rows are compared in float32 by every search."""

VIEWS_KEPT = 8


class ScanGallery:
    """An exact scan over the templates of one embedding contract.

    dimension: length of a template. contract: digest of the embedding contract; epoch: name of this instance's
    history (a restore begins a new one): a segment or snapshot of another contract or epoch is not taken up.
    segment: name of the shared segment in the memory file system (or a path to it), None to keep the gallery to
    this process. threads: how many a single search may use.

    Several processes may hold one gallery. The base lies in the segment; what came later, each process is told
    by its caller, in order of generations (`upsert`, `delete`). A deletion also acts on the segment, so it shows
    everywhere at once.
    """

    def __init__(
        self,
        dimension: int,
        contract: str = "",
        *,
        epoch: str = "",
        segment: str | Path | None = None,
        threads: int = 1,
    ) -> None:
        self.dimension = dimension
        self._threads = max(1, threads)
        self._identity = {"contract": contract, "epoch": epoch}
        self._place = SegmentFile(segment)
        self._base = self._empty_base()
        self._delta = Delta(dimension)
        self._generation = 0
        self._views: dict[tuple[Any, ...], View] = {}
        self._snapshot: tuple[Path, bytes] | None = None

    # -- what it holds

    @property
    def generation(self) -> int:
        return self._generation

    def __len__(self) -> int:
        touched = self._base.find_ids(self._delta.touched)
        return int(self._base.live.sum() - self._base.live[touched].sum()) + len(self._delta)

    @property
    def base_vectors(self) -> NDArray[np.float32]:
        """The base's templates float32 (n, d) as they lie in memory, for measurements; not to be written."""
        view = self._base.vectors.view()
        view.flags.writeable = False
        return view

    def stats(self) -> dict[str, Any]:
        base = self._base
        return {
            "driver": "scan",
            "rows": len(self),
            "base_rows": len(base),
            "delta_rows": len(self._delta),
            "dead_rows": int(len(base) - base.live.sum()),
            "generation": self._generation,
            "base_generation": base.generation,
            "dimension": self.dimension,
            "bytes": int(base.segment.memory.size),
            "bytes_per_row": base.segment.memory.size / max(len(base), 1),
            "bits_per_dimension": (5 if base.header["fine"] else 4) if base.layout.columns else 32,
            "shared": base.segment.shared,
            "why_private": base.segment.why_private,
            "scans_codes": bool(base.parts),
            "needs_merge": self.needs_merge(),
        }

    # -- the base: built, found, moved

    def build(self, blocks: Iterable[Rows], generation: int, total: int | None = None) -> None:
        """Replaces everything by these rows, read once, in any order.

        total: how many rows there will be at most; when given, blocks go straight to their place and need no
        second copy in memory. Raises RowsRefused.
        """
        if total is None:
            listed = list(blocks)
            blocks, total = listed, sum(len(rows) for rows in listed)
        with self._place.lock():
            base = self._build(self._place, blocks, total, generation)
            self._place.publish(base.segment)
        self._delta = Delta(self.dimension, version=self._delta.version + 1)
        self._generation = generation
        self._move_to(base)

    def attach(self) -> bool:
        """Takes up the segment that another process published; False when there is none of this gallery.

        What this process was told since that segment's generation stays on top of it.
        """
        segment = self._place.attach()
        if segment is None or not fits(segment, self._identity, self.dimension):
            return False
        base = Base(segment, self._threads)
        if base.generation < self._base.generation:
            return False
        self._adopt(base)
        return True

    def refresh(self) -> bool:
        """Moves to a newer base when another process published one; every search asks."""
        inode = self._place.inode()
        if inode is None or inode == self._base.segment.inode:
            return False
        return self.attach()

    def needs_merge(self) -> bool:
        """Whether the changes on top of the base slow searches enough to be worth `merge`."""
        changed = len(self._delta.touched)
        return changed > MERGE_ROWS and changed > MERGE_SHARE * len(self._base)

    def merge(self, *, wait: bool = False) -> bool:
        """Builds a new base of all that this process knows; False when another process is at it already.

        Others go on with the former base until their next search. Needs memory for both meanwhile. Raises
        GalleryBusy unless `wait`ing, when the lock is held.
        """
        with self._place.lock(wait=wait):
            self.refresh()
            former, delta = self._base, self._delta
            kept = self._kept()
            parts = self._parts(former, kept, delta.rows)
            base = self._build(self._place, parts, len(kept) + len(delta), self._generation)
            self._place.publish(base.segment)
            # Whoever deleted a row while this was copied zeroed the former segment: follow them. Whoever does
            # so after this line finds the new segment in place and deletes there too.
            died = former.ids[~former.live]
            base.erase(base.find_ids(died[~np.isin(died, delta.rows.ids)]))
        self._adopt(base)
        return True

    def close(self) -> None:
        """Lets go of the segment; it stays for others."""
        self._views.clear()
        self._base = self._empty_base()

    def remove_segment(self) -> None:
        """Takes the segment's name away, for good or before a rebuild."""
        self._place.remove()

    # -- changes

    def upsert(self, rows: Rows, generation: int) -> None:
        if rows.dimension != self.dimension:
            raise RowsRefused("These gallery rows were refused: their templates are of another length.")
        self.refresh()
        self._delta.upsert(rows.take(np.arange(len(rows))))  # a copy: a deletion wipes it
        self._advance(generation)

    def delete(self, ids: Iterable[int] | NDArray[np.int64], generation: int) -> None:
        gone = _as_ids(ids)
        self.refresh()
        self._delta.delete(gone)
        self._advance(generation)
        self._base.erase(self._base.find_ids(gone))
        if self.refresh():  # another process published a base meanwhile, copied perhaps before the line above
            self._base.erase(self._base.find_ids(gone))

    def purge(self) -> None:
        """Rewrites the base without the rows that were deleted, and the snapshot that this object last used."""
        self.merge(wait=True)
        if self._snapshot is not None:
            self.save(*self._snapshot)

    def verify_absent(self, ids: Iterable[int] | NDArray[np.int64]) -> Absence:
        self.refresh()
        wanted = _as_ids(ids)
        positions = self._base.find_ids(wanted)
        there = positions[~self._base.erased(positions)]
        fresh = np.intersect1d(wanted, self._delta.rows.ids)
        found = np.union1d(self._base.ids[positions[self._base.live[positions]]], fresh)
        looked = (
            f"base of generation {self._base.generation}: {len(positions)} places of these ids, {len(there)} not blank",
            f"changes since: {len(fresh)} of these ids",
        )
        return Absence(not found.size and not there.size, found, int(there.size + fresh.size), looked)

    # -- searches

    def search(self, probes: NDArray[np.float32], k: int, where: Where) -> list[Hits]:
        asked = self._checked(probes, k)
        view = self._view(where)
        if len(asked) >= FROM and view.base.parts:
            return nearest_of_many(view, asked, k)
        return [nearest(view, probe, k) for probe in asked]

    def search_persons(
        self, photos: NDArray[np.float32], k: int, where: Where, aggregate: Aggregate = mean_of_best
    ) -> PersonHits:
        asked = self._checked(photos, k)
        if not len(asked):
            raise ValueError("a search needs at least one photograph")
        return nearest_persons(self._view(where), asked, k, aggregate)

    def calibrate(self, queries: NDArray[np.float32], k: int = 50) -> Calibration:
        """Sets where a search's first threshold lies by how these probes score; the proof does not rest on it.

        `recall` is the share of the true first k above that first threshold, before any extension; `candidates`
        the median count of rows that it lets through to be compared in float32.
        """
        asked = self._checked(queries, k)
        self.refresh()
        everyone = np.ones(len(self._base), dtype=np.bool_) & self._base.live
        view = View(self._base, everyone, int(everyone.sum()), Rows.empty(self.dimension), self._generation)
        return calibrate(view, asked, k)

    # -- the snapshot

    def save(self, path: Path | str, key: bytes) -> None:
        """Writes the base, sealed under a key of 32 bytes; merge first to have all changes in it."""
        self._snapshot = (Path(path), key)
        snapshot.save(self._base.segment, Path(path), key)

    def load(self, path: Path | str, key: bytes) -> None:
        """Opens a snapshot into the segment and takes it up. Raises SnapshotRefused; rows are then the way."""
        with self._place.lock():
            segment = snapshot.load(Path(path), key, self._place, self._identity, self.dimension)
            self._place.publish(segment)
        self._snapshot = (Path(path), key)
        self._delta = Delta(self.dimension, version=self._delta.version + 1)
        self._generation = 0
        self._adopt(Base(segment, self._threads))

    # -- inner works

    def _empty_base(self) -> Base:
        return self._build(SegmentFile(None), [], 0, 0)

    def _build(self, place: SegmentFile, blocks: Iterable[Rows], total: int, generation: int) -> Base:
        return build(
            place,
            blocks,
            total,
            self.dimension,
            generation=generation,
            identity=self._identity,
            threads=self._threads,
        )

    def _advance(self, generation: int) -> None:
        if generation > self._generation:
            self._generation = generation
            self._delta.settle(generation)

    def _adopt(self, base: Base) -> None:
        self._delta = self._delta.since(base.generation)
        self._generation = max(self._generation, base.generation)
        self._move_to(base)
        deleted = self._delta.deleted
        if deleted.size:
            base.erase(base.find_ids(deleted))

    def _move_to(self, base: Base) -> None:
        self._base = base
        self._views.clear()

    def _kept(self) -> NDArray[np.int64]:
        kept = self._base.live.copy()
        kept[self._base.find_ids(self._delta.touched)] = False
        return np.flatnonzero(kept)

    @staticmethod
    def _parts(base: Base, kept: NDArray[np.int64], fresh: Rows) -> Iterable[Rows]:
        for at in range(0, len(kept), CHUNK):
            yield base.take(kept[at : at + CHUNK])
        yield fresh

    def _view(self, where: Where) -> View:
        self.refresh()
        base, delta = self._base, self._delta
        key = (where, delta.version, int(np.count_nonzero(base.live)))
        view = self._views.get(key)
        if view is None:
            allowed = where.mask(base.ids, base.holdings, base.until, base.searchable)
            allowed &= base.live
            allowed[base.find_ids(delta.touched)] = False
            rows = delta.rows
            fresh = rows.take(where.mask(rows.ids, rows.holdings, rows.until, rows.searchable))
            view = View(base, allowed, int(np.count_nonzero(allowed)), fresh, self._generation)
            while len(self._views) >= VIEWS_KEPT:
                del self._views[next(iter(self._views))]
            self._views[key] = view
        elif view.generation != self._generation:
            view.generation = self._generation
        return view

    def _checked(self, probes: NDArray[np.float32], k: int) -> NDArray[np.float32]:
        asked = np.ascontiguousarray(np.atleast_2d(probes), dtype=np.float32)
        if asked.ndim != 2 or asked.shape[1] != self.dimension:
            raise ValueError(f"probes must be float32 (m, {self.dimension})")
        if k < 1:
            raise ValueError("k must be at least 1")
        if not bool(np.isfinite(asked).all()):
            raise ValueError("a probe holds a value that is no number")
        return asked


def _as_ids(ids: Iterable[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    return np.unique(np.fromiter(ids, dtype=np.int64))
