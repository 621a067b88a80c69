"""Skin as pictures: colour, relief and roughness painted on the unrolled head, one set for each photograph."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import regions
from canvas import Canvas, noise
from identity import Look, Person


def _mix(colour: np.ndarray, other: np.ndarray | tuple, amount: np.ndarray) -> np.ndarray:
    amount = np.clip(amount, 0, 1)[..., None]
    return colour * (1 - amount) + np.asarray(other) * amount


def _line(rest: np.ndarray, points: list[tuple[float, float]], width: float) -> np.ndarray:
    """A groove along a polyline on the face's front, 0..1."""
    groove = np.zeros(rest.shape[:2])
    for (ax, ay), (bx, by) in pairwise(points):
        along = np.array([bx - ax, by - ay])
        t = np.clip(((rest[..., 0] - ax) * along[0] + (rest[..., 1] - ay) * along[1]) / (along @ along), 0, 1)
        off = (rest[..., 0] - ax - t * along[0]) ** 2 + (rest[..., 1] - ay - t * along[1]) ** 2
        groove = np.maximum(groove, np.exp(-off / (1.35 * width) ** 2))
    return groove * (rest[..., 2] > 0.55)


def _wrinkles(rest: np.ndarray, person: Person, strength: float) -> np.ndarray:
    rng = np.random.default_rng(person.seed + 5)
    depth = np.zeros(rest.shape[:2])
    for height in (7.70, 7.80, 7.90, 8.0):
        wave = rng.uniform(-0.02, 0.03)
        y = height + rng.uniform(-0.02, 0.02)
        points = [(x, y + wave * np.cos(x * 6 + rng.uniform(-0.4, 0.4))) for x in np.linspace(-0.45, 0.45, 9)]
        depth += rng.uniform(0.2, 0.9) * _line(rest, points, 0.010)
    for side in (-1, 1):
        for turn in (-0.10, -0.02, 0.06, 0.13):
            depth += rng.uniform(0.2, 0.8) * _line(
                rest, [(side * 0.50, 7.285 + turn * 0.3), (side * 0.63, 7.285 + turn)], 0.008
            )
        depth += rng.uniform(0.6, 1.3) * _line(
            rest, [(side * 0.20, 6.96), (side * 0.29, 6.82), (side * 0.34, 6.66), (side * 0.345, 6.55)], 0.016
        )
        depth += rng.uniform(0.1, 0.9) * _line(
            rest, [(side * 0.29, 6.56), (side * 0.30, 6.42), (side * 0.28, 6.3)], 0.012
        )
        depth += rng.uniform(0.1, 0.9) * _line(rest, [(side * 0.07, 7.44), (side * 0.06, 7.6)], 0.010)
        depth += rng.uniform(0.2, 0.6) * _line(
            rest, [(side * 0.17, 7.2), (side * 0.27, 7.12), (side * 0.40, 7.14), (side * 0.46, 7.2)], 0.010
        )
    for height in (5.8, 5.62, 6.0):
        points = [(x, height + 0.05 * np.cos(3 * x)) for x in np.linspace(-0.5, 0.5, 9)]
        depth += 0.6 * _line(rest, points, 0.014)
    return depth * strength


