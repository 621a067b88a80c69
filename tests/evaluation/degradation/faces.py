"""A face drawn with a few ellipses, of nobody."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

LANDMARKS = np.asarray([(104, 110), (146, 110), (125, 134), (107, 158), (143, 158)], dtype=np.float32)


def drawn_face() -> npt.NDArray[np.uint8]:
    """uint8 (250, 250, 3): skin, hair, brows, eyes, nose, lips, a shirt, a plain wall."""
    picture = np.full((250, 250, 3), (110, 130, 150), np.uint8)
    cv2.ellipse(picture, (125, 255), (95, 50), 0, 0, 360, (70, 60, 120), -1)
    cv2.rectangle(picture, (105, 180), (145, 225), (180, 135, 112), -1)
    cv2.ellipse(picture, (125, 105), (58, 72), 0, 0, 360, (60, 45, 35), -1)
    cv2.ellipse(picture, (125, 128), (48, 64), 0, 0, 360, (205, 160, 136), -1)
    for x in (104, 146):
        cv2.ellipse(picture, (x, 92), (12, 3), 0, 0, 360, (70, 50, 40), -1)
        cv2.ellipse(picture, (x, 110), (10, 4), 0, 0, 360, (235, 232, 228), -1)
        cv2.circle(picture, (x, 110), 4, (60, 45, 40), -1)
    cv2.ellipse(picture, (125, 130), (6, 14), 0, 0, 360, (188, 140, 118), -1)
    cv2.ellipse(picture, (125, 158), (18, 5), 0, 0, 360, (170, 84, 84), -1)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.5), dtype=np.uint8)
