"""Abrasions, bruises and gashes.

Stand-ins: flat paint without depth. A real wound changes the shape of what is under it, and its place and
form follow its cause.
"""

from __future__ import annotations

import cv2
import numpy as np

from antigone.evaluation.degradation.frame import Scene
from antigone.evaluation.degradation.sheet import HEIGHT, SCALE, WIDTH, U, V, blob, face, lay, noise, pixel, step
from antigone.evaluation.degradation.soil import place, ragged


def wounds(target: Scene, random: np.random.Generator, *, amount: float) -> Scene:
    """One to four bruises, one to three abrasions and up to three gashes; `amount` sets how many and how large."""
    for _ in range(1 + round(3 * amount * random.random())):
        target = _bruise(target, random, amount)
    for _ in range(1 + round(2 * amount * random.random())):
        target = _abrasion(target, random, amount)
    for _ in range(round(0.4 + 2.6 * amount * random.random())):
        target = _gash(target, random, amount)
    return target


def _bruise(target: Scene, random: np.random.Generator, amount: float) -> Scene:
    u, v = place(random, target.frame.middle)
    size = 0.14 + 0.22 * amount * random.random()
    spot = step(0.25, 0.8, blob(u, v, size, size * (0.6 + 0.6 * random.random()), np.pi * random.random())
                + 0.5 * (noise(random, 0.2, 3) - 0.5))  # fmt: skip
    hue = np.asarray([(0.50, 0.36, 0.46), (0.58, 0.34, 0.36), (0.56, 0.52, 0.36)])[int(3 * random.random())]
    return lay(target, 0.75 * spot * face(target.frame), hue * 255, multiply=1.0)


def _abrasion(target: Scene, random: np.random.Generator, amount: float) -> Scene:
    u, v = place(random, target.frame.middle)
    size, lean = 0.16 + 0.24 * amount * random.random(), np.pi * random.random()
    patch = blob(u, v, size, 0.6 * size, lean) + 0.5 * (noise(random, 0.15, 3) - 0.5)
    # Scratches run one way: noise that changes quickly across the lean and slowly along it.
    across = np.float32(np.cos(lean)) * (V - v) - np.float32(np.sin(lean)) * (U - u)
    along = np.float32(np.cos(lean)) * (U - u) + np.float32(np.sin(lean)) * (V - v)
    bent = noise(random, 0.3, 2)
    table = random.random((24, 400), dtype=np.float32)
    scratch = cv2.remap(
        table, (across + 4.0) * 30 + 6 * (bent - 0.5), (along + 4.0) * 3.0, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP
    )
    raw = step(0.35, 0.65, patch) * (0.45 + 0.55 * step(0.2, 0.8, np.asarray(scratch, dtype=np.float32)))
    colour = np.asarray([128, 48, 42], dtype=np.float32) * (0.7 + 0.6 * noise(random, 0.06, 2))[..., None]
    return lay(target, 0.8 * raw * face(target.frame), colour, multiply=0.35)


def _gash(target: Scene, random: np.random.Generator, amount: float) -> Scene:
    u, v = place(random, target.frame.middle)
    length, lean = 0.2 + 0.5 * amount * random.random(), 2 * np.pi * random.random()
    bend = (random.random() - 0.5) * 1.2
    t = np.linspace(-0.5, 0.5, 12)
    turns = lean + bend * t
    path = np.cumsum(np.stack([np.cos(turns), np.sin(turns)], axis=-1) * length / 12, axis=0)
    path += np.asarray([u, v]) - path.mean(axis=0)
    inner = np.zeros((HEIGHT, WIDTH), np.float32)
    wide = 0.03 + 0.05 * amount * random.random()
    for index, (start, end) in enumerate(zip(pixel(path)[:-1], pixel(path)[1:], strict=True)):
        taper = np.sin(np.pi * (index + 1) / 12)
        cv2.line(inner, start, end, 1.0, max(1, round(wide * taper * SCALE)), cv2.LINE_AA, 4)
    inner = ragged(inner, random, 0.02)
    rim = cv2.GaussianBlur(inner, (0, 0), 0.05 * SCALE)
    target = lay(target, np.asarray(1.1 * rim, dtype=np.float32), (178, 92, 88), multiply=0.9)
    edge = np.asarray(cv2.GaussianBlur(inner, (0, 0), 0.015 * SCALE), dtype=np.float32)
    deep = step(0.35, 0.95, edge)
    colour = np.asarray([112, 22, 22], dtype=np.float32) - deep[..., None] * np.asarray([70, 14, 12], dtype=np.float32)
    return lay(target, 0.92 * step(0.15, 0.5, edge), colour * (0.75 + 0.5 * noise(random, 0.06, 2))[..., None])
