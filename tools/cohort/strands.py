"""Strands grown from skin: scattering their roots, and the short ones that simply lean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from mathutils.bvhtree import BVHTree
from scipy.spatial import cKDTree


@dataclass(frozen=True)
class Skin:
    """The posed head as strands see it: points, unit normals, places on the undeformed head (all (n, 3)), quads (m, 4),
    the rotation (3, 3) of the head, and the mesh's masks of ears and lips (n,)."""

    points: np.ndarray
    normals: np.ndarray
    rest: np.ndarray
    quads: np.ndarray
    turn: np.ndarray
    ears: np.ndarray
    lips: np.ndarray
    tree: BVHTree


@dataclass(frozen=True)
class Strands:
    """Strands (n, k, 3), with a radius at the root (n,) and a shade 0..1 each (n,) that varies the colour."""

    points: np.ndarray
    radius: np.ndarray
    shade: np.ndarray


def roots(skin: Skin, density: np.ndarray, count: int, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Points, normals and rest places (count, 3) scattered over the quads in proportion to `density` per vertex."""
    quads = skin.quads
    weight = density[quads].mean(1)
    a, b, c, d = (skin.points[quads[:, k]] for k in range(4))
    area = 0.5 * np.linalg.norm(np.cross(c - a, d - b), axis=1) * weight
    if area.sum() <= 0 or count <= 0:
        return tuple(np.zeros((0, 3)) for _ in range(3))
    chosen = rng.choice(len(quads), size=count, p=area / area.sum())
    u, v = rng.random((2, count))
    share = np.stack([(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v], 1)[:, :, None]
    at = quads[chosen]
    keep = (density[at] * share[..., 0]).sum(1) > rng.random(count) * 0.6
    normals = (skin.normals[at] * share).sum(1)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return (skin.points[at] * share).sum(1)[keep], normals[keep], (skin.rest[at] * share).sum(1)[keep]


def tangent(vector: np.ndarray, normal: np.ndarray) -> np.ndarray:
    flat = vector - normal * (vector * normal).sum(1, keepdims=True)
    return flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.maximum(np.linalg.norm(vector, axis=1, keepdims=True), 1e-6)


def short(skin: Skin, density: np.ndarray, count: int, length: np.ndarray | float, lean: np.ndarray, stand: float,
           radius: float, rng: np.random.Generator, mess: float = 0.35) -> Strands | None:  # fmt: skip
    """Short strands that lean along `lean` (a function's value per root: (3,) or a callable of rest places)."""
    points, normals, rest = roots(skin, density, count, rng)
    if not len(points):
        return None
    direction = (lean(rest) if callable(lean) else np.broadcast_to(lean, rest.shape)) @ skin.turn.T
    direction = unit(tangent(direction, normals) + normals * stand + rng.standard_normal(rest.shape) * mess)
    size = length * rng.uniform(0.6, 1.1, len(points))
    steps = 5
    along = np.linspace(0, 1, steps)[None, :, None]
    path = points[:, None] + direction[:, None] * size[:, None, None] * along
    path = path - normals[:, None] * (size[:, None, None] * 0.22 * along**2)
    bend = rng.standard_normal((len(points), 1, 3)) * size[:, None, None] * 0.18
    path = path + bend * along**2
    return Strands(path, np.full(len(points), radius), rng.random(len(points)))


def beneath(strands: Strands, cover: np.ndarray | None) -> Strands:
    """Without the strands that would poke through a sheet with the points `cover` (n, 3), laid over the depth axis."""
    if cover is None:
        return strands
    distance, near = cKDTree(cover[:, :2]).query(strands.points[..., :2].reshape(-1, 2))
    over = (distance < 0.06) & (strands.points[..., 2].reshape(-1) > cover[near, 2] - 0.01)
    keep = ~over.reshape(strands.points.shape[:2]).any(1)
    return Strands(strands.points[keep], strands.radius[keep], strands.shade[keep])
