"""Brows, lashes and beards."""

from __future__ import annotations

import numpy as np
import regions
from scipy.spatial import cKDTree
from strands import Skin, Strands, short, unit


def of_brows(
    skin: Skin, shape: tuple[float, float, float, float], density: float, rng: np.random.Generator
) -> Strands | None:
    area = regions.brow(skin.rest, *shape)

    def lean(rest: np.ndarray) -> np.ndarray:
        side = np.sign(rest[:, 0])
        t = np.clip((np.abs(rest[:, 0]) - shape[3]) / (shape[2] - shape[3]), 0, 1)
        return np.stack([side * (0.35 + t), 0.9 - 1.25 * t, 0 * t], 1)

    return short(skin, area, int(1700 * density), 0.055, lean, 0.14, 0.0019, rng, 0.14)


def of_beard(skin: Skin, kind: str, length: float, cheek: float, rng: np.random.Generator) -> Strands | None:
    area = {
        "full": lambda: np.clip(regions.beard(skin.rest, cheek) + regions.moustache(skin.rest), 0, 1),
        "moustache": lambda: regions.moustache(skin.rest),
        "goatee": lambda: np.clip(regions.goatee(skin.rest), 0, 1),
    }[kind]() * (skin.lips < 0.35)  # fmt: skip
    count = {"full": 13000, "moustache": 2200, "goatee": 4200}[kind]

    def lean(rest: np.ndarray) -> np.ndarray:
        upper = rest[:, 1] > 6.68
        return np.stack(
            [np.where(upper, rest[:, 0] * 3, rest[:, 0] * 0.3), -np.ones(len(rest)), 0.15 * np.ones(len(rest))], 1
        )

    def shorter(rest: np.ndarray) -> np.ndarray:
        return np.where((np.abs(rest[:, 0]) < 0.3) & (rest[:, 1] > 6.66), min(length, 0.11), length)

    strands = short(skin, area, count, 1.0, lean, 0.5 if length < 0.15 else 0.25, 0.0036, rng, 0.2)
    if strands is None:
        return None
    start = strands.points[:, :1]
    tree = cKDTree(skin.points)
    size = shorter(skin.rest[tree.query(start[:, 0])[1]])
    return Strands(start + (strands.points - start) * size[:, None, None], strands.radius, strands.shade)


def of_lashes(rim: np.ndarray, centre: np.ndarray, turn: np.ndarray, upper: bool, rng: np.random.Generator,
              closed: bool) -> Strands:  # fmt: skip
    """Lashes along one lid's rim, points (n, 3) ordered from the inner to the outer corner."""
    count = 80 if upper else 36
    t = np.sort(rng.uniform(0.06, 0.99, count)) * (len(rim) - 1)
    low = np.minimum(t.astype(int), len(rim) - 2)
    base = rim[low] + (rim[low + 1] - rim[low]) * (t - low)[:, None]
    out = unit(base - centre)
    rise = (turn @ np.array([0.0, 1.0, 0.0])) * (1 if upper and not closed else -1)
    length = (
        (0.058 if upper else 0.026)
        * rng.uniform(0.7, 1.1, count)
        * (0.55 + 0.45 * np.sin(np.pi * t / (len(rim) - 1)) + 0.1)
    )
    first = out + rng.standard_normal(out.shape) * 0.12 + (-0.3 if closed else 0.0) * np.array([0, 1, 0]) @ turn.T
    along = np.linspace(0, 1, 4)[None, :, None]
    path = base[:, None] + (unit(first)[:, None] * along + rise * 0.7 * along**2) * length[:, None, None]
    return Strands(path, np.full(count, 0.0017 if upper else 0.0011), rng.random(count))
