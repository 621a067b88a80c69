"""A face marked by an examiner with five points, where the detector found none."""

from __future__ import annotations

import numpy as np

from antigone.faces.alignment import SIDE, similarity
from antigone.faces.face import Face, Landmarks
from antigone.imaging.picture import Pixels


def from_landmarks(pixels: Pixels, landmarks: Landmarks) -> Face:
    """A face from (5, 2) landmarks in picture pixels: right eye, left eye, nose, right and left mouth corner.

    The score is 1, being a person's. Raises ValueError, with a sentence, for points that are not five, lie
    outside the picture, lie in one place, or stand mirrored (right and left exchanged).
    """
    points = np.asarray(landmarks, dtype=np.float32)
    height, width = pixels.shape[:2]
    if points.shape != (5, 2) or not np.isfinite(points).all():
        raise ValueError("Five points are needed: right eye, left eye, nose, right and left mouth corner.")
    if (points < 0).any() or (points > [width - 1, height - 1]).any():
        raise ValueError("A point lies outside the picture.")
    eyes, mouth = points[1] - points[0], points[3:].mean(axis=0) - points[:2].mean(axis=0)
    if min(float(np.hypot(*eyes)), float(np.hypot(*mouth))) < 4:
        raise ValueError("The points lie too close together to make a face.")
    if float(eyes[0] * mouth[1] - eyes[1] * mouth[0]) <= 0:
        raise ValueError("Right and left are exchanged: the first eye is the person's own right one.")
    matrix = similarity(points)
    inverse = np.linalg.inv(matrix[:, :2])
    corners = (np.array([[0, 0], [SIDE, 0], [0, SIDE], [SIDE, SIDE]]) - matrix[:, 2]) @ inverse.T
    low, high = corners.min(axis=0), corners.max(axis=0)
    # Clockwise lean of the face, to the nearest quarter; turning the other way brings it upright.
    lean = float(np.degrees(np.arctan2(-mouth[0], mouth[1])))
    turn = round(-lean / 90) % 4 * 90
    box = (float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))
    return Face(box=box, landmarks=points, score=1.0, turn=turn)
