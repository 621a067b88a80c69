"""The order of codes in memory that FAISS's FastScan kernels read.

Rows stand in blocks of 32: for each pair of columns, 16 bytes of the first column and 16 of the second; byte j
holds the codes of row ORDER[j] (low half) and of row ORDER[j] + 16 (high half). The order is that of
`pq4_pack_codes` (Andre, Kermarrec and Le Scouarnec, 2017; FAISS, MIT licence).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
ORDER = np.array([0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15])
_SLOT = np.argsort(ORDER)


def pack(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Codes uint8 (n, columns), n a multiple of 32 and columns even, to bytes uint8 (n * columns / 2,)."""
    n, columns = codes.shape
    grouped = codes.reshape(n // BLOCK, 2, BLOCK // 2, columns // 2, 2)[:, :, ORDER]
    both = grouped[:, 0] | (grouped[:, 1] << 4)
    return np.ascontiguousarray(both.transpose(0, 2, 3, 1)).reshape(-1)


def blank(packed: NDArray[np.uint8], columns: int, rows: NDArray[np.int64]) -> None:
    """Sets every code of these rows to 0, in place."""
    blocks = packed.reshape(-1, columns, BLOCK // 2)
    block, within = rows // BLOCK, rows % BLOCK
    for at, place in zip(block.tolist(), within.tolist(), strict=True):
        blocks[at, :, _SLOT[place % 16]] &= 0x0F if place >= 16 else 0xF0


def unpack(packed: NDArray[np.uint8], columns: int, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Codes uint8 (m, columns) of these rows."""
    block, within = rows // BLOCK, rows % BLOCK
    both = packed.reshape(-1, columns, BLOCK // 2)[block, :, _SLOT[within % 16]]
    shift = (within // 16 * 4).astype(np.uint8)
    return np.asarray((both >> shift[:, None]) & 0x0F, dtype=np.uint8)
