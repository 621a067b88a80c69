"""What lying and decay do to the shape of a face: supine sag, open jaw, swelling.

Stand-ins: smooth warps of a flat picture, after what the field describes. Real flesh moves in depth, and a
jaw that falls changes the neck, the teeth that show and the angle of the head.
"""

from __future__ import annotations

import numpy as np

from antigone.evaluation.degradation.frame import Floats, Scene
from antigone.evaluation.degradation.sheet import U, V, face, lay, noise, step
from antigone.evaluation.degradation.warp import fade, warp


def supine_sag(target: Scene, random: np.random.Generator, *, strength: float) -> Scene:
    """Lets the flesh of cheeks and jowls fall towards the ears, of the brows and the mouth's corners outwards."""
    tilt = 0.4 * (random.random() - 0.5)
    middle, mouth = target.frame.middle, float(target.frame.spots[3:, 1].mean())
    falls = [
        (side, middle + side * u, v, radius, pull * (1 + side * tilt))
        for side in (-1.0, 1.0)
        for u, v, radius, pull in (
            (0.70, 0.75, 0.45, 0.13),
            (0.60, mouth + 0.15, 0.40, 0.10),
            (0.55, -0.30, 0.35, 0.05),
        )
    ]

    def source(u: Floats, v: Floats) -> tuple[Floats, Floats]:
        out = np.zeros_like(u)
        for side, cu, cv, radius, pull in falls:
            out += side * pull * np.exp(-((u - cu) ** 2 + (v - cv) ** 2) / (2 * radius**2)).astype(np.float32)
        out *= np.float32(strength) * fade(u, v)
        return u - out, v - 0.25 * np.abs(out)

    return warp(target, source)


def open_jaw(target: Scene, random: np.random.Generator, *, gap: float) -> Scene:
    """Drops the lower jaw by `gap` eye distances and paints the mouth's inside between the lips."""
    spots = target.frame.spots
    mouth_u, mouth_v = (float(value) for value in spots[3:].mean(axis=0))
    half = max(0.22, 0.85 * float(np.ptp(spots[3:, 0])) / 2)
    shear = 0.15 * (random.random() - 0.5)
    above, length = 0.45, 1.75

    def opening(u: Floats) -> tuple[Floats, Floats]:
        """How far the jaw falls at u, and how much of that is between the lips."""
        x = u - np.float32(mouth_u)
        fall = np.float32(gap) * np.exp(-((x / 0.85) ** 2)) * (1 + np.float32(shear) * np.clip(x, -1, 1))
        return fall, fall * np.sqrt(np.clip(1 - (x / half) ** 2, 0, 1))

    def source(u: Floats, v: Floats) -> tuple[Floats, Floats]:
        fall, hollow = opening(u)
        fall, hollow = fall * _near(u), hollow * _near(u)
        stretch, from_lip = fall - hollow, v - np.float32(mouth_v)
        upper = (from_lip + above) * above / (above + stretch) - above
        lower = (from_lip - fall) * length / np.maximum(length - fall, 0.2)
        back = np.where(from_lip < stretch, upper, np.where(from_lip < fall, 0, lower))
        back = np.where((from_lip < -above) | (from_lip > length), from_lip, back)
        return u, (back + np.float32(mouth_v)).astype(np.float32)

    def forward(u: Floats, v: Floats) -> tuple[Floats, Floats]:
        fall, hollow = opening(u)
        stretch, from_lip = fall - hollow, v - np.float32(mouth_v)
        upper = (from_lip + above) * (above + stretch) / above - above
        lower = fall + from_lip * (length - fall) / length
        out = np.where(from_lip <= 0, upper, lower)
        out = np.where((from_lip < -above) | (from_lip > length), from_lip, out)
        return u, (out + np.float32(mouth_v)).astype(np.float32)

    target = warp(target, source, forward)
    fall, hollow = opening(U)
    depth = V - np.float32(mouth_v) - (fall - hollow)
    inside = step(-0.02, 0.025, depth) * step(0.02, -0.025, depth - hollow) * step(0.02, 0.06, hollow)
    share = np.clip(depth / np.maximum(hollow, 0.02), 0, 1)
    tongue = step(0.5, 0.95, share) * step(1.0, 0.3, np.abs(U - np.float32(mouth_u)) / half)
    dark, flesh = np.asarray([38, 17, 15], dtype=np.float32), np.asarray([98, 56, 54], dtype=np.float32)
    colour = dark + (0.75 * tongue * (0.8 + 0.4 * (noise(random, 0.1, 2) - 0.5)))[..., None] * (flesh - dark)
    return lay(target, 0.96 * inside, colour)


def swelling(target: Scene, random: np.random.Generator, *, strength: float) -> Scene:
    """Swells cheeks, lids and lips, which narrows the eyes: a magnification about each, uneven by chance."""
    spots = target.frame.spots
    middle = target.frame.middle
    mouth_u, mouth_v = (float(value) for value in spots[3:].mean(axis=0))
    places = [
        (middle - 0.62, 0.70, 0.50, 0.55),
        (middle + 0.62, 0.70, 0.50, 0.55),
        *((float(u), float(v) + dv, 0.17, k) for u, v in spots[:2] for dv, k in ((-0.19, 0.55), (0.22, 0.5))),
        (mouth_u, mouth_v, 0.34, 0.32),
        (middle, mouth_v + 0.65, 0.45, 0.25),
        (float(spots[2, 0]), float(spots[2, 1]), 0.28, 0.15),
    ]
    bulges = [(u, v, radius, k * strength * (0.6 + 0.8 * random.random())) for u, v, radius, k in places]

    def source(u: Floats, v: Floats) -> tuple[Floats, Floats]:
        out_u, out_v = np.zeros_like(u), np.zeros_like(v)
        for cu, cv, radius, k in bulges:
            du, dv = u - np.float32(cu), v - np.float32(cv)
            pull = np.float32(k) * np.exp(-(du * du + dv * dv) / np.float32(2 * radius**2))
            out_u += pull * du
            out_v += pull * dv
        keep = fade(u, v)
        return u - keep * out_u, v - keep * out_v

    target = warp(target, source)
    # Stretched skin shines at its top and darkens around.
    rings, shines = np.zeros_like(U), np.zeros_like(U)
    for cu, cv, radius, k in bulges[:2]:
        x, y = (U - np.float32(cu)) / np.float32(radius), (V - np.float32(cv)) / np.float32(radius)
        rings += np.float32(0.9 * k) * np.exp(-(((np.hypot(x, y) - 1.2) / 0.35) ** 2)) * step(-0.6, 0.8, y)
        shines += np.float32(0.3 * k) * np.exp(-(((x + 0.1) / 0.35) ** 2) - ((y + 0.3) / 0.25) ** 2)
    on = face(target.frame)
    target = lay(target, on * rings, (150, 128, 128), multiply=1.0)
    return lay(target, on * shines, (235, 225, 218))


def _near(u: Floats) -> Floats:
    return step(2.1, 1.5, np.abs(u))
