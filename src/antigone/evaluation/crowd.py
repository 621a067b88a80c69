"""Synthetic templates for measuring searches: identities in weak clusters, on a sphere, with further pictures.

Each row is an identity, leaning to one of 40 clusters, plus the noise of its picture; all three have the same
spectrum, turned at random. Two pictures of a person score 0.62 on average. The spectra are those of the two
recognisers at hand, measured on LFW: SFace's 128 dimensions all carry variance (the first half 68 % of it;
impostors deviate by 0.10), while EdgeFace-S's 512 hold it in 95 axes (impostors 0.10).
`full_rank` spreads 512 dimensions as SFace's 128: impostors deviate by 0.05, and search is hardest there.
Invented numbers: nothing here was a face.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from antigone.gallery import FOREVER, Rows

BLOCK = 50_000
CLUSTERS = 40
LEAN = 0.3
NOISE = 0.75
ROWS_A_PERSON = 1.54
HOLDINGS = 8
FULL_UP_TO, AXES = 128, 95
"""Longer templates than 128 are given the spectrum of EdgeFace-S: variance in 95 axes."""


@dataclass(frozen=True)
class Crowd:
    """`size` rows of `dimension`, made block by block; the same seed makes the same rows."""

    size: int
    dimension: int
    seed: int
    full_rank: bool = False

    def blocks(self) -> Iterator[Rows]:
        """All rows, in blocks of at most 50,000."""
        for number in range(-(-self.size // BLOCK)):
            yield self._block(number)[0]

    @property
    def axes(self) -> int:
        """How many axes carry variance."""
        return int(np.count_nonzero(self._spectrum()))

    def probes(self, count: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Further pictures float32 (count, dimension) of people in the gallery, and who they are int64 (count,)."""
        rng = np.random.default_rng([self.seed, 1])
        last = -(-self.size // BLOCK)
        numbers = rng.choice(last, min(last, 6), replace=False)
        vectors, owners = [], []
        for at, number in enumerate(numbers):
            rows, identities, own = self._block(int(number))
            share = len(range(at, count, len(numbers)))
            chosen = rng.integers(0, len(rows), share)
            vectors.append(self._pictures(identities[own[chosen]], rng))
            owners.append(rows.persons[chosen])
        order = rng.permutation(count)
        return np.concatenate(vectors)[order], np.concatenate(owners)[order]

    def _block(self, number: int) -> tuple[Rows, NDArray[np.float32], NDArray[np.intp]]:
        rng = np.random.default_rng([self.seed, 2, number])
        first = number * BLOCK
        ids = np.arange(first, min(first + BLOCK, self.size))
        own = ((ids - first) / ROWS_A_PERSON).astype(np.intp)
        centres = self._spectrum() * np.random.default_rng([self.seed, 3]).standard_normal(
            (CLUSTERS, self.dimension), dtype=np.float32
        )
        identities = rng.standard_normal((own[-1] + 1, self.dimension), dtype=np.float32) * self._spectrum()
        identities += np.float32(LEAN) * centres[rng.integers(0, CLUSTERS, len(identities))]
        rows = Rows(
            ids=ids,
            persons=own + first,
            holdings=rng.integers(0, HOLDINGS, len(ids), dtype=np.int32),
            until=np.full(len(ids), FOREVER),
            searchable=np.ones(len(ids), dtype=np.bool_),
            vectors=self._pictures(identities[own], rng),
        )
        return rows, identities, own

    def _pictures(self, identities: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
        noise = rng.standard_normal(identities.shape, dtype=np.float32) * self._spectrum()
        pictures = (identities + np.float32(NOISE) * noise) @ self._turn()
        lengths = np.linalg.norm(pictures, axis=1, keepdims=True)
        return np.asarray(pictures / lengths, dtype=np.float32)

    def _spectrum(self) -> NDArray[np.float32]:
        at = np.arange(self.dimension)
        if self.full_rank or self.dimension <= FULL_UP_TO:
            power = 1 / (1 + 4 * at / self.dimension)
        else:
            power = np.where(at < AXES, np.exp(-at / 75), 0)
        return np.asarray(np.sqrt(power / power.sum()), dtype=np.float32)

    def _turn(self) -> NDArray[np.float32]:
        square = np.random.default_rng([self.seed, 4]).standard_normal((self.dimension, self.dimension))
        return np.asarray(np.linalg.qr(square)[0], dtype=np.float32)
