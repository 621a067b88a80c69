"""Bring a face to the pose that recognisers expect: five points, 112 by 112 pixels."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from antigone.faces.face import Landmarks
from antigone.imaging.picture import Pixels

SIDE = 112
ALIGNMENT = "five-point-112-similarity-area-v1"

TEMPLATE: Landmarks = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]],
    dtype=np.float32,
)
"""Where the five landmarks lie in the 112 by 112 crop: the positions of ArcFace (Deng et al. 2019), which
SFace and EdgeFace were trained on as well."""


def similarity(landmarks: Landmarks, target: Landmarks = TEMPLATE) -> npt.NDArray[np.float64]:
    """The (2, 3) matrix that brings (5, 2) landmarks closest to `target` by scale, rotation and shift.

    Least squares without reflection: Umeyama, IEEE PAMI 13(4), 1991, in its closed form for the plane. Raises
    ValueError when the landmarks lie in one point.
    """
    source = np.asarray(landmarks, dtype=np.float64)
    goal = np.asarray(target, dtype=np.float64)
    source_mean, goal_mean = source.mean(axis=0), goal.mean(axis=0)
    p, q = source - source_mean, goal - goal_mean
    spread = float((p * p).sum())
    if not spread > 1e-6:
        raise ValueError("the landmarks lie in one point")
    a = float((p * q).sum()) / spread
    b = float((p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]).sum()) / spread
    linear = np.array([[a, -b], [b, a]])
    return np.hstack([linear, (goal_mean - linear @ source_mean)[:, None]])


def align(pixels: Pixels, landmarks: Landmarks) -> Pixels:
    """The aligned face, uint8 (112, 112, 3), cut from (h, w, 3) pixels; black where the picture ends."""
    return cut(pixels, landmarks, TEMPLATE)


def cut(pixels: Pixels, landmarks: Landmarks, target: Landmarks) -> Pixels:
    """The face with its landmarks brought to `target`, uint8 (112, 112, 3); black where the picture ends."""
    pixels, matrix = _prepared(pixels, similarity(landmarks, target), (SIDE, SIDE))
    return np.asarray(cv2.warpAffine(pixels, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR), np.uint8)


def warp(
    pixels: Pixels, landmarks: Landmarks, target: Landmarks, size: tuple[int, int]
) -> tuple[Pixels, npt.NDArray[np.uint8]]:
    """The face brought to other target points, (height, width, 3) for `size` (width, height).

    Beside it a mask of the same size, 255 where the picture has pixels.
    """
    pixels, matrix = _prepared(pixels, similarity(landmarks, target), size)
    warped = np.asarray(cv2.warpAffine(pixels, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)
    height, width = pixels.shape[:2]
    corners = matrix @ np.array([[0, width, width, 0], [0, 0, height, height], [1, 1, 1, 1]], np.float64)
    inside = np.zeros((size[1], size[0]), np.uint8)
    cv2.fillConvexPoly(inside, np.clip(corners.T, -30_000, 30_000).round().astype(np.int32), 255)
    return warped, inside


def _prepared(
    pixels: Pixels, matrix: npt.NDArray[np.float64], size: tuple[int, int]
) -> tuple[Pixels, npt.NDArray[np.float64]]:
    """Pixels and matrix to warp with: what would be reduced more than twice is reduced by area first.

    Sampling a large face directly would let its fine detail alias into the crop.
    """
    factor = 2 * float(np.hypot(matrix[0, 0], matrix[1, 0]))
    if factor >= 1:
        return pixels, matrix
    height, width = pixels.shape[:2]
    inverse = np.linalg.inv(np.vstack([matrix, [0.0, 0.0, 1.0]]))
    corners = inverse[:2] @ np.array([[0, size[0], 0, size[0]], [0, 0, size[1], size[1]], [1, 1, 1, 1]], float)
    margin = 2 / factor
    left, top = np.clip(np.floor(corners.min(axis=1) - margin), 0, [width - 1, height - 1]).astype(int)
    right, bottom = np.clip(np.ceil(corners.max(axis=1) + margin), [left + 1, top + 1], [width, height]).astype(int)
    part = pixels[top:bottom, left:right]
    less = (max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor)))
    reduced = np.asarray(cv2.resize(part, less, interpolation=cv2.INTER_AREA), np.uint8)
    fx, fy = less[0] / part.shape[1], less[1] / part.shape[0]
    # Pixel centres lie at integers: x' of the reduced part is x = (x' + 0.5) / fx - 0.5 + left before.
    back = np.array([[1 / fx, 0, 0.5 / fx - 0.5 + left], [0, 1 / fy, 0.5 / fy - 0.5 + top], [0, 0, 1]])
    return reduced, (np.vstack([matrix, [0.0, 0.0, 1.0]]) @ back)[:2]
