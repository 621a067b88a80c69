"""The order of codes in memory that FAISS's FastScan kernels read.

Rows stand in blocks of 128: for each pair of columns, four groups of 32 rows; for each group 16 bytes of the
first column and 16 of the second; byte j holds the codes of row ORDER[j] of the group (low half) and of row
ORDER[j] + 16 (high half). The order is that of `pq4_pack_codes` (Andre, Kermarrec and Le Scouarnec, 2017; FAISS,
MIT licence), where blocks may be any multiple of 32; a table stays in the registers for all groups of a block.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BLOCK, LANES, HALF = 128, 32, 16
ORDER = np.array([0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15])
_SLOT = np.argsort(ORDER)


def pack(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Codes uint8 (n, columns), n a multiple of 128 and columns even, to bytes uint8 (n * columns / 2,)."""
    n, columns = codes.shape
    grouped = codes.reshape(n // BLOCK, BLOCK // LANES, 2, HALF, columns // 2, 2)[:, :, :, ORDER]
    both = grouped[:, :, 0] | (grouped[:, :, 1] << 4)  # block, group, byte, pair, which of the pair
    return np.ascontiguousarray(both.transpose(0, 3, 1, 4, 2)).reshape(-1)


def blank(packed: NDArray[np.uint8], columns: int, rows: NDArray[np.int64]) -> None:
    """Sets every code of these rows to 0, in place."""
    blocks = _blocks(packed, columns)
    for row in rows.tolist():
        lane = row % LANES
        at = blocks[row // BLOCK, :, row % BLOCK // LANES, :, _SLOT[lane % HALF]]
        at &= 0x0F if lane >= HALF else 0xF0


def unpack(packed: NDArray[np.uint8], columns: int, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Codes uint8 (m, columns) of these rows."""
    lane = rows % LANES
    both = _blocks(packed, columns)[rows // BLOCK, :, rows % BLOCK // LANES, :, _SLOT[lane % HALF]]
    shift = (lane // HALF * 4).astype(np.uint8)
    return np.asarray((both.reshape(len(rows), columns) >> shift[:, None]) & 0x0F, dtype=np.uint8)


def _blocks(packed: NDArray[np.uint8], columns: int) -> NDArray[np.uint8]:
    return packed.reshape(-1, columns // 2, BLOCK // LANES, 2, HALF)
