"""A closer look at a face: upright, at the size that the detector knows best, to set its landmarks.

YuNet places the landmarks of a leaning face as if it leaned a third as much (docs/measurements/faces.md), and a
template made from such landmarks hardly resembles its owner's. So each face is turned upright by what was seen,
looked at again, and once more while it still seems to lean.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from antigone.faces.alignment import TEMPLATE, similarity
from antigone.faces.face import Face, Landmarks
from antigone.faces.yunet import Candidates, Detector
from antigone.imaging.picture import Pixels

SIDE = 192
EYES = 60.0
"""The canvas, and the distance between the eyes in it, both in pixels."""

STEPS = 2
STILL = 4.0
"""Degrees of seen lean below which a face counts as upright."""

REST = 7.0
"""Degrees of seen lean below which a closer look is the last."""

GAIN = 1.8
"""By how much more than it seems a face is turned, when it seems to lean more than STILL."""

SLACK = 0.01
"""By how much a further look may score less and still count as better, for standing straighter."""

LEAST = 0.5

CHECK_SIDE = 128
CHECK_EYES = 40.0


@dataclass(frozen=True, slots=True)
class Refined:
    """A face after the closer look, and the lean, in degrees, that it still seemed to have."""

    face: Face
    left: float


def refine(net: Detector, pixels: Pixels, face: Face) -> Refined | None:
    """The face with landmarks from closer looks, or None when no look confirmed it."""
    quarter = -float(face.turn)
    seen = wrap(pose(face.landmarks)[0] - quarter)
    angle = quarter + (GAIN * seen if abs(seen) > STILL else seen)
    best = _closer(net, pixels, face.landmarks, angle)
    if best is None:
        return None
    for _ in range(STEPS):
        if abs(best.left) < REST:
            break
        landmarks = best.face.landmarks
        angle = pose(landmarks)[0] - best.left + float(np.clip(GAIN * best.left, -45, 45))
        look = _closer(net, pixels, landmarks, angle)
        if look is None or look.face.score < best.face.score - SLACK:
            break
        best = look
    return best


def _closer(net: Detector, pixels: Pixels, landmarks: Landmarks, angle: float) -> Refined | None:
    """One look at the face about these landmarks, the picture turned back by `angle` degrees."""
    matrix = look_matrix(landmarks, angle, pose(landmarks)[1], SIDE, EYES)
    canvas = cv2.warpAffine(pixels, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR)
    row = central(net.look(np.asarray(canvas, np.uint8)[None], LEAST)[0], SIDE)
    if row is None:
        return None
    back = np.asarray(cv2.invertAffineTransform(matrix), np.float32)
    points = (row[4:14].reshape(5, 2) @ back[:, :2].T + back[:, 2]).astype(np.float32)
    lean = pose(points)[0]
    return Refined(_face(points, row, back, lean), wrap(lean - angle))


def half_turn_gap(net: Detector, pixels: Pixels, face: Face) -> float:
    """By how much the face, as it was seen, scores above the same face turned upside down.

    The detector answers to faces that hang upside down nearly as surely as to upright ones, with landmarks
    that are wrong; of the two, the true one scored higher in every case measured where the answer was sure.
    """
    lean, scale = pose(face.landmarks)
    matrix = look_matrix(face.landmarks, lean, scale, CHECK_SIDE, CHECK_EYES)
    seen = np.asarray(cv2.warpAffine(pixels, matrix, (CHECK_SIDE, CHECK_SIDE), flags=cv2.INTER_LINEAR), np.uint8)
    upright, hanging = (central(rows, CHECK_SIDE) for rows in net.look(np.stack([seen, np.rot90(seen, 2)]), LEAST / 2))
    return (0.0 if upright is None else float(upright[14])) - (0.0 if hanging is None else float(hanging[14]))


def central(rows: Candidates, side: int) -> Candidates | None:
    """The best candidate about the middle of a canvas, or None."""
    centre = rows[:, :2] + rows[:, 2:4] / 2 - np.float32(side / 2)
    distance = np.hypot(centre[:, 0], centre[:, 1]) / side
    worth = np.where(distance < 0.25, rows[:, 14] - distance, -1.0)
    if not len(rows) or worth.max() < 0:
        return None
    best: Candidates = rows[int(np.argmax(worth))]
    return best


def pose(landmarks: Landmarks) -> tuple[float, float]:
    """Lean clockwise from upright in degrees, and the scale from picture to template."""
    matrix = similarity(landmarks)
    lean = -float(np.degrees(np.arctan2(matrix[1, 0], matrix[0, 0])))
    return lean, float(np.hypot(matrix[0, 0], matrix[1, 0]))


def wrap(angle: float) -> float:
    """An angle in degrees, brought to -180 to 180."""
    return (angle + 180) % 360 - 180


def quarter_turn(lean: float) -> int:
    """The clockwise quarter turn that brings a face of this lean nearest to upright."""
    return round(-lean / 90) % 4 * 90


def look_matrix(landmarks: Landmarks, angle: float, scale: float, side: int, eyes: float) -> npt.NDArray[np.float64]:
    """Brings the landmarks' middle to the canvas's, turned back by `angle`, the eyes `eyes` pixels apart."""
    factor = scale * eyes / float(TEMPLATE[1, 0] - TEMPLATE[0, 0])
    radians = np.radians(-angle)
    cos, sin = np.cos(radians) * factor, np.sin(radians) * factor
    linear = np.array([[cos, -sin], [sin, cos]])
    middle = np.array([side / 2, side / 2 + 2])
    return np.hstack([linear, (middle - linear @ landmarks.mean(axis=0))[:, None]])


def _face(landmarks: Landmarks, row: Candidates, back: npt.NDArray[np.float32], lean: float) -> Face:
    size = row[2:4] * float(np.hypot(back[0, 0], back[1, 0]))
    x, y = back[:, :2] @ (row[:2] + row[2:4] / 2) + back[:, 2]
    turn = quarter_turn(lean)
    width, height = (size[1], size[0]) if turn in (90, 270) else (size[0], size[1])
    box = (float(x - width / 2), float(y - height / 2), float(width), float(height))
    return Face(box=box, landmarks=landmarks, score=min(1.0, float(row[14])), turn=turn)
