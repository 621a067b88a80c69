"""A decoded picture and where it came from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""uint8, shape (height, width, 3), RGB."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels the right way up, and the digest of the bytes they were read from.

    `sha256` is of the original bytes as received, in hex; `format` is one of JPEG, PNG, WEBP, TIFF, HEIF.
    """

    pixels: Pixels
    sha256: str
    format: str

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])
