"""The space in which templates of one recogniser are compared: moved to a mean, stretched by what tells people apart.

A recogniser's templates share a common part (their mean) and vary for one person in some directions more than in
others. Taking the mean out and damping the directions in which pictures of one person differ is within-class covariance
normalisation (Hatch, Kajarekar and Stolcke, "Within-class covariance normalization for SVM-based speaker recognition",
Interspeech 2006), with the covariance shrunk towards a multiple of the identity (Ledoit and Wolf 2004). A space is
learnt once (`antigone.evaluation.spaces`), shipped as numbers, and belongs to the embedding contract.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt

from antigone.faces.face import Vectors

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Space:
    """`mean`, float32 (d,), and `axes`, float32 (d, k): a template x becomes (x - mean) axes, of unit length."""

    mean: Floats
    axes: Floats

    def __post_init__(self) -> None:
        if self.mean.ndim != 1 or self.axes.ndim != 2 or self.axes.shape[0] != self.mean.shape[0]:
            raise ValueError("A space is a mean (d,) and axes (d, k).")
        if not (np.isfinite(self.mean).all() and np.isfinite(self.axes).all()):
            raise ValueError("The numbers of a space are finite.")

    @property
    def dimension(self) -> int:
        return int(self.axes.shape[1])

    @cached_property
    def digest(self) -> str:
        """SHA-256, in hex, over the numbers as little-endian float32, the mean first."""
        return hashlib.sha256(self.mean.astype("<f4").tobytes() + self.axes.astype("<f4").tobytes()).hexdigest()

    def project(self, vectors: Vectors) -> Vectors:
        """float32 (n, k) of unit length from (n, d); a template that is the mean itself becomes zeros."""
        # Not by BLAS: for a few rows its threads spin far longer than they work, on cores that others need.
        moved = np.einsum("nd,dk->nk", vectors - self.mean, self.axes)
        norms = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(norms, np.float32(1e-12)), np.float32)

    def to_bytes(self) -> bytes:
        """The numbers in numpy's archive form, as they are shipped."""
        buffer = io.BytesIO()
        np.savez(buffer, mean=self.mean.astype("<f4"), axes=self.axes.astype("<f4"))
        return buffer.getvalue()


@cache
def shipped(name: str) -> Space:
    """The space of this name that comes with the package."""
    data = resources.files(__package__).joinpath("spaces", f"{name}.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as found:
        return Space(found["mean"].astype(np.float32), found["axes"].astype(np.float32))
