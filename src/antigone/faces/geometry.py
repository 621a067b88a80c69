"""Turning points with pictures, and whether five landmarks lie as a face's do."""

from __future__ import annotations

import numpy as np

from antigone.faces.alignment import TEMPLATE, similarity
from antigone.faces.face import Landmarks


def turn_points(points: Landmarks, turn: int, side: int) -> Landmarks:
    """Points of a square turned clockwise by `turn` degrees, back in the square as it stood.

    Pixel centres lie at integers, so the far edge is `side` - 1.
    """
    x, y = points[:, 0], points[:, 1]
    last = side - 1
    back = {0: (x, y), 90: (y, last - x), 180: (last - x, last - y), 270: (last - y, x)}[turn]
    return np.stack(back, axis=1).astype(np.float32)


def likeness(landmarks: Landmarks) -> float:
    """0 to 1: how well (5, 2) landmarks fit an upright face; weighs the detector's score in a turn.

    0 unless the eyes lie above the mouth and the person's right is on the picture's left. Otherwise it
    falls with the distance of the points from the aligned template, in eye distances, and with roll beyond 45
    degrees, where the next quarter turn suits better.
    """
    eyes, mouth = landmarks[:2].mean(axis=0), landmarks[3:].mean(axis=0)
    up = eyes - mouth
    roll = abs(float(np.degrees(np.arctan2(up[0], -up[1]))))
    if roll > 60 or not np.isfinite(landmarks).all():
        return 0.0
    down = -up / max(float(np.hypot(*up)), 1e-6)
    along = np.array([down[1], -down[0]])
    if float((landmarks[1] - landmarks[0]) @ along) <= 0 and float((landmarks[4] - landmarks[3]) @ along) <= 0:
        return 0.0
    return float(np.clip(1.0 - (roll - 45) / 60, 0.0, 1.0)) if roll > 45 else 1.0


def misfit(landmarks: Landmarks) -> float:
    """Root mean square distance of aligned landmarks from the template, in the template's eye distances."""
    try:
        matrix = similarity(landmarks)
    except ValueError:
        return float("inf")
    points = landmarks @ matrix[:, :2].T + matrix[:, 2]
    rms = np.sqrt(((points - TEMPLATE) ** 2).sum(axis=1).mean())
    return float(rms / np.hypot(*(TEMPLATE[1] - TEMPLATE[0])))
