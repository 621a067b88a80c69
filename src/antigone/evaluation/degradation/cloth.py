"""A cloth drawn up over the lower face.

A stand-in: one flat sheet with folds. Real cover also hides ears, brows or one whole side, clings when wet,
and throws a shadow that follows the face.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from antigone.evaluation.degradation.frame import Floats, Scene
from antigone.evaluation.degradation.sheet import LEFT, SCALE, TOP, noise, step

FABRICS = ((214, 211, 203), (96, 134, 152), (92, 124, 104), (88, 86, 84), (84, 86, 62), (34, 34, 38), (150, 118, 92))
"""Sheet, two drapes, blanket, field green, body bag, woollen brown: RGB."""


def cloth(target: Scene, random: np.random.Generator, *, edge: float) -> Scene:
    """Covers everything below the line v = `edge` (nose about 0.6, mouth about 1.15), slanting and uneven."""
    height, width = target.pixels.shape[:2]
    u, v = target.frame.grid(height, width)
    slant, bow = 0.5 * (random.random() - 0.5), 0.22 * (random.random() - 0.3)
    across = u - np.float32(target.frame.middle)
    wave, fine = _spread(noise(random, 0.7, 3), u, v), _spread(noise(random, 0.06, 2), u, v)
    broad = _spread(noise(random, 1.1, 2, stretch=1.8), u, v)
    rise = v - np.float32(edge) - np.float32(slant) * across + np.float32(bow) * across * across + 0.25 * (wave - 0.5)
    colour = np.asarray(FABRICS[int(len(FABRICS) * random.random())], dtype=np.float32)
    # Folds fall from the edge, fanned and bent by noise; the hem turns to the light.
    fan = (random.random() - 0.5) * 1.5
    phase = 4.0 * (u + np.float32(fan) * v * 0.4) + 3.0 * broad + np.float32(6.3 * random.random())
    shade = 0.86 + 0.11 * np.sin(phase) + 0.07 * np.sin(2.3 * phase + 1.0) + 0.12 * (fine - 0.5) + 0.25 * (broad - 0.5)
    shade += 0.10 * np.exp(-np.clip(rise, 0, None) / 0.06)
    # The cloth lies in the light of the scene.
    seen = target.pixels[target.window]
    exposure = np.clip(float(np.median(seen)) / 120.0, 0.6, 1.25)
    cover = step(-0.012, 0.012, rise)
    shadow = np.where(rise < 0, 0.45 * np.exp(np.clip(rise, -4, 0) / 0.07), 0).astype(np.float32)
    under = target.pixels * (1 - shadow)[..., None]
    sheet = np.clip(colour * (shade * np.float32(exposure))[..., None], 0, 250)
    return replace(target, pixels=under + cover[..., None] * (sheet - under))


def _spread(texture: Floats, u: Floats, v: Floats) -> Floats:
    """The sheet's texture over the whole picture, mirrored beyond the sheet's edge."""
    x, y = (u - np.float32(LEFT)) * SCALE, (v - np.float32(TOP)) * SCALE
    return np.asarray(cv2.remap(texture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), dtype=np.float32)
