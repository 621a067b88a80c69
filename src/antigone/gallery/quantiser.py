"""Few bits a dimension, with a bound: no row's true score lies above what its code says.

Rows are first turned onto the axes that they vary along, where these are far fewer than their dimensions, as
with recognisers whose last layers are of low rank. Each axis is centred, scaled and coded by 4 bits (the
Lloyd-Max levels of a normal variable), or by 5 (16 coarse levels and a step to either side). The length of what
the code leaves out, the residual, is coded beside it, rounded up. By Cauchy and Schwarz
q.x <= q.x' + |q| |x - x'|, so the sum over a row's codes of table entries that are rounded up is an upper bound
of its score, in whole steps; a scan for sums above a threshold misses no row whose score reaches it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

COARSE_ALONE = np.array(
    [0.1284, 0.3881, 0.6568, 0.9424, 1.2562, 1.6181, 2.0690, 2.7326],  # Max (1960), 16 levels, upper half
    dtype=np.float32,
)
COARSE_WITH_FINE = np.array(
    [0.1580, 0.4785, 0.8005, 1.1390, 1.4935, 1.8895, 2.3615, 3.0260],  # least squares for levels +- FINE
    dtype=np.float32,
)
FINE = np.float32(0.0870)

FINE_FROM = 96
"""From this dimension on 5 bits pay: scores crowd as 1/sqrt(d) while the residual of 4 bits stays the same."""

FEW, WORTH, TAIL = 32, 0.7, 7e-4
"""Axes are sought from so many dimensions on, and used when this share of them leaves no more than TAIL of the
variance, a quarter of what 5 bits leave."""

CELLS, REACH = 256, 4.0
"""Codes are looked up over 256 equal cells within four standard deviations."""

TABLE_TOP = 255
SUM_TOP = 65_000
"""The scan adds bytes into 16-bit sums; tables are scaled so that no sum can pass this."""

STEP_SHARE = 0.6
"""Steps finer than the widest column's table needs: low ends are cut off (upwards, so the bound holds). Measured:
of shares from 0.4 to 0.8 this one leaves the least slack, at 128 and at 512 dimensions, with 4 bits and with 5."""

SHIFTS = np.arange(5) / 5
"""Where within a step a column's entries may begin; the place that rounding up costs least is taken."""

ROUNDING = 2e-6
"""Added to every bound for float32 arithmetic while coding: some 50 times what unit vectors can gather."""


