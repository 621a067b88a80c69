"""What lies on the skin: blood in spots, runs and smears, and dirt.

Stand-ins: drawn by chance from noise and strokes. Real blood follows the wound and the lie of the body,
and real dirt hides in hair and folds; neither clots, cracks nor shines here as it does.
"""

from __future__ import annotations

import cv2
import numpy as np

from antigone.evaluation.degradation.frame import Floats, Scene
from antigone.evaluation.degradation.sheet import HEIGHT, SCALE, WIDTH, U, V, face, lay, noise, pixel, step

WET, DRY = np.asarray([96, 10, 14], dtype=np.float32), np.asarray([58, 24, 17], dtype=np.float32)


def place(random: np.random.Generator, middle: float) -> tuple[float, float]:
    """A point on the face, u and v, evenly over its ellipse."""
    far, turn = np.sqrt(random.random()), 2 * np.pi * random.random()
    return middle + 0.95 * float(far * np.cos(turn)), 0.4 + 1.3 * float(far * np.sin(turn))


def ragged(mask: Floats, random: np.random.Generator, reach: float) -> Floats:
    """The mask with its outline pushed about by noise, up to about `reach` eye distances."""
    push = [(noise(random, 0.12, 2) - 0.5) * np.float32(2 * reach * SCALE) for _ in range(2)]
    x = np.arange(WIDTH, dtype=np.float32)[None] + push[0]
    y = np.arange(HEIGHT, dtype=np.float32)[:, None] + push[1]
    return np.asarray(cv2.remap(mask, x, y, cv2.INTER_LINEAR), dtype=np.float32)


def blood(target: Scene, random: np.random.Generator, *, amount: float) -> Scene:
    """Spots, runs from nose, mouth or brow, and a smear; `amount` of 1 covers about a quarter of the face."""
    middle, spots = target.frame.middle, target.frame.spots
    mask = np.zeros((HEIGHT, WIDTH), np.float32)
    for _ in range(round(4 + 22 * amount * random.random())):
        radius = 0.012 + 0.06 * random.random() ** 3
        cv2.circle(mask, pixel([place(random, middle)])[0], round(radius * SCALE * 16), 1.0, -1, cv2.LINE_AA, 4)
    # Runs follow one direction, that of gravity as the body lay: down the face, or to one side.
    gravity = (random.random() - 0.5) * 2.4
    mouth = spots[3:].mean(axis=0)
    sources = [tuple(spots[2] + (0.0, 0.12)), (float(spots[3, 0]), float(mouth[1])),
               (float(spots[4, 0]), float(mouth[1])),
               (middle + 1.2 * (random.random() - 0.5), -0.75)]  # fmt: skip
    for index in random.permutation(4)[: 1 + round(2.4 * amount * random.random() + 0.3)]:
        for _ in range(1 + int(2 * random.random())):
            _run(mask, random, sources[index], gravity, (0.4 + 1.0 * random.random()) * (0.4 + 0.6 * amount), amount)
    mask = ragged(mask, random, 0.035)
    if random.random() < 0.4 + 0.5 * amount:
        u, v = place(random, middle)
        lean = np.pi * random.random()
        c, s = np.float32(np.cos(lean)), np.float32(np.sin(lean))
        p, q = c * (U - u) + s * (V - v), c * (V - v) - s * (U - u)
        size = 0.25 + 0.45 * amount * random.random()
        body = np.exp(-((p / (1.6 * size)) ** 2 + (q / (0.7 * size)) ** 2))
        wiped = noise(random, 0.14, 4, stretch=1.5)
        mask = np.maximum(mask, 0.9 * step(0.42, 0.62, body * 0.9 + 0.45 * (wiped - 0.5)))
    age = random.random()
    thick = noise(random, 0.15, 3)
    colour = (WET + np.float32(age) * (DRY - WET)) * (0.65 + 0.7 * thick)[..., None]
    alpha = mask * (0.62 + 0.5 * thick) * face(target.frame, 0.2)
    return lay(target, np.minimum(alpha, 0.93), colour, multiply=0.25)


def _run(
    mask: Floats, random: np.random.Generator, start: tuple[float, ...], way: float, length: float, amount: float
) -> None:
    """One run of blood that winds and ends in a drop."""
    steps = 14
    turns = way + np.cumsum(0.35 * (random.random(steps) - 0.5))
    path = np.cumsum(np.stack([np.sin(turns), np.cos(turns)], axis=-1) * (length / steps), axis=0) + start[:2]
    points = pixel(path)
    wide = 0.025 + 0.07 * amount * random.random()
    for index in range(steps - 1):
        taper = 1.0 - 0.55 * index / steps
        cv2.line(mask, points[index], points[index + 1], 1.0, max(1, round(wide * taper * SCALE)), cv2.LINE_AA, 4)
    cv2.circle(mask, points[-1], round(0.55 * wide * SCALE * 16), 1.0, -1, cv2.LINE_AA, 4)


def dirt(target: Scene, random: np.random.Generator, *, cover: float) -> Scene:
    """Earth, dust or soot over about the share `cover` of the face, in patches with grains and smears."""
    earths = ((92, 70, 48), (120, 104, 84), (58, 50, 44), (150, 140, 125))
    colour = np.asarray(earths[int(4 * random.random())], dtype=np.float32)
    patches = noise(random, 0.8, 5)
    level = np.quantile(patches[face(target.frame) > 0.5], 1 - cover)
    film = step(float(level) - 0.05, float(level) + 0.22, patches)
    grains = step(0.58, 0.85, noise(random, 0.09, 3)) * step(float(level) - 0.22, float(level) + 0.05, patches)
    rubbed = 0.65 + 0.7 * (noise(random, 0.07, 2, stretch=3.0) - 0.5)
    alpha = np.maximum(0.86 * film * rubbed, 0.7 * grains) * step(1.0, 0.0, np.abs(V - 0.4) / 2.4)
    alpha = alpha * step(2.1, 1.5, np.abs(U))
    tone = colour * (0.75 + 0.5 * noise(random, 0.12, 3))[..., None]
    return lay(target, alpha, tone, multiply=0.2)
