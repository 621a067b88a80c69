"""What death does to the colour of skin: pallor, lividity, the green and violet of decay.

Stand-ins: colours are mixed by rules of thumb from textbooks' words, not measured on the dead; real skin
changes with its pigment, the cold, the cause of death and the camera.
"""

from __future__ import annotations

import cv2
import numpy as np

from antigone.evaluation.degradation.frame import Floats, Scene
from antigone.evaluation.degradation.sheet import HEIGHT, WIDTH, U, V, blob, face, lay, noise, step
from antigone.evaluation.degradation.skin import LUMINANCE, skin_colour, skin_mask

WAXY, ASHEN, BLUISH = (1.06, 1.01, 0.89), (1.0, 1.0, 0.97), (0.94, 0.99, 1.07)
LIVOR = (0.62, 0.34, 0.46)


def pallor(target: Scene, random: np.random.Generator, *, strength: float) -> Scene:
    """Takes the blood's colour out of skin and lips, leaves them waxy, ashen or bluish, and flatter."""
    first, second = random.permutation(3)[:2]
    mix = random.random()
    tints = np.asarray([WAXY, ASHEN, BLUISH])
    tint = (mix * tints[first] + (1 - mix) * tints[second]).astype(np.float32)
    rows, columns = target.window
    pixels = target.pixels[rows, columns]
    light = pixels @ LUMINANCE
    own = np.float32(skin_colour(target) @ LUMINANCE)
    # Relaxed skin loses its lines of expression: soft detail goes, the edges of eyes, nose and mouth stay.
    coarse = cv2.GaussianBlur(light, (0, 0), 0.12 * target.frame.unit)
    soft = np.exp(-(((light - coarse) / (np.float32(0.16) * own)) ** 2))
    smooth = light + np.float32(0.8 * strength) * soft * (coarse - light)
    flat = own + (smooth - own) * np.float32(1 - 0.6 * strength) + np.float32(0.17 * strength) * own
    mask = skin_mask(target)[..., None] * np.float32(strength)
    pixels += mask * (flat[..., None] * tint - pixels)
    spots = target.frame.spots
    mouth = spots[3:].mean(axis=0)
    wide = max(0.15, float(np.ptp(spots[3:, 0])) / 2)
    lips = step(0.3, 0.7, blob(float(mouth[0]), float(mouth[1]), 0.85 * wide, 0.17))
    # Lips lose most of what sets them off from the skin, and keep a little blue.
    pale = skin_colour(target) * (0.86, 0.86, 0.93)
    return lay(target, np.float32(0.6 * strength) * lips, pale)


def lividity(target: Scene, random: np.random.Generator, *, strength: float) -> Scene:
    """Violet-red patches with soft edges where blood settled: one side or the whole face, pressed places pale."""
    angle = random.random() * 2 * np.pi
    side = np.float32(np.cos(angle)) * (U - np.float32(target.frame.middle)) + np.float32(np.sin(angle)) * (V - 0.4)
    patches = noise(random, 0.7, 4)
    where = side / 1.1 + 1.5 * (patches - 0.5) + np.float32(0.5 * (random.random() - 0.5))
    settled = step(-0.15, 0.65, where)
    pressed = step(0.62, 0.75, noise(random, 0.6, 2))
    alpha = settled * (1 - 0.8 * pressed) * (0.75 + 0.5 * (noise(random, 0.12, 2) - 0.5))
    return _stain(target, np.float32(strength) * alpha * face(target.frame, 0.35), LIVOR)


def decay(target: Scene, random: np.random.Generator, *, strength: float) -> Scene:
    """Green and dark violet patches, and veins that show as branching lines (marbling)."""
    where = step(0.42, 0.75, noise(random, 0.9, 4))
    hue = noise(random, 0.8, 2)
    green, violet, brown = np.asarray([(0.52, 0.60, 0.36), (0.45, 0.33, 0.43), (0.50, 0.38, 0.28)], dtype=np.float32)
    colour = green + step(0.45, 0.65, hue)[..., None] * (violet - green)
    colour = colour + step(0.4, 0.2, hue)[..., None] * (brown - colour)
    target = _stain(target, np.float32(strength) * where * face(target.frame, 0.3), colour)
    # Veins: where noise crosses its middle is a thin winding line.
    lines = cv2.GaussianBlur(np.abs(noise(random, 0.5, 2) - 0.5), (0, 0), 1.5)
    veins = step(0.045, 0.008, lines) * step(0.42, 0.7, noise(random, 0.8, 2))
    return _stain(target, np.float32(0.5 * strength) * veins * face(target.frame), (0.30, 0.34, 0.28))


def _stain(target: Scene, alpha: Floats, colour: Floats | tuple[float, float, float]) -> Scene:
    """Lays a stain, given as the share of light that it lets through, on skin alone."""
    rows, columns = target.window
    mask = skin_mask(target)[..., None]
    before = target.pixels[rows, columns].copy()
    paint = np.broadcast_to(np.asarray(colour, dtype=np.float32) * 255, (HEIGHT, WIDTH, 3))
    after = lay(target, alpha, np.ascontiguousarray(paint), multiply=1.0)
    after.pixels[rows, columns] = before + mask * (after.pixels[rows, columns] - before)
    return after