def _symmetric(upper: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.concatenate([-upper[::-1], upper])


def _lookup(levels: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Nearest level for the centre of each cell."""
    centres = (np.arange(CELLS) + 0.5) / CELLS * 2 * REACH - REACH
    return np.searchsorted((levels[1:] + levels[:-1]) / 2, centres).astype(np.uint8)


_LEVELS = {False: _symmetric(COARSE_ALONE), True: _symmetric(COARSE_WITH_FINE)}
_ALL_LEVELS = {
    False: _LEVELS[False],
    True: np.stack([_LEVELS[True] - FINE, _LEVELS[True] + FINE], axis=1).ravel(),
}
_LOOKUP = {fine: _lookup(levels) for fine, levels in _ALL_LEVELS.items()}
_COMMON = np.exp(-(_symmetric(COARSE_ALONE).astype(np.float64) ** 2) / 3)  # about how often each level comes
_COMMON /= _COMMON.sum()
_SIGNS = np.array([[1 if code >> bit & 1 else -1 for bit in range(4)] for code in range(16)], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Tables:
    """One probe's tables: q.x <= offset + step * (sum of table[m, code m]) for every coded row.

    table uint8-valued float32 (columns, 16), each column's least entry 0.
    """

    table: NDArray[np.float32]
    step: float
    offset: float

    def sum_for(self, score: float) -> int:
        """Rows with a smaller sum than this score below `score`."""
        return int(np.floor((score - self.offset) / self.step))


@dataclass(frozen=True, slots=True)
class Quantiser:
    """How one base is coded.

    mean float32 (d,); axes float32 (m, d), orthonormal, or None for the dimensions themselves (m = d); scale
    float32 (m,); lengths float32 (16,) ascending: the coded residual lengths. Columns of a code: m coarse, m/4
    fine (when fine), the residual's length twice (so that its table may span two bytes), and one to four that
    are always 0, whose table entry 15 fixes the scan's own scale at one.
    """

    mean: NDArray[np.float32]
    scale: NDArray[np.float32]
    lengths: NDArray[np.float32]
    fine: bool
    axes: NDArray[np.float32] | None = None

    @property
    def coded(self) -> int:
        """How many axes are coded."""
        return int(self.scale.shape[0])

    @property
    def columns(self) -> int:
        return columns(self.coded, self.fine)

    @classmethod
    def fit(cls, sample: NDArray[np.float32], fine: bool | None = None) -> Quantiser:
        """Fits to a sample of rows float32 (s, d); any fit is correct, a good one is quick."""
        fine = sample.shape[1] >= FINE_FROM if fine is None else fine
        mean = sample.mean(axis=0, dtype=np.float64).astype(np.float32)
        axes = _axes(sample)
        bare = cls(
            mean, np.ones(len(mean) if axes is None else len(axes), np.float32), np.zeros(16, np.float32), fine, axes
        )
        spread = bare._place(sample).std(axis=0, dtype=np.float64)
        bare = replace(bare, scale=np.maximum(spread, 1e-6).astype(np.float32))
        lengths = bare._code(sample)[1]
        shares = np.concatenate([np.linspace(0.03, 0.97, 14), [0.99, 0.9995]])
        bounds = np.maximum.accumulate(np.quantile(lengths, shares) * 1.0001 + 1e-7)
        return replace(bare, lengths=bounds.astype(np.float32))

    def encode(self, rows: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        """Codes uint8 (n, columns), each below 16, and bool (n,): rows whose residual no length covers.

        Such rows, some in two thousand, are outside the bound and must be compared in every search.
        """
        cells, residual = self._code(rows)
        n, at = cells.shape
        codes = np.zeros((n, self.columns), dtype=np.uint8)
        if self.fine:
            np.right_shift(cells, 1, out=codes[:, :at])
            fours = np.packbits(cells & 1, axis=1, bitorder="little")
            fours = np.stack([fours & 0x0F, fours >> 4], axis=2).reshape(n, -1)[:, : -(-at // 4)]
            codes[:, at : at + fours.shape[1]] = fours
            at += fours.shape[1]
        else:
            codes[:, :at] = cells
        length = np.searchsorted(self.lengths, residual)
        codes[:, at] = codes[:, at + 1] = np.minimum(length, 15)
        return codes, length > 15

    def tables(self, probe: NDArray[np.float32]) -> Tables:
        """The tables of one probe float32 (d,)."""
        q = probe.astype(np.float64)
        scaled = (q if self.axes is None else self.axes.astype(np.float64) @ q) * self.scale
        parts = [scaled[:, None] * _LEVELS[self.fine]]
        if self.fine:
            by_four = np.zeros(-(-scaled.size // 4) * 4)
            by_four[: scaled.size] = scaled * float(FINE)
            parts.append(by_four.reshape(-1, 4) @ _SIGNS.T)
        norm = float(np.sqrt(q @ q))
        parts.append(np.repeat(self.lengths[None].astype(np.float64) * (norm / 2), 2, axis=0))
        values = np.concatenate(parts)
        least, most = values.min(axis=1), values.max(axis=1)
        span = most - least
        step = max(float(span[:-2].max()) / TABLE_TOP * STEP_SHARE, 1e-12)
        fixed = self.columns - len(values)
        while np.ceil(np.minimum(span, TABLE_TOP * step) / step).sum() > SUM_TOP - fixed * TABLE_TOP:
            step *= 1.04
        floor = np.maximum(least, most - TABLE_TOP * step)
        places = np.maximum(values - floor[:, None], 0) / step
        shift = _best_shift(places, scaled.size)
        table = np.zeros((self.columns, 16), dtype=np.float32)
        table[: len(values)] = np.clip(np.ceil(places + shift[:, None] - 1e-9) - (shift > 0)[:, None], 0, TABLE_TOP)
        table[len(values) :, 15] = TABLE_TOP
        start = float(np.sum(floor + step * ((shift > 0) - shift)) + q @ self.mean.astype(np.float64))
        return Tables(table, step, start + (ROUNDING + 1e-9 * step * self.columns) * max(norm, 1.0))

    def _place(self, rows: NDArray[np.float32]) -> NDArray[np.float32] | NDArray[np.float64]:
        """Rows along the axes, (n, m): float32, or float64 where they had to be turned."""
        centred = rows - self.mean
        if self.axes is None:
            return centred
        return np.asarray(centred.astype(np.float64) @ self.axes.T.astype(np.float64))

    def _code(self, rows: NDArray[np.float32]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
        """The cell of each coordinate uint8 (n, m), and at least the length of what they leave out float32 (n,)."""
        place = self._place(rows)
        scaled = (place * np.float32(CELLS / 2 / REACH) / self.scale).astype(np.float32, copy=False)
        scaled += CELLS / 2
        np.clip(scaled, 0, CELLS - 1, out=scaled)
        cells = np.take(_LOOKUP[self.fine], scaled.astype(np.uint8))
        said = np.take(_ALL_LEVELS[self.fine], cells)
        said *= self.scale
        if self.axes is None:
            np.subtract(place, said, out=said)
            left = np.sqrt(np.einsum("ij,ij->i", said, said))
            return cells, np.asarray(left * np.float32(1 + 1e-5), dtype=np.float32)
        # |c - A'y|^2 = |c|^2 - 2 (Ac).y + |A'y|^2, in float64; axes in float32 are orthonormal to about 1e-7.
        turned, centred = said.astype(np.float64), (rows - self.mean).astype(np.float64)
        square = np.einsum("ij,ij->i", centred, centred) - 2 * np.einsum("ij,ij->i", place, turned)
        square += np.einsum("ij,ij->i", turned, turned) * (1 + _unevenness(self.axes))
        left = np.sqrt(np.maximum(square, 0)) * (1 + 1e-5)
        return cells, np.nextafter(left.astype(np.float32), np.float32(np.inf))


def _axes(sample: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Orthonormal axes (m, d) that hold all but TAIL of the variance; None where that takes most dimensions.

    Within their span the axes are turned at random, so that no single one is much longer than the others.
    """
    n, d = sample.shape
    if d < FEW or n < 4 * d:
        return None
    power, vectors = np.linalg.eigh(np.cov(sample, rowvar=False, dtype=np.float64))
    power, vectors = power[::-1], vectors[:, ::-1]
    rest = 1 - np.cumsum(np.maximum(power, 0)) / max(float(power.sum()), 1e-30)
    m = -(-int(np.argmax(rest <= TAIL) + 1) // 4) * 4
    if m > WORTH * d:
        return None
    turn = np.linalg.qr(np.random.default_rng(m).standard_normal((m, m)))[0]
    return np.ascontiguousarray((vectors[:, :m] @ turn).T, dtype=np.float32)


def _unevenness(axes: NDArray[np.float32]) -> float:
    """How far float32 axes are from orthonormal: the spectral norm of A A' - 1, bounded by that of Frobenius."""
    exact = axes.astype(np.float64)
    return float(np.linalg.norm(exact @ exact.T - np.eye(len(exact))))


def _best_shift(places: NDArray[np.float64], coarse: int) -> NDArray[np.float64]:
    """Per column, the shift by which rounding its places up adds least over the codes as they come."""
    added = np.empty((len(SHIFTS), len(places)))
    for at, shift in enumerate(SHIFTS):
        moved = places + shift
        excess = np.ceil(moved) - moved
        added[at, :coarse] = excess[:coarse] @ _COMMON
        added[at, coarse:] = excess[coarse:].mean(axis=1)
    return np.asarray(SHIFTS[np.argmin(added, axis=0)])


def columns(dimension: int, fine: bool) -> int:
    """How many 4-bit columns a code has; a multiple of 4, so that blocks of 32 rows stay aligned to 64 bytes."""
    used = dimension + (-(-dimension // 4) if fine else 0) + 2
    return used + 4 - used % 4
