"""A poor phone camera: too few pixels, blur, noise, a colour cast, strong compression.

A stand-in: one plain model of a sensor. Real phones also sharpen, smear noise away and stretch contrast.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from antigone.evaluation.degradation.frame import Floats, Scene

LEAST = 8
"""Pixels of a side below which no picture is shrunk."""


def poor_camera(
    target: Scene, random: np.random.Generator, *, eyes: float, blur: float, noise: float, quality: float
) -> Scene:
    """Takes the picture again with `eyes` pixels between the eyes, and brings it back to its size.

    `blur` is the length of the shake, and half of it the defocus, in eye distances; `noise` the spread of the
    sensor's noise at mid-grey, in grey levels; `quality` that of the JPEG.
    """
    height, width = target.pixels.shape[:2]
    factor = min(1.0, eyes / target.frame.unit)
    small = (max(LEAST, round(width * factor)), max(LEAST, round(height * factor)))
    pixels: Floats = np.asarray(cv2.resize(target.pixels, small, interpolation=cv2.INTER_AREA), np.float32)
    unit = target.frame.unit * factor
    pixels = _shaken(pixels, blur * unit * random.random(), np.pi * random.random())
    defocus = max(0.25, 0.25 * blur * unit * random.random())
    pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), defocus), np.float32)
    warm, tint = 0.22 * (random.random() - 0.5), 0.08 * (random.random() - 0.5)
    exposure = 0.75 + 0.45 * random.random()
    pixels = pixels * np.asarray([(1 + warm) * exposure, (1 + tint) * exposure, (1 - warm) * exposure], np.float32)
    grey = random.standard_normal((*pixels.shape[:2], 1), dtype=np.float32)
    coloured = random.standard_normal(pixels.shape, dtype=np.float32)
    shot = np.sqrt(np.clip(pixels, 8, 255) / 128)
    pixels = pixels + np.float32(noise) * shot * (0.8 * grey + 0.6 * coloured)
    stored = np.clip(np.round(pixels), 0, 255).astype(np.uint8)
    written, code = cv2.imencode(".jpg", stored[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, round(quality)])
    if not written:  # pragma: no cover - OpenCV raises sooner
        raise RuntimeError("JPEG encoding failed")
    read = np.asarray(cv2.imdecode(code, cv2.IMREAD_COLOR))[..., ::-1]
    back = cv2.resize(np.ascontiguousarray(read), (width, height), interpolation=cv2.INTER_LINEAR)
    return replace(target, pixels=back.astype(np.float32))


def _shaken(pixels: Floats, length: float, angle: float) -> Floats:
    """Blurred along a line of `length` pixels."""
    if length < 0.5:
        return pixels
    size = 2 * int(np.ceil(length / 2)) + 3
    kernel = np.zeros((size, size), np.float32)
    middle, half = size // 2, length / 2
    ends = [(round((middle + sign * half * f(angle)) * 16)) for sign in (-1, 1) for f in (np.cos, np.sin)]
    cv2.line(kernel, (ends[0], ends[1]), (ends[2], ends[3]), 1.0, 1, cv2.LINE_AA, 4)
    return np.asarray(cv2.filter2D(pixels, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE), np.float32)
