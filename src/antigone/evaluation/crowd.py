"""Synthetic templates for measuring searches: identities in weak clusters, on a sphere, with further pictures.

Each row is an identity, leaning to one of 40 clusters, plus the noise of its picture; all three have the same
decaying spectrum, turned at random. Impostors score about 0 with deviation 0.05 at 512 dimensions and 0.10 at
128; two pictures of a person score 0.62 on average. Invented numbers: nothing here was a face.
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


@dataclass(frozen=True)
class Crowd:
    """`size` rows of `dimension`, made block by block; the same seed makes the same rows."""

    size: int
    dimension: int
    seed: int

    def blocks(self) -> Iterator[Rows]:
        """All rows, in blocks of at most 50,000."""
        for number in range(-(-self.size // BLOCK)):
            yield self._block(number)[0]

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
        power = 1 / (1 + 4 * np.arange(self.dimension) / self.dimension)
        return np.asarray(np.sqrt(power / power.sum()), dtype=np.float32)

    def _turn(self) -> NDArray[np.float32]:
        square = np.random.default_rng([self.seed, 4]).standard_normal((self.dimension, self.dimension))
        return np.asarray(np.linalg.qr(square)[0], dtype=np.float32)
