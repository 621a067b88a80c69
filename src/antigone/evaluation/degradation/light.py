"""Harsh light: a steep fall-off, the hot spot of a flash, a hard shadow across the face.

A stand-in: light laid over a picture taken in other light. Real light also moves the shading of nose and
sockets, which no paint on a flat picture can.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from antigone.evaluation.degradation.frame import Floats, Scene
from antigone.evaluation.degradation.sheet import step


def harsh_light(target: Scene, random: np.random.Generator, *, strength: float) -> Scene:
    """Falls off across the face always, and by chance burns out a spot or throws a shadow's edge over it."""
    height, width = target.pixels.shape[:2]
    u, v = target.frame.grid(height, width)
    angle = 2 * np.pi * random.random()
    along = np.float32(np.cos(angle)) * u + np.float32(np.sin(angle)) * (v - 0.45)
    # In stops about the face's middle, so that a strength of 1 spans some three stops over the face.
    stops = np.float32(1.25 * strength) * np.tanh(along * np.float32(0.9)) - np.float32(0.15 * strength)
    gain: Floats = np.exp2(stops).astype(np.float32)
    spot_u, spot_v = 0.7 * (random.random() - 0.5), 1.3 * (random.random() - 0.45)
    flash, shadow = random.random() < 0.5, random.random() < 0.5
    turn, offset = 2 * np.pi * random.random(), 0.9 * (random.random() - 0.5)
    ripple, phase = 0.15 * random.random(), 6.3 * random.random()
    if shadow:
        c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
        side: Floats = c * u + s * (v - 0.45) - np.float32(offset)
        side = side + np.float32(ripple) * np.sin(2.2 * (c * v - s * u) + np.float32(phase))
        gain = gain * (1 - np.float32(0.62 * strength) * step(-0.05, 0.05, side))
    pixels = target.pixels * gain[..., None]
    if flash:
        far = ((u - np.float32(spot_u)) / 0.42) ** 2 + ((v - np.float32(spot_v)) / 0.5) ** 2
        pixels = pixels + (np.float32(150 * strength) * np.exp(-far))[..., None] * np.asarray(
            [1, 0.98, 0.95], np.float32
        )
    # A sensor bends towards white rather than cutting off at once.
    bent = np.where(pixels > 200, 200 + 55 * (1 - np.exp(-(pixels - 200) / 55)), pixels)
    return replace(target, pixels=bent.astype(np.float32))
