"""The immutable part of a scan gallery: all arrays of one generation, laid out in one segment."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from antigone.gallery import blocks, quantiser
from antigone.gallery.errors import GalleryError, RowsRefused
from antigone.gallery.quantiser import Quantiser
from antigone.gallery.rows import Rows
from antigone.gallery.scanner import Part, Scanner, kernel_agrees, positions_needed
from antigone.gallery.segment import HEADER, Segment, SegmentFile

FORMAT = 1
CODED_FROM = 20_000
"""Fewer rows are compared in float32 outright: it takes less than the tables of a scan."""

SAMPLE = 65_536
CHUNK = 16_384
SHARES = (1 / 8, 3 / 8, 1 / 2)
"""The parts a search scans in turn; what the early ones hold sharpens the threshold of the later ones."""


class Layout:
    """Where each array lies in a segment's body; depends on three numbers alone."""

    def __init__(self, capacity: int, dimension: int, code_columns: int) -> None:
        self.capacity, self.dimension, self.columns = capacity, dimension, code_columns
        padded = positions_needed(capacity)
        self.fields: dict[str, tuple[int, np.dtype[Any], tuple[int, ...]]] = {}
        self.size = 0
        self._add("vectors", np.float32, (capacity, dimension))
        for name, kind in (
            ("ids", np.int64),
            ("persons", np.int64),
            ("holdings", np.int32),
            ("until", np.int32),
            ("searchable", np.bool_),
            ("live", np.bool_),
            ("uncoded", np.bool_),
            ("by_id", np.int32),
            ("by_person", np.int32),
        ):
            self._add(name, kind, (capacity,))
        self._add("mean", np.float32, (dimension,))
        self._add("scale", np.float32, (dimension,))
        self._add("lengths", np.float32, (16,))
        self._add("centre", np.float64, (dimension,))
        self._add("spread", np.float64, (dimension, dimension))
        self._add("tail", np.float64, (1,))
        if code_columns:  # last, since how many columns there are shows only when all rows are in
            self._add("axes", np.float32, (dimension, dimension))
            self._add("codes", np.uint8, (padded * (code_columns // 2),))
            self._add("positions", np.int64, (padded // 2 + 4 * blocks.BLOCK,), aligned=False)  # right behind

    def _add(self, name: str, kind: type, shape: tuple[int, ...], *, aligned: bool = True) -> None:
        start = -(-self.size // 4096) * 4096 if aligned else self.size
        dtype = np.dtype(kind)
        self.fields[name] = (start, dtype, shape)
        self.size = start + dtype.itemsize * int(np.prod(shape))

    def view(self, body: NDArray[np.uint8], name: str) -> NDArray[Any]:
        start, kind, shape = self.fields[name]
        return body[start : start + kind.itemsize * int(np.prod(shape))].view(kind).reshape(shape)


class Base:
    """One generation's rows in a segment, and the lookups a search needs.

    Arrays are (n, ...) views; only `live`, and what `erase` zeroes, ever change after building.
    """

    def __init__(self, segment: Segment, threads: int = 1) -> None:
        self.segment, header = segment, segment.header()
        self.threads = threads
        self.header = header
        self.generation, self.n = int(header["generation"]), int(header["rows"])
        self.dimension = int(header["dimension"])
        layout = self.layout = Layout(int(header["capacity"]), self.dimension, int(header["columns"]))
        body, n = segment.body, self.n
        self.vectors: NDArray[np.float32] = layout.view(body, "vectors")[:n]
        self.ids: NDArray[np.int64] = layout.view(body, "ids")[:n]
        self.persons: NDArray[np.int64] = layout.view(body, "persons")[:n]
        self.holdings: NDArray[np.int32] = layout.view(body, "holdings")[:n]
        self.until: NDArray[np.int32] = layout.view(body, "until")[:n]
        self.searchable: NDArray[np.bool_] = layout.view(body, "searchable")[:n]
        self.live: NDArray[np.bool_] = layout.view(body, "live")[:n]
        self.by_id: NDArray[np.int32] = layout.view(body, "by_id")[:n]
        self.by_person: NDArray[np.int32] = layout.view(body, "by_person")[:n]
        self.centre: NDArray[np.float64] = layout.view(body, "centre")
        self.spread: NDArray[np.float64] = layout.view(body, "spread")
        self.tail: NDArray[np.float64] = layout.view(body, "tail")

    def __len__(self) -> int:
        return self.n

    @cached_property
    def quantiser(self) -> Quantiser | None:
        """How rows are coded; None for a base too small to be."""
        if not self.layout.columns:
            return None
        mean, scale, lengths = (self.layout.view(self.segment.body, f) for f in ("mean", "scale", "lengths"))
        coded = int(self.header["coded"])
        axes = self.layout.view(self.segment.body, "axes")[:coded] if coded < self.dimension else None
        return Quantiser(mean, scale[:coded], lengths, bool(self.header["fine"]), axes)

    @cached_property
    def parts(self) -> list[Part]:
        """Consecutive parts to scan; none when the base is small or the kernel is not as expected."""
        columns = self.layout.columns
        if not columns or not self.n or not kernel_agrees(columns):
            return []
        start = HEADER + self.layout.fields["codes"][0]
        end = HEADER + self.layout.fields["positions"][0]
        parts, first = [], 0
        for share in SHARES:
            last = self.n if share == SHARES[-1] else first + int(self.n * share) // blocks.BLOCK * blocks.BLOCK
            step = -(-(last - first) // self.threads // blocks.BLOCK) * blocks.BLOCK
            scanners = [
                Scanner(self.segment.memory, start, end, columns, at, min(step, last - at))
                for at in range(first, last, step)
            ]
            parts.append(Part(first, last - first, scanners, self.threads))
            first = last
        return parts

    @cached_property
    def uncoded(self) -> NDArray[np.int64]:
        """Rows that the code's bound does not cover; compared in every search."""
        return np.flatnonzero(self.layout.view(self.segment.body, "uncoded")[: self.n])

    def find_ids(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Positions of those ids that are in this base, dead ones too."""
        if not self.n or not ids.size:
            return np.zeros(0, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.ids, ids, sorter=self.by_id), self.n - 1)
        place = self.by_id[at].astype(np.int64)
        return np.unique(place[self.ids[place] == ids])

    def rows_of_persons(self, persons: NDArray[np.int64]) -> NDArray[np.int64]:
        """Positions of every row of these persons, which are distinct."""
        if not self.n or not persons.size:
            return np.zeros(0, dtype=np.int64)
        first = np.searchsorted(self.persons, persons, side="left", sorter=self.by_person)
        last = np.searchsorted(self.persons, persons, side="right", sorter=self.by_person)
        count = last - first
        run = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.asarray(self.by_person[np.repeat(first, count) + run], dtype=np.int64)

    def erase(self, positions: NDArray[np.int64]) -> None:
        """Takes rows out for every process that maps this segment, and zeroes what was theirs."""
        self.live[positions] = False
        self.vectors[positions] = 0
        if self.layout.columns:
            blocks.blank(self.layout.view(self.segment.body, "codes"), self.layout.columns, positions)

    def erased(self, positions: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Per position: not live, vector all zero, code all zero."""
        gone = ~self.live[positions] & ~self.vectors[positions].any(axis=1)
        if self.layout.columns:
            codes = self.layout.view(self.segment.body, "codes")
            gone &= ~blocks.unpack(codes, self.layout.columns, positions).any(axis=1)
        return np.asarray(gone, dtype=np.bool_)

    def take(self, positions: NDArray[np.int64]) -> Rows:
        """These rows, as rows; without those that another process erases meanwhile."""
        vectors = self.vectors[positions]
        left = self.live[positions] & (np.abs(np.einsum("ij,ij->i", vectors, vectors) - 1) < 0.1)
        positions = positions[left]
        return Rows(
            self.ids[positions],
            self.persons[positions],
            self.holdings[positions],
            self.until[positions],
            self.searchable[positions],
            vectors[left],
        )


def build(
    place: SegmentFile,
    parts: Iterable[Rows],
    capacity: int,
    dimension: int,
    *,
    generation: int,
    identity: dict[str, str],
    threads: int = 1,
    fine: bool | None = None,
) -> Base:
    """Writes rows into a new segment, sealed but not published; the caller holds the place's lock.

    capacity: at least the number of rows that `parts` yield. identity: what a gallery must share to take the
    segment up. Raises RowsRefused for repeated ids, another dimension or more rows than capacity.
    """
    coded = capacity >= CODED_FROM
    fine = dimension >= quantiser.FINE_FROM if fine is None else fine
    layout = Layout(capacity, dimension, quantiser.columns(dimension, fine) if coded else 0)
    segment = place.create(layout.size)
    body, n = segment.body, 0
    for rows in parts:
        if rows.dimension != dimension or n + len(rows) > capacity:
            raise RowsRefused("The gallery was not built: a block of rows had another shape than announced.")
        for name in ("ids", "persons", "holdings", "until", "searchable", "vectors"):
            layout.view(body, name)[n : n + len(rows)] = getattr(rows, name)
        n += len(rows)
    layout.view(body, "live")[:n] = True
    ids, persons = layout.view(body, "ids")[:n], layout.view(body, "persons")[:n]
    order = np.argsort(ids, kind="stable")
    if n > 1 and bool((np.diff(ids[order]) == 0).any()):
        raise RowsRefused("The gallery was not built: the same template id stands in two rows.")
    layout.view(body, "by_id")[:n] = order
    layout.view(body, "by_person")[:n] = np.argsort(persons, kind="stable")
    vectors = layout.view(body, "vectors")[:n]
    kept = dimension
    if n < CODED_FROM:
        layout = Layout(capacity, dimension, 0)
        body = place.shrink(segment, layout.size)
    else:
        fitted = Quantiser.fit(_strided(vectors, SAMPLE), fine)
        kept = len(fitted.scale)
        layout = Layout(capacity, dimension, fitted.columns)
        body = place.shrink(segment, layout.size)
        _encode(fitted, layout, body, vectors)
        _measure(layout, body, vectors)
    header = {
        "format": FORMAT,
        "generation": generation,
        "rows": n,
        "capacity": capacity,
        "dimension": dimension,
        "columns": layout.columns,
        "fine": fine,
        "coded": kept,
        **identity,
    }
    segment.seal(header)
    return Base(segment, threads)


def fits(segment: Segment, identity: dict[str, str], dimension: int) -> bool:
    """Whether a segment is of this gallery, of this format, and as long as its header says."""
    header = segment.header()
    try:
        if header["format"] != FORMAT or header["dimension"] != dimension:
            return False
        layout = Layout(int(header["capacity"]), dimension, int(header["columns"]))
        return (
            all(header[key] == value for key, value in identity.items())
            and 0 <= int(header["rows"]) <= layout.capacity
            and len(segment.body) == layout.size
        )
    except (KeyError, TypeError, ValueError, GalleryError):
        return False


def _strided(vectors: NDArray[np.float32], most: int) -> NDArray[np.float32]:
    return np.ascontiguousarray(vectors[:: max(1, len(vectors) // most)][:most])


def _encode(fitted: Quantiser, layout: Layout, body: NDArray[np.uint8], vectors: NDArray[np.float32]) -> None:
    layout.view(body, "mean")[:] = fitted.mean
    layout.view(body, "scale")[: len(fitted.scale)] = fitted.scale
    layout.view(body, "lengths")[:] = fitted.lengths
    if fitted.axes is not None:
        layout.view(body, "axes")[: len(fitted.axes)] = fitted.axes
    codes, uncoded = layout.view(body, "codes"), layout.view(body, "uncoded")
    row_bytes = layout.columns // 2
    for at in range(0, len(vectors), CHUNK):
        coded, outside = fitted.encode(vectors[at : at + CHUNK])
        uncoded[at : at + len(coded)] = outside
        padded = np.zeros((positions_needed(len(coded)), layout.columns), dtype=np.uint8)
        padded[: len(coded)] = coded
        codes[at * row_bytes : (at + len(padded)) * row_bytes] = blocks.pack(padded)
    positions = layout.view(body, "positions")
    positions[:] = np.arange(len(positions))


def _measure(layout: Layout, body: NDArray[np.uint8], vectors: NDArray[np.float32]) -> None:
    """Mean and covariance of the rows, and how far the best scores of a probe lie in the tail they predict."""
    sample = _strided(vectors, SAMPLE)
    centre = sample.mean(axis=0, dtype=np.float64)
    spread = np.cov(sample, rowvar=False, dtype=np.float64)
    layout.view(body, "centre")[:] = centre
    layout.view(body, "spread")[:] = np.atleast_2d(spread)
    probes = _strided(vectors, 48)
    heights = np.partition(sample @ probes.T, -24, axis=0)[-24]
    layout.view(body, "tail")[0] = tail_factor(probes, heights, 24 / len(sample), centre, spread)


def tail_factor(
    probes: NDArray[np.float32],
    heights: NDArray[np.floating[Any]],
    share: float,
    centre: NDArray[np.float64],
    spread: NDArray[np.float64],
) -> float:
    """The low tenth of (height - mean) / deviation over the probes, in units of a normal tail of that share."""
    exact = probes.astype(np.float64)
    deviation = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", exact, spread, exact), 1e-12))
    normal = NormalDist().inv_cdf(1 - min(share, 0.4))
    return float(np.quantile((heights - exact @ centre) / deviation, 0.1) / normal)
