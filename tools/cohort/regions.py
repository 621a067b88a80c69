"""Where things lie on a head: masks and curves in the coordinates of the undeformed mesh, the same for everybody."""

from __future__ import annotations

import numpy as np

AXIS = 0.40  # the depth (z) of the vertical axis that azimuths are taken about
LOW, HIGH = 4.6, 8.7  # the heights that the unrolled skin maps cover
EYE = (0.308, 7.284)


def azimuth(rest: np.ndarray) -> np.ndarray:
    """Degrees from the face's middle, -180..180, positive on the person's left; `rest` is (..., 3)."""
    return np.degrees(np.arctan2(rest[..., 0], rest[..., 2] - AXIS))


def unrolled(rest: np.ndarray) -> np.ndarray:
    """Texture coordinates (..., 2) of the skin maps: azimuth across, height up."""
    return np.stack([azimuth(rest) / 360 + 0.5, (rest[..., 1] - LOW) / (HIGH - LOW)], -1)


def smooth(low: float, high: float, value: np.ndarray) -> np.ndarray:
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def spot(rest: np.ndarray, x: float, y: float, wide: float, tall: float) -> np.ndarray:
    """A soft spot on the front of the face."""
    front = smooth(0.5, 0.9, rest[..., 2])
    return front * np.exp(-(((rest[..., 0] - x) / wide) ** 2) - ((rest[..., 1] - y) / tall) ** 2)


def both(rest: np.ndarray, x: float, y: float, wide: float, tall: float) -> np.ndarray:
    return spot(rest, x, y, wide, tall) + spot(rest, -x, y, wide, tall)


def hairline(angle: np.ndarray, lift: float = 0.0, recession: float = 0.0, peak: float = 0.0) -> np.ndarray:
    """The height at which hair begins, at an absolute azimuth in degrees.

    `lift` raises the whole front, `recession` the temples' corners, `peak` lowers the middle (all in decimetres).
    """
    at = [0, 12, 26, 36, 46, 54, 60, 64, 69, 73, 80, 100, 112, 125, 150, 180]
    height = [8.04, 8.06, 8.05, 7.94, 7.77, 7.60, 7.44, 7.30, 7.16, 7.20, 7.42, 7.42, 7.15, 6.85, 6.5, 6.38]
    line = np.interp(angle, at, height)
    line = line + lift * smooth(62, 40, angle) - peak * np.exp(-((angle / 9) ** 2))
    return line + recession * np.exp(-(((angle - 34) / 13) ** 2))


def scalp(rest: np.ndarray, line: np.ndarray, edge: float = 0.07) -> np.ndarray:
    """1 where hair grows, 0 elsewhere; `line` is the hairline's height at each point."""
    return smooth(-edge, edge, rest[..., 1] - line)


def crown(rest: np.ndarray, size: float) -> np.ndarray:
    """1 on a bald crown of the given size (0..1), 0 elsewhere."""
    if size <= 0:
        return np.zeros(rest.shape[:-1])
    away = np.sqrt((rest[..., 0] / 0.62) ** 2 + ((rest[..., 2] - 0.28) / 0.85) ** 2)
    return smooth(size + 0.12, size - 0.12, away) * smooth(7.8, 8.0, rest[..., 1])


def beard(rest: np.ndarray, cheek: float = 0.0) -> np.ndarray:
    """1 where a beard would grow; `cheek` raises its upper edge."""
    angle = np.abs(azimuth(rest))
    top = np.interp(angle, [0, 9, 14, 20, 30, 45, 58, 66, 72], [6.79, 6.80, 6.78, 6.74, 6.70, 6.82, 7.05, 7.4, 7.5])
    below = smooth(0.05, -0.05, rest[..., 1] - top - cheek * smooth(20, 40, angle))
    throat = smooth(6.24, 6.42, rest[..., 1] + 0.25 * rest[..., 2])
    return below * throat * smooth(84, 70, angle) * smooth(0.25, 0.45, rest[..., 2])


def moustache(rest: np.ndarray) -> np.ndarray:
    return spot(rest, 0, 6.76, 0.27, 0.055) * (rest[..., 1] < 6.83)


def goatee(rest: np.ndarray) -> np.ndarray:
    return np.maximum(moustache(rest), spot(rest, 0, 6.3, 0.24, 0.2)) + 0.9 * both(rest, 0.27, 6.55, 0.06, 0.2)


def brow(rest: np.ndarray, arch: float, thick: float, reach: float, gap: float) -> np.ndarray:
    """1 on the eyebrows: `arch` is their rise, `thick` half their height, `reach` and `gap` their ends."""
    x = np.abs(rest[..., 0])
    t = np.clip((x - gap) / (reach - gap), 0, 1)
    middle = 7.475 + arch * np.sin(np.pi * np.clip(t, 0, 1) ** 1.25) - 0.02 * t
    half = thick * (1.0 - 0.65 * t**1.5)
    ends = smooth(gap - 0.035, gap + 0.03, x) * smooth(reach + 0.02, reach - 0.06, x)
    return ends * np.exp(-(((rest[..., 1] - middle) / half) ** 4)) * (rest[..., 2] > 0.7)
