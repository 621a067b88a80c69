"""The face's own coordinates, so that a degradation is the same at any size and for any lean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from antigone.evaluation.errors import EvaluationError
from antigone.faces.face import Landmarks
from antigone.imaging.picture import Pixels

Floats = npt.NDArray[np.floating[Any]]
"""Real numbers of any shape; pixels are float32."""

EYES_TO_MOUTH = 1.15
"""Eyes to mouth in eye distances, on the face that recognisers align to (112 x 112, eyes 35.2 apart)."""

SMALLEST = 4.0
"""Eye distance in pixels below which there is nothing to degrade."""


@dataclass(frozen=True, eq=False)
class FaceFrame:
    """Origin midway between the eyes, u along the line of the eyes, v towards the mouth, in eye distances.

    u runs from the person's right eye to the left one, rightwards on an upright picture. `unit` is the eye
    distance in pixels, or what the height of the face says it would be, where a turned head shortens it.
    `spots`, shape (5, 2), are the landmarks in these coordinates, as they were on the clean picture.
    """

    origin: npt.NDArray[np.float64]
    along: npt.NDArray[np.float64]
    down: npt.NDArray[np.float64]
    unit: float
    spots: npt.NDArray[np.float64]
    grids: dict[tuple[int, int, int, int], tuple[Floats, Floats]] = field(default_factory=dict, repr=False)
    """Kept for the next step, which mostly needs the same."""

    def to_face(self, points: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Shape (n, 2): pixels to face coordinates."""
        away = (np.asarray(points, dtype=np.float64) - self.origin) / self.unit
        return np.stack([away @ self.along, away @ self.down], axis=-1)

    def to_picture(self, points: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Shape (n, 2): face coordinates to pixels."""
        column = np.asarray(points, dtype=np.float64) * self.unit
        return np.asarray(self.origin + column[..., :1] * self.along + column[..., 1:] * self.down)

    def grid(self, height: int, width: int, left: int = 0, top: int = 0) -> tuple[Floats, Floats]:
        """u and v of every pixel of a window of the picture, each of shape (height, width)."""
        asked = (height, width, left, top)
        if asked in self.grids:
            return self.grids[asked]
        x = (np.arange(left, left + width, dtype=np.float32) - np.float32(self.origin[0])) / np.float32(self.unit)
        y = (np.arange(top, top + height, dtype=np.float32) - np.float32(self.origin[1])) / np.float32(self.unit)
        (ax, ay), (dx, dy) = self.along.astype(np.float32), self.down.astype(np.float32)
        found = x[None] * ax + y[:, None] * ay, x[None] * dx + y[:, None] * dy
        self.grids[asked] = found
        return found

    @property
    def narrowing(self) -> float:
        """Eye distance as it is in the picture over `unit`: 1 from in front, less for a head turned aside."""
        return float(np.hypot(*(self.spots[1] - self.spots[0])))

    @property
    def middle(self) -> float:
        """u of the middle of the face that is seen: away from where the nose points."""
        return float(-0.5 * np.clip(self.spots[2, 0] - self.spots[:2, 0].mean(), -0.6, 0.6))


@dataclass(frozen=True, eq=False)
class Scene:
    """A picture under work: float32 (h, w, 3) RGB in 0..255, its landmarks in pixels, its face's frame.

    The pixels belong to the run: a step may change them in place.
    """

    pixels: Floats
    landmarks: npt.NDArray[np.float64]
    frame: FaceFrame

    @property
    def window(self) -> tuple[slice, slice]:
        """Rows and columns that hold the face with hair and neck; everything painted on it lies there."""
        corners = self.frame.to_picture([(-2.2, -2.0), (2.2, -2.0), (-2.2, 3.0), (2.2, 3.0)])
        height, width = self.pixels.shape[:2]
        left, top = np.floor(corners.min(axis=0)).clip(0, (width - 1, height - 1)).astype(int)
        right, bottom = np.ceil(corners.max(axis=0)).clip(1, (width, height)).astype(int)
        return slice(int(top), int(max(bottom, top + 1))), slice(int(left), int(max(right, left + 1)))

    def window_grid(self) -> tuple[Floats, Floats]:
        """u and v of the pixels of `window`."""
        rows, columns = self.window
        return self.frame.grid(rows.stop - rows.start, columns.stop - columns.start, columns.start, rows.start)


def scene(pixels: Pixels, landmarks: Landmarks) -> Scene:
    """The picture made ready; raises EvaluationError for what cannot be a picture with a face."""
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:
        raise EvaluationError("A picture to degrade is uint8 RGB of shape (h, w, 3). Nothing was changed.")
    points = np.asarray(landmarks, dtype=np.float64)
    if points.shape != (5, 2) or not np.isfinite(points).all():
        raise EvaluationError("A face to degrade has five landmarks, shape (5, 2), all finite. Nothing was changed.")
    eyes, mouth = points[:2].mean(axis=0), points[3:].mean(axis=0)
    across, fall = points[1] - points[0], mouth - eyes
    unit = max(float(np.hypot(*across)), float(np.hypot(*fall)) / EYES_TO_MOUTH)
    if unit < SMALLEST:
        raise EvaluationError(
            f"The face is too small to degrade: the eyes lie less than {SMALLEST:.0f} pixels apart. Nothing was "
            "changed."
        )
    # The line of the eyes and the line to the mouth, turned by a quarter, both say which way u runs.
    way = across + np.asarray([fall[1], -fall[0]])
    if float(np.hypot(*way)) < 0.1 * unit:
        raise EvaluationError(
            "The landmarks contradict each other: the mouth is not below the eyes. Nothing was changed."
        )
    along = way / np.hypot(*way)
    down = np.asarray([-along[1], along[0]])
    away = (points - eyes) / unit
    spots = np.stack([away @ along, away @ down], axis=-1)
    return Scene(pixels.astype(np.float32), points, FaceFrame(eyes, along, down, unit, spots))
