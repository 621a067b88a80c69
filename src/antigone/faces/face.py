"""A face found in a picture, or placed by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Landmarks = npt.NDArray[np.float32]
"""float32 (5, 2): right eye, left eye, nose tip, right and left mouth corner (the person's own right and
left), as x, y in pixels of the picture; the centre of the first pixel is 0, 0."""

Vectors = npt.NDArray[np.float32]
"""float32 (n, dimension), each row of unit length."""


@dataclass(frozen=True, eq=False)
class Face:
    """One face in a picture.

    `box` is x, y, width, height in pixels of the picture as it stands (not turned). `score` is the
    detector's, 0 to 1, and 1 for landmarks placed by hand. `turn` in {0, 90, 180, 270} is the clockwise turn,
    in degrees, that brings the face upright.
    """

    box: tuple[float, float, float, float]
    landmarks: Landmarks
    score: float
    turn: int

    @property
    def roll(self) -> float:
        """Degrees, -180 to 180, by which the line from mouth to eyes leans clockwise from upright."""
        up = self.landmarks[:2].mean(axis=0) - self.landmarks[3:].mean(axis=0)
        return float(np.degrees(np.arctan2(up[0], -up[1])))

    @property
    def eye_distance(self) -> float:
        """Distance between the eyes' centres, in pixels of the picture."""
        return float(np.hypot(*(self.landmarks[1] - self.landmarks[0])))