def _marks(rest: np.ndarray, person: Person, colour: np.ndarray, relief: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    tone = np.array(person.tone)
    for mark in person.marks:
        if mark.kind == "mole":
            near = (rest[..., 0] - mark.x) ** 2 + (rest[..., 1] - mark.y) ** 2
            dot = regions.smooth(1.25, 0.75, np.sqrt(near) / mark.size) * (rest[..., 2] > 0.5)
            colour = _mix(colour, tone * [0.20, 0.14, 0.12], 0.92 * dot)
            relief = relief + 0.5 * dot
        elif mark.kind == "scar":
            band = _line(rest, [(mark.x, mark.y), (mark.x2, mark.y2)], mark.size)
            colour = _mix(colour, np.minimum(tone * [1.25, 1.0, 0.98] + 0.07, 0.85), 0.8 * band)
            relief = relief + 0.6 * band
        elif mark.kind == "birthmark":
            edge = noise(np.random.default_rng(person.seed + 77), 26) * 0.22
            near = np.hypot(rest[..., 0] - mark.x, (rest[..., 1] - mark.y) * 0.8) / mark.size + edge
            patch = regions.smooth(1.1, 0.8, near) * (rest[..., 2] > 0.3)
            colour = _mix(colour, tone * [0.70, 0.42, 0.42], 0.65 * patch)
    return colour, relief


def paint(ground: Canvas, person: Person, look: Look) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Colour (TALL, WIDE, 3) in linear light, relief and roughness (TALL, WIDE) of one photograph's skin."""
    rest = ground.rest
    rng = np.random.default_rng(person.seed + 1)
    tone = np.array(person.tone)
    colour = np.broadcast_to(tone, rest.shape).copy()
    fine, blotch, broad = noise(rng, 7), noise(rng, 30), noise(rng, 120)
    colour *= (1 + person.blotch * (0.035 * broad + 0.04 * blotch + 0.04 * fine))[..., None]
    colour *= 1 + person.blotch * 0.022 * noise(rng, 16)[..., None] * np.array([-0.4, 0.6, 0.7])
    flush = person.flush * (
        0.9 * regions.both(rest, 0.47, 6.98, 0.20, 0.20)
        + 0.8 * regions.spot(rest, 0, 6.94, 0.15, 0.12)
        + 0.5 * regions.spot(rest, 0, 6.3, 0.22, 0.14)
        + 0.7 * ground.ears
    )
    colour = _mix(colour, tone * [1.02, 0.62, 0.58], np.clip(flush * (1 + 0.25 * blotch), 0, 0.8))
    forehead = regions.spot(rest, 0, 7.85, 0.6, 0.25)
    colour *= 1 + 0.05 * forehead[..., None]
    tired = person.tired * regions.both(rest, 0.30, 7.13, 0.17, 0.07) + 0.25 * ground.lids
    colour = _mix(colour, tone * [0.62, 0.48, 0.52], tired)
    if person.freckles:
        dots = np.random.default_rng(person.seed + 9)
        dark = np.zeros(rest.shape[:2])
        field = regions.smooth(1.9, 2.7, noise(dots, 4)) * regions.smooth(-0.5, 0.5, noise(dots, 40))
        dark += field * (regions.spot(rest, 0, 7.05, 0.62, 0.28) + 0.4 * forehead)
        colour = _mix(colour, tone * [0.60, 0.42, 0.33], person.freckles * np.clip(dark * 1.5, 0, 1))
    if look.age > 58:
        spots = np.random.default_rng(person.seed + 11)
        aged = regions.smooth(2.3, 2.7, noise(spots, 14)) * np.clip((look.age - 55) / 20, 0, 1)
        colour = _mix(colour, tone * [0.55, 0.42, 0.36], 0.5 * aged * (regions.azimuth(rest) ** 2 > 400))
    lip = np.array(person.lip)
    colour = _mix(colour, lip, np.clip(ground.lips * 0.85, 0, 1))
    relief = 0.028 * noise(rng, 3.2) + 0.014 * noise(rng, 7) + 0.02 * noise(rng, 40)
    relief = relief * (1 - 0.5 * ground.lips) + ground.lips * 0.03 * noise(rng, 5)
    grooves = _wrinkles(rest, person, look.wrinkles)
    relief = relief - 0.13 * grooves
    colour = colour * (1 - np.clip(0.13 * grooves, 0, 0.3))[..., None] ** np.array([0.8, 1.0, 1.0])
    colour, relief = _marks(rest, person, colour, relief)
    hair = np.array(look.hair_colour)
    angle = np.abs(regions.azimuth(rest))
    line = regions.hairline(angle, look.hair.lift, look.hair.recession, look.hair.peak)
    cover = (
        regions.scalp(rest, line + 0.02 * blotch, 0.10) * (1 - regions.crown(rest, look.hair.crown)) * (1 - ground.ears)
    )
    colour = _mix(colour, hair * 0.55 + tone * 0.06, look.hair.shade * cover)
    brow_hair = np.array(look.brow_colour)
    brows = regions.brow(rest, *person.brow.shape)
    colour = _mix(colour, brow_hair * 0.8 + tone * 0.12, 0.38 * person.brow.density * brows)
    if look.stubble > 0:
        grain = 0.72 + 0.28 * regions.smooth(-0.6, 0.8, noise(rng, 3.5))
        area = np.clip(regions.beard(rest, person.beard_cheek) + regions.moustache(rest), 0, 1) * (1 - ground.lips)
        colour = _mix(colour, hair * 0.45 + tone * 0.22, look.stubble * area * grain)
    rough = 0.57 + 0.03 * blotch - 0.06 * forehead - 0.08 * regions.spot(rest, 0, 7.0, 0.13, 0.3) - 0.10 * ground.lips
    rough = rough - person.shine * 0.12
    if look.dead:
        colour = _pale(ground, colour, look, np.random.default_rng(person.seed + 31))
        rough = rough + 0.06
    if look.dirt > 0:
        soil = np.random.default_rng(look.seed + 41)
        cover = regions.smooth(0.8 - 1.1 * look.dirt, 2.2 - 1.1 * look.dirt, noise(soil, 80) + 0.4 * noise(soil, 20))
        cover = cover * (0.6 + 0.4 * regions.smooth(-1, 1, noise(soil, 5)))
        cover = cover * (1 - 0.9 * regions.spot(rest, 0, 6.75, 0.36, 0.36))  # dust, not blood: not about nose and mouth
        colour = _mix(colour, look.soil, 0.7 * cover)
        rough = rough + 0.3 * cover
    return np.clip(colour, 0.004, 0.9), relief, np.clip(rough, 0.2, 0.95)


def _pale(ground: Canvas, colour: np.ndarray, look: Look, rng: np.random.Generator) -> np.ndarray:
    """The pallor of the dead: less red, less saturated, a little wax-yellow or grey, lips drained."""
    grey = colour @ np.array([0.35, 0.5, 0.15])
    pale = grey[..., None] * np.array(look.pallor_tint)
    pale = pale * (1 + 0.05 * noise(rng, 70)[..., None] * np.array([0.7, 1.0, 0.9]))
    colour = colour * (1 - look.pallor) + pale * look.pallor
    drained = grey[..., None] * np.array([0.95, 0.92, 1.0])
    colour = _mix(colour, drained, 0.35 * ground.lips)
    return _mix(colour, colour * [0.85, 0.82, 0.95], 0.6 * regions.both(ground.rest, 0.30, 7.24, 0.2, 0.1))
