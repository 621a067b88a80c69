"""A sheet in face coordinates on which stains are drawn once, to be laid on a face of any size and lean."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from antigone.evaluation.degradation.frame import FaceFrame, Floats, Scene

SCALE = 48
"""Pixels of the sheet to an eye distance."""

LEFT, RIGHT, TOP, BOTTOM = -2.2, 2.2, -2.0, 3.0
WIDTH, HEIGHT = round((RIGHT - LEFT) * SCALE), round((BOTTOM - TOP) * SCALE)
U, V = np.meshgrid(LEFT + np.arange(WIDTH, dtype=np.float32) / SCALE, TOP + np.arange(HEIGHT, dtype=np.float32) / SCALE)
"""u and v of every point of the sheet, each float32 (HEIGHT, WIDTH)."""


def step(low: float, high: float, values: Floats) -> Floats:
    """0 below `low`, 1 above `high`, smooth between; runs the other way when `low` is the larger."""
    t = np.clip((values - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)


def noise(random: np.random.Generator, cell: float, octaves: int = 3, stretch: float = 1.0) -> Floats:
    """Smooth noise over the sheet, about 0..1 with mean 0.5: value noise summed over octaves.

    `cell` is the size of the largest blobs in eye distances; `stretch` makes them longer along v.
    """
    total = np.zeros((HEIGHT, WIDTH), np.float32)
    weight, whole = 1.0, 0.0
    for _ in range(octaves):
        shape = (max(4, round((BOTTOM - TOP) / (cell * stretch))), max(4, round((RIGHT - LEFT) / cell)))
        cells = random.random(shape, dtype=np.float32)
        total += np.float32(weight) * cv2.resize(cells, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
        whole += weight
        weight, cell = weight / 2, cell / 2
    return np.asarray((total / np.float32(whole) - 0.5) * np.float32(1.6) + 0.5, dtype=np.float32)


def blob(u: float, v: float, across: float, along: float | None = None, lean: float = 0.0) -> Floats:
    """A soft spot of height 1 at u, v: a Gaussian with these spreads in eye distances, leaning by radians."""
    c, s = np.float32(np.cos(lean)), np.float32(np.sin(lean))
    x, y = U - np.float32(u), V - np.float32(v)
    p, q = c * x + s * y, c * y - s * x
    return np.asarray(np.exp(-((p / across) ** 2 + (q / (along or across)) ** 2) / 2), dtype=np.float32)


def face(frame: FaceFrame, soft: float = 0.25) -> Floats:
    """1 on the face, 0 beyond it: an ellipse of a face's proportions from hairline to chin."""
    far = np.hypot((U - np.float32(frame.middle)) / (0.7 + 0.45 * frame.narrowing), (V - 0.4) / 1.5)
    return step(1.05, 1.05 - soft, far)


def pixel(points: npt.ArrayLike) -> npt.NDArray[np.int32]:
    """Shape (n, 2): face coordinates as points of the sheet, in sixteenths, for OpenCV's drawing (shift=4)."""
    column = (np.asarray(points, dtype=np.float64) - (LEFT, TOP)) * SCALE * 16
    return np.asarray(np.round(column), dtype=np.int32)


def lay_out(target: Scene, sheet: Floats, window: tuple[slice, slice] | None = None) -> Floats:
    """The sheet as it lies on a window of the picture, by default the face's; 0 beyond the sheet's edge."""
    u, v = target.window_grid()
    if window is not None:
        (top, left), (rows, columns) = (part.start for part in target.window), window
        inner = slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left)
        u, v = u[inner], v[inner]
    x, y = (u - np.float32(LEFT)) * SCALE, (v - np.float32(TOP)) * SCALE
    return np.asarray(cv2.remap(sheet, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT), dtype=np.float32)


def lay(target: Scene, alpha: Floats, colour: npt.ArrayLike, multiply: float = 0.0) -> Scene:
    """Covers the face with `colour`, RGB 0..255 of shape (3,) or (HEIGHT, WIDTH, 3), as far as `alpha` says.

    With `multiply` at 1 the colour stains (skin shows through as through glass), at 0 it covers. Works in the
    target's pixels, which belong to the run.
    """
    paint = np.asarray(colour, dtype=np.float32)
    window = _touched(target, alpha)
    if window is None:
        return target
    under = target.pixels[window]
    cover = lay_out(target, np.clip(alpha, 0, 1), window)[..., None]
    if paint.ndim == 3:
        paint = lay_out(target, paint, window)
    stain = paint * ((1 - multiply) + multiply / 255 * under) if multiply else paint
    under += cover * (stain - under)
    return target


def _touched(target: Scene, alpha: Floats) -> tuple[slice, slice] | None:
    """The part of the face's window that a stain reaches: most are small."""
    seen = alpha > 1e-3
    down, across = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not down.size:
        return None
    left, right = LEFT + (across[0] - 1) / SCALE, LEFT + (across[-1] + 1) / SCALE
    top, bottom = TOP + (down[0] - 1) / SCALE, TOP + (down[-1] + 1) / SCALE
    corners = target.frame.to_picture([(left, top), (right, top), (left, bottom), (right, bottom)])
    rows, columns = target.window
    (first_x, first_y), (last_x, last_y) = np.floor(corners.min(axis=0)), np.ceil(corners.max(axis=0)) + 1
    found_rows = slice(max(rows.start, int(first_y)), min(rows.stop, int(last_y)))
    found_columns = slice(max(columns.start, int(first_x)), min(columns.stop, int(last_x)))
    if found_rows.start >= found_rows.stop or found_columns.start >= found_columns.stop:
        return None
    return found_rows, found_columns
