"""Turned bodies: the whole picture rotated, with the canvas enlarged so that nothing is cut.

A stand-in: only the turn in the picture's plane is made. Bodies are also photographed from above, from the feet
and from too near, which changes the shape of a face.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from antigone.evaluation.degradation.frame import Scene

QUARTERS = ((0, 0.15), (90, 0.30), (180, 0.25), (270, 0.30))
"""Degrees clockwise by which the head lies from upright, and how often: bodies mostly lie across the picture."""


def turned(target: Scene, random: np.random.Generator, *, lean: float) -> Scene:
    """Turns the picture by a quarter drawn from `QUARTERS` and by `lean` degrees more."""
    drawn, quarter = random.random(), 0
    for degrees, share in QUARTERS:
        quarter = degrees
        if drawn < share:
            break
        drawn -= share
    return turn(target, quarter + lean, random)


def turn(target: Scene, degrees: float, random: np.random.Generator) -> Scene:
    """The picture turned clockwise; the corners that this opens take on the blurred colours of its edge."""
    height, width = target.pixels.shape[:2]
    angle = np.radians(degrees)
    c, s = float(np.cos(angle)), float(np.sin(angle))
    rotation = np.asarray([[c, -s], [s, c]])
    # 1e-6 keeps a whole quarter from gaining a row by rounding.
    new_width = int(np.ceil(abs(width * c) + abs(height * s) - 1e-6))
    new_height = int(np.ceil(abs(width * s) + abs(height * c) - 1e-6))
    middle = np.asarray([(width - 1) / 2, (height - 1) / 2])
    shift = np.asarray([(new_width - 1) / 2, (new_height - 1) / 2]) - rotation @ middle
    matrix = np.column_stack([rotation, shift])
    size = (new_width, new_height)
    pixels = cv2.warpAffine(target.pixels, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    inside = cv2.warpAffine(np.ones((height, width), np.float32), matrix, size, flags=cv2.INTER_LINEAR)
    # Repeated edges would be stripes: blur them as the ground beyond the depth of field, coarsely and cheaply.
    coarse = cv2.resize(pixels, (max(2, new_width // 8), max(2, new_height // 8)), interpolation=cv2.INTER_AREA)
    coarse = cv2.GaussianBlur(coarse, (0, 0), max(1.0, 0.05 * max(coarse.shape[:2])), borderType=cv2.BORDER_REPLICATE)
    coarse = coarse + 5 * random.standard_normal((*coarse.shape[:2], 1), dtype=np.float32)
    ground = cv2.resize(coarse, size, interpolation=cv2.INTER_LINEAR)
    pixels = ground + inside[..., None] * (pixels - ground)
    frame = target.frame
    moved = replace(
        frame,
        origin=rotation @ frame.origin + shift,
        along=rotation @ frame.along,
        down=rotation @ frame.down,
        grids={},
    )
    return Scene(pixels.astype(np.float32), target.landmarks @ rotation.T + shift, moved)
