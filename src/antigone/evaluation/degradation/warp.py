"""Smooth warps of a face given in face coordinates, with the landmarks moved along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from antigone.evaluation.degradation.frame import Floats, Scene

Warp = Callable[[Floats, Floats], tuple[Floats, Floats]]
"""Of where a point of the warped face comes from: u, v of the result to u, v of the source."""


def warp(target: Scene, source: Warp, forward: Warp | None = None) -> Scene:
    """The face warped; `forward` says where a point goes, and is found by iteration when not given."""
    u, v = target.window_grid()
    from_u, from_v = source(u, v)
    rows, columns = target.window
    frame = target.frame
    way = (np.asarray([frame.along, frame.down]) * frame.unit).astype(np.float32)
    shift_u, shift_v = from_u - u, from_v - v
    height, width = u.shape
    x = np.arange(width, dtype=np.float32)[None] + shift_u * way[0, 0] + shift_v * way[1, 0]
    y = np.arange(height, dtype=np.float32)[:, None] + shift_u * way[0, 1] + shift_v * way[1, 1]
    target.pixels[rows, columns] = cv2.remap(
        target.pixels[rows, columns], x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    spots = frame.to_face(target.landmarks).astype(np.float32)
    moved = forward(spots[:, 0], spots[:, 1]) if forward else _found(source, spots)
    return replace(target, landmarks=frame.to_picture(np.stack(moved, axis=-1)))


def _found(source: Warp, spots: Floats) -> tuple[Floats, Floats]:
    """Where points go, by fixed-point iteration: the warps here move less than they are wide."""
    u, v = spots[:, 0].copy(), spots[:, 1].copy()
    for _ in range(12):
        from_u, from_v = source(u, v)
        u, v = u + spots[:, 0] - from_u, v + spots[:, 1] - from_v
    return u, v


def fade(u: Floats, v: Floats) -> Floats:
    """1 on the face, 0 before the edge of the window, so that no warp tears there."""
    far = np.maximum(np.abs(u) / 2.0, np.maximum(-v / 1.8, (v - 0.2) / 2.6))
    t = np.clip((1.0 - far) / 0.25, 0, 1)
    return np.asarray(t * t * (3 - 2 * t), dtype=np.float32)
