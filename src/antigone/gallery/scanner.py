"""FAISS's FastScan kernels over codes that lie in memory we own, without a copy.

FAISS offers the range scan ("every row whose sum of table entries passes a threshold") on inverted lists. Here
there is one list, that of all rows, so nothing can go unprobed. `OnDiskInvertedLists` reads codes wherever its
pointer points; it is pointed at the segment. The sub-quantisers' codebooks are unit vectors of length 16, so
that the table of a probe is handed in as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from mmap import mmap
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from antigone.gallery.blocks import BLOCK, pack
from antigone.gallery.crew import together

SUM_LIMIT = 65_535


def positions_needed(rows: int) -> int:
    """How many int64 row numbers, ascending from 0, must stand right behind the codes."""
    return -(-rows // BLOCK) * BLOCK


class Scanner:
    """Scans consecutive rows of one packed code array.

    memory uint8: from its byte `start` on lie the codes of all rows, and right behind them, at `end`, int64
    row numbers from 0. `first` and `rows` say which rows this scanner reads; `first` is a multiple of 32.
    """

    def __init__(self, memory: NDArray[np.uint8], start: int, end: int, columns: int, first: int, rows: int) -> None:
        self._memory = memory  # the pointer below does not keep it alive
        self._columns, self.first, self.rows = columns, first, rows
        row_bytes = columns // 2
        offset = start + first * row_bytes
        lists: Any = faiss.OnDiskInvertedLists()
        lists.nlist, lists.code_size = 1, row_bytes
        lists.read_only, lists.prefetch_nthread = True, 0
        one = faiss.OnDiskOneList()
        one.size, one.offset, one.capacity = rows, offset, (end - offset) // row_bytes
        lists.lists.push_back(one)
        lists.ptr = faiss.swig_ptr(memory)
        lists.this.disown()  # its destructor would unmap memory that is not its own
        self._coarse = faiss.IndexFlatIP(16 * columns)
        self._coarse.add(np.zeros((1, 16 * columns), dtype=np.float32))
        index = faiss.IndexIVFPQFastScan(self._coarse, 16 * columns, 1, columns, 4, faiss.METRIC_INNER_PRODUCT, BLOCK)
        index.by_residual = False
        unit = np.tile(np.eye(16, dtype=np.float32), (columns, 1))
        faiss.copy_array_to_vector(unit.ravel(), index.pq.centroids)
        index.is_trained, index.nprobe, index.implem = True, 1, 10
        index.replace_invlists(lists, False)
        index.ntotal = rows
        self._index, self._lists = index, lists

    def at_least(self, table: NDArray[np.float32], least: int) -> NDArray[np.int64]:
        """Row numbers int64, ascending, of the rows whose table entries sum to `least` or more (0 < least)."""
        return self.sums_at_least(table, least)[0]

    def sums_at_least(self, table: NDArray[np.float32], least: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The same with each row's sum float32, exact while below 2^16."""
        if least > SUM_LIMIT:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        _, sums, rows = self._index.range_search(table.reshape(1, -1), least - 0.5)
        rows += self.first
        return rows, sums


class Part:
    """Consecutive rows, read by one scanner a thread."""

    def __init__(self, first: int, rows: int, scanners: Sequence[Scanner], threads: int) -> None:
        self.first, self.rows = first, rows
        self._scanners, self._threads = scanners, threads

    def at_least(self, table: NDArray[np.float32], least: int) -> NDArray[np.int64]:
        """Row numbers int64, ascending, whose table entries sum to `least` or more (0 < least)."""
        found = together(self._threads, lambda scanner: scanner.at_least(table, least), self._scanners)
        return found[0] if len(found) == 1 else np.concatenate(found)


@lru_cache(maxsize=8)
def kernel_agrees(columns: int) -> bool:
    """Whether this build of FAISS adds the tables exactly as the bounds assume; asked once per shape.

    The bounds rest on the kernel's integer arithmetic. Should another version scale or saturate otherwise, the
    gallery scans float32 instead: slower, and still exact.
    """
    rng = np.random.default_rng(20240229)
    rows = 4 * BLOCK + 5
    padded = positions_needed(rows)
    codes = rng.integers(0, 16, (padded, columns), dtype=np.uint8)
    codes[:, -1] = 0
    table = rng.integers(0, max(2, min(255, 60_000 // columns)), (columns, 16)).astype(np.float32)
    table[:, 0] = 0
    table[-1] = 0
    table[-1, 15] = 255
    memory = np.frombuffer(mmap(-1, padded * (columns // 2 + 8)), dtype=np.uint8)  # aligned to a page
    memory[: padded * columns // 2] = pack(codes)
    memory[padded * columns // 2 :] = np.arange(padded, dtype=np.int64).view(np.uint8)
    scanner = Scanner(memory, 0, padded * columns // 2, columns, 0, rows)
    sums = table[np.arange(columns), codes[:rows]].sum(axis=1, dtype=np.float64)
    for least in (int(np.sort(sums)[rows // 2]), int(sums.max()), int(sums.min())):
        found, said = scanner.sums_at_least(table, least)
        if not np.array_equal(np.sort(found), np.flatnonzero(sums >= least)):
            return False
        if not np.array_equal(said, sums[found]):
            return False
    return True
