"""The colour of the skin where it can be seen, and where in the picture there is skin."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from antigone.evaluation.degradation.frame import Floats, Scene
from antigone.evaluation.degradation.sheet import step

LUMINANCE = np.asarray([0.299, 0.587, 0.114], dtype=np.float32)
"""ITU-R BT.601, as JPEG has it."""


def sample(target: Scene, u: float, v: float, radius: float) -> npt.NDArray[np.float64]:
    """Median RGB, shape (3,), of the square of half-width `radius` about u, v in eye distances."""
    (x, y), reach = target.frame.to_picture([(u, v)])[0], max(1.0, radius * target.frame.unit)
    height, width = target.pixels.shape[:2]
    left, top = int(np.clip(x - reach, 0, width - 1)), int(np.clip(y - reach, 0, height - 1))
    patch = target.pixels[top : max(top + 1, int(y + reach) + 1), left : max(left + 1, int(x + reach) + 1)]
    return np.asarray(np.median(patch.reshape(-1, 3), axis=0), dtype=np.float64)


def skin_colour(target: Scene) -> npt.NDArray[np.float64]:
    """RGB, shape (3,): the middle of what cheeks, nose and forehead show."""
    middle = target.frame.middle
    places = [(middle - 0.5, 0.6), (middle + 0.5, 0.6), (0.0, 0.35), (middle - 0.25, -0.5), (middle + 0.25, -0.5)]
    return np.asarray(np.median([sample(target, u, v, 0.12) for u, v in places], axis=0), dtype=np.float64)


def skin_mask(target: Scene) -> Floats:
    """0..1 over the window: the face but for hair and eyes' whites, and what else there has its colour."""
    rows, columns = target.window
    pixels = target.pixels[rows, columns]
    u, v = target.window_grid()
    frame = target.frame
    tone = skin_colour(target).astype(np.float32)
    light = pixels @ LUMINANCE
    own = max(float(tone @ LUMINANCE), 8.0)
    # Colour without brightness: how red and how blue against green, both over the brightness.
    lit = np.maximum(light, 12.0)
    red = (pixels[..., 0] - pixels[..., 1]) / lit - (tone[0] - tone[1]) / own
    blue = (pixels[..., 2] - pixels[..., 1]) / lit - (tone[2] - tone[1]) / own
    alike = np.exp(-(red * red + blue * blue) / np.float32(2 * 0.10**2))
    bright = step(0.3, 0.6, light / np.float32(own))
    far = np.hypot((u - np.float32(frame.middle)) / (0.7 + 0.4 * frame.narrowing), (v - 0.4) / 1.5)
    near = step(1.3, 1.0, far)
    inside = step(1.05, 0.75, far)
    mask = np.maximum(inside * (0.35 + 0.65 * bright), near * alike * bright)
    spread = 0.04 * frame.unit
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), max(0.5, spread)), dtype=np.float32)


def grain(target: Scene) -> float:
    """Spread of the finest detail on the cheeks, in grey levels: what a painted surface would lack."""
    found = []
    for side in (-0.45, 0.45):
        x, y = target.frame.to_picture([(target.frame.middle + side, 0.6)])[0]
        reach = max(2, int(0.15 * target.frame.unit))
        top, left = max(0, int(y) - reach), max(0, int(x) - reach)
        patch = target.pixels[top : top + 2 * reach, left : left + 2 * reach]
        if patch.size:
            light = np.asarray(patch @ LUMINANCE, dtype=np.float32)
            found.append(float(np.median(np.abs(light - cv2.GaussianBlur(light, (0, 0), 1.0)))) * 1.5)
    return min(found, default=0.0)
