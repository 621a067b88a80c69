"""Closed lids: skin painted over the eyes, with a crease above and a line of lashes below.

A stand-in: it paints the open eye of the living shut. The lid is flat, with no eyeball behind it that sinks,
and painted over glasses where somebody wears them.
"""

from __future__ import annotations

import numpy as np

from antigone.evaluation.degradation.frame import Floats, Scene
from antigone.evaluation.degradation.sheet import LEFT, SCALE, TOP, WIDTH, U, V, lay, lay_out, noise, step
from antigone.evaluation.degradation.skin import LUMINANCE, grain, sample
from antigone.evaluation.degradation.warp import warp


def closed_lids(target: Scene, random: np.random.Generator, *, closure: float, sunken: float) -> Scene:
    """Shuts both eyes; at `closure` under 1 a slit of the eye stays. `sunken` darkens the hollow around."""
    target = _brows(target, random)
    texture = noise(random, 0.08, 2)
    lashes = random.random(WIDTH, dtype=np.float32)[None, :]
    cover, hollow, paint = np.zeros_like(U), np.zeros_like(U), np.zeros((*U.shape, 3), np.float32)
    for side in (0, 1):
        uneven = float(np.clip(closure + 0.06 * (random.random() - 0.5), 0, 1))
        _shut(target, side, uneven, sunken, texture, lashes, (cover, hollow, paint))
    target = lay(target, cover, paint)
    # The eyeball sinks: a hollow under the brow and along the lower rim.
    target = lay(target, hollow, (138, 126, 138), multiply=1.0)
    # A painted lid would be smoother than the skin beside it.
    rough = grain(target)
    rows, columns = target.window
    speckle = random.standard_normal(target.pixels[rows, columns].shape[:2], dtype=np.float32) * np.float32(0.7 * rough)
    target.pixels[rows, columns] += (speckle * lay_out(target, cover))[..., None]
    return target


def _brows(target: Scene, random: np.random.Generator) -> Scene:
    """Brows relax as the lids close: each rises or falls a little."""
    lifts = [(float(u), float(v) - 0.42, 0.18 * (random.random() - 0.5)) for u, v in target.frame.spots[:2]]

    def source(u: Floats, v: Floats) -> tuple[Floats, Floats]:
        lift = np.zeros_like(v)
        for brow_u, brow_v, by in lifts:
            near = ((u - np.float32(brow_u)) / 0.45) ** 2 + ((v - np.float32(brow_v)) / 0.28) ** 2
            lift += np.float32(by) * np.exp(-near)
        return u, v - lift

    return warp(target, source)


def _shut(
    target: Scene,
    side: int,
    closure: float,
    sunken: float,
    texture: Floats,
    lashes: Floats,
    sheets: tuple[Floats, ...],
) -> None:
    """Draws one lid on the sheets: how far it covers, how deep the hollow is, and its colour."""
    frame = target.frame
    eye_u, eye_v = (float(value) for value in frame.spots[side])
    half = 0.36 * max(0.55, frame.narrowing)
    # Only the part of the sheet about this eye is drawn.
    rows = slice(round((eye_v - 0.5 - TOP) * SCALE), round((eye_v + 0.5 - TOP) * SCALE))
    columns = slice(round((eye_u - 0.6 - LEFT) * SCALE), round((eye_u + 0.6 - LEFT) * SCALE))
    x = (U[rows, columns] - np.float32(eye_u)) / np.float32(half)
    y = V[rows, columns] - np.float32(eye_v)
    arch = np.clip(1 - x * x, 0, 1)
    crease, seam = -0.25 * arch, 0.015 + 0.065 * arch
    edge = seam - np.float32((1 - closure) * 0.18) * arch

    outward = 1.0 if side else -1.0
    below = np.median([sample(target, eye_u + du * half, eye_v + 0.27, 0.06) for du in (-0.6, 0.0, 0.6)], axis=0)
    above = sample(target, eye_u, eye_v - 0.2, 0.05)
    outer = sample(target, eye_u + outward * 1.45 * half, eye_v + 0.03, 0.05)
    inner = sample(target, eye_u - outward * 1.35 * half, eye_v + 0.05, 0.05)
    light = [max(float(colour @ LUMINANCE), 1.0) for colour in (below, above, outer, inner)]
    # A brow, a frame of glasses or hair is no skin: such a sample is much darker than the skin below the eye.
    share = 0.2 + 0.4 * float(np.clip((light[1] / light[0] - 0.55) / 0.3, 0, 1))
    tone = (1 - share) * below + share * above
    lean = np.clip((np.asarray(light[2:]) / light[0] - 0.75) / 0.25, 0, 1) * 0.35
    sides = (lean[0] * step(0.0, 1.0, outward * x), lean[1] * step(0.0, 1.0, -outward * x))
    colour = tone + sides[0][..., None] * (outer - tone) + sides[1][..., None] * (inner - tone)

    within = np.clip((y - crease) / np.maximum(seam - crease, 0.02), 0, 1)
    shade = 0.90 + 0.13 * np.sin(np.pi * within) * np.sqrt(arch) - 0.05 * step(0.3, 1.0, -outward * x)
    shade *= 1 - 0.10 * np.exp(-(((y - 0.62 * crease) / 0.022) ** 2)) * step(0.1, 0.6, arch)
    shade *= 1 + 0.07 * (texture[rows, columns] - 0.5)
    shade *= 1 - np.float32(0.22 * sunken) * (1 - 0.6 * arch)
    colour = colour * shade[..., None]
    hair = 0.85 * np.exp(-(((y - edge) / 0.019) ** 2)) * step(0.0, 0.2, arch)
    hang = np.where(y > edge, np.exp(-(y - edge) / 0.03) * np.broadcast_to(lashes[:, columns], y.shape), 0)
    hair = np.maximum(hair, 0.55 * hang * step(0.05, 0.4, arch))
    dark = 0.22 * tone + (4.0, 1.0, 0.0)
    colour = colour + hair[..., None] * (dark - colour)

    top = step(-0.05, 0.09, y - crease)
    bottom = step(0.17, 0.04, y - seam)
    cover = top * bottom * step(1.12, 0.92, np.abs(x))
    slit = step(-0.012, 0.012, y - edge) * step(0.01, -0.012, y - seam) * arch**0.25
    cover = np.maximum(cover * (1 - 0.8 * slit * (closure < 0.97)), hair * cover)
    hollow = np.exp(-((x / 1.3) ** 2) * 2 - ((y - 0.02) / 0.32) ** 2 * 2) * np.float32(0.65 * sunken)
    for sheet, drawn in ((sheets[0], cover), (sheets[1], hollow)):
        sheet[rows, columns] = np.maximum(sheet[rows, columns], drawn)
    # The paint reaches as far as its half of the face: the two eyes of a small face lie close together.
    own = cover > 0
    sheets[2][rows, columns][own] = colour[own]
