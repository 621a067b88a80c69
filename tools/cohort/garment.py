"""Clothes and sheets: a shell with a clean neckline, collars lofted around it, cloth draped from above."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from mathutils.bvhtree import BVHTree
from regions import smooth
from scipy.ndimage import gaussian_filter, map_coordinates, maximum_filter
from strands import Skin

NECK_AXIS = 0.22
_ANGLES = np.radians(np.linspace(-180, 180, 96, endpoint=False))


@dataclass(frozen=True)
class Piece:
    """A mesh: points and places on the undeformed body (n, 3), quads (m, 4)."""

    points: np.ndarray
    rest: np.ndarray
    quads: np.ndarray


def _angle(rest: np.ndarray) -> np.ndarray:
    return np.arctan2(rest[:, 0], rest[:, 2] - NECK_AXIS)


def _line(angle: np.ndarray, front: float) -> np.ndarray:
    """Height of the neckline on the undeformed body: `front` in the middle, rising to the nape."""
    return front + (6.0 - front) * smooth(0, 75, np.abs(np.degrees(angle)))


def shell(skin: Skin, front: float, offset: float) -> Piece:
    """The body below the neckline, offset outwards; vertices of the quads that cross the line are moved onto it."""
    above = skin.rest[:, 1] - _line(_angle(skin.rest), front)
    quads = skin.quads[(above[skin.quads] < 0).any(1)]
    points = skin.points + skin.normals * offset
    moved, weight = np.zeros_like(points), np.zeros(len(points))
    for a, b in ((0, 1), (1, 2), (2, 3), (3, 0)):
        for i, j in ((quads[:, a], quads[:, b]), (quads[:, b], quads[:, a])):
            cross = (above[i] > 0) & (above[j] < 0)
            i, j = i[cross], j[cross]
            t = (above[i] / (above[i] - above[j]))[:, None]
            np.add.at(moved, i, points[i] * (1 - t) + points[j] * t)
            np.add.at(weight, i, 1)
    snapped = weight > 0
    points = points.copy()
    points[snapped] = moved[snapped] / weight[snapped, None]
    used = np.unique(quads)
    at = np.zeros(len(points), dtype=int)
    at[used] = np.arange(len(used))
    return Piece(points[used], skin.rest[used], at[quads])


def _loop(skin: Skin, front: float, level: float) -> tuple[np.ndarray, np.ndarray]:
    """Points and outward directions (96, 3) where the body crosses the neckline raised by `level`."""
    angle = _angle(skin.rest)
    above = skin.rest[:, 1] - _line(angle, front) - level
    near = (np.hypot(skin.rest[:, 0], skin.rest[:, 2] - NECK_AXIS) < 1.15) & (skin.rest[:, 1] > 5.0)
    found, normals, angles = [], [], []
    for a, b in ((0, 1), (1, 2), (2, 3), (3, 0)):
        i, j = skin.quads[:, a], skin.quads[:, b]
        cross = (above[i] * above[j] < 0) & near[i] & near[j]
        i, j = i[cross], j[cross]
        t = (above[i] / (above[i] - above[j]))[:, None]
        found.append(skin.points[i] * (1 - t) + skin.points[j] * t)
        normals.append(skin.normals[i] * (1 - t) + skin.normals[j] * t)
        rest = skin.rest[i] * (1 - t) + skin.rest[j] * t
        angles.append(_angle(rest))
    at, by, where = np.concatenate(found), np.concatenate(normals), np.concatenate(angles)
    kernel = np.exp(-((np.angle(np.exp(1j * (where[None] - _ANGLES[:, None]))) / 0.09) ** 2)) + 1e-12
    kernel /= kernel.sum(1, keepdims=True)
    points, out = kernel @ at, kernel @ by
    return points, out / np.linalg.norm(out, axis=1, keepdims=True)


def _loft(rows: list[np.ndarray], closed: bool = True) -> Piece:
    count = len(rows[0])
    points = np.concatenate(rows)
    last = count if closed else count - 1
    quads = []
    for row in range(len(rows) - 1):
        for k in range(last):
            n = (k + 1) % count
            quads.append([row * count + k, row * count + n, (row + 1) * count + n, (row + 1) * count + k])
    return Piece(points, points.copy(), np.array(quads))


def crew_rib(skin: Skin, front: float, offset: float) -> Piece:
    """A knitted rib along the neckline."""
    points, out = _loop(skin, front, 0.0)
    up, _ = _loop(skin, front, 0.11)
    along = up - points
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    rows = []
    for lift, away in (
        (-0.07, offset),
        (-0.07, offset + 0.05),
        (0.0, offset + 0.06),
        (0.07, offset + 0.035),
        (0.08, -0.02),
    ):
        rows.append(points + along * lift + out * away)
    return _loft(rows)


def roll_neck(skin: Skin, front: float) -> Piece:
    rows = []
    for level, away in ((-0.06, 0.04), (0.05, 0.05), (0.16, 0.05), (0.26, 0.06), (0.30, 0.09), (0.26, 0.13),
                        (0.12, 0.15),
                        (0.02, 0.15), (-0.02, 0.11)):  # fmt: skip
        points, out = _loop(skin, front, level)
        flat = out * [1, 0.2, 1]
        rows.append(points + flat / np.linalg.norm(flat, axis=1, keepdims=True) * away)
    return _loft(rows)


def shirt_collar(skin: Skin, front: float) -> Piece:
    """A stand and a leaf that falls over it, open in front, with points."""
    opening = np.radians(9)
    keep = np.argsort(np.angle(np.exp(1j * (_ANGLES - np.pi))))  # from the face's right round the nape to the left
    keep = keep[np.abs(_ANGLES[keep]) > opening]
    front_share = smooth(60, 14, np.abs(np.degrees(_ANGLES)))
    rows = []
    plan = ((-0.04, 0.03, 0.0), (0.10, 0.06, 0.0), (0.24, 0.075, 0.0), (0.27, 0.10, 0.0), (0.24, 0.135, 0.0),
            (0.10, 0.17, 0.3),
            (-0.05, 0.19, 1.0))  # fmt: skip
    for level, away, droop in plan:
        points, out = _loop(skin, front, level)
        flat = out * [1, 0.25, 1]
        flat /= np.linalg.norm(flat, axis=1, keepdims=True)
        share = (front_share * droop)[:, None]
        rows.append((points + flat * away + share * (np.array([0, -0.16, 0.02]) + flat * 0.03))[keep])
    return _loft(rows, closed=False)


def drape(tree: BVHTree, kind: str, edge: float, floor: float, rng: np.random.Generator) -> Piece:
    """A sheet laid over the person from above (along the depth axis).

    `kind`: chin or chest (everything below the height `edge`), side or side-left (everything beyond x = `edge`).
    """
    across, up = np.meshgrid(np.arange(-3.2, 3.2, 0.04), np.arange(3.4, 9.4, 0.04), indexing="ij")
    height = np.full(across.shape, floor)
    for i in range(across.shape[0]):
        for j in range(across.shape[1]):
            hit = tree.ray_cast((across[i, j], up[i, j], 6.0), (0, 0, -1))[0]
            if hit is not None:
                height[i, j] = hit.z
    body = height.copy()
    cloth = gaussian_filter(body, 3)
    for width in (9, 6, 4, 3):
        cloth = np.maximum(gaussian_filter(cloth, width), body + 0.02)
    cloth = gaussian_filter(cloth, 1.6) + 0.05
    bend = gaussian_filter(rng.standard_normal(across.shape), 14)
    bend /= bend.std()
    lengthwise = up if kind.startswith("side") else across
    folds = np.sin(lengthwise * 5.5 + 1.3 * bend) * 0.5 + 0.5 * np.sin(lengthwise * 11 + across * 3 - up * 2 + 2 * bend)
    cloth += 0.035 * folds * (1 + 0.5 * bend)
    cloth = np.maximum(cloth, maximum_filter(body, 5) + 0.03)  # nothing may show through on steep sides
    level = kind in ("chin", "chest")
    along = np.arange(-3.1, 3.1, 0.04) if level else np.arange(3.6, 9.2, 0.04)
    away = np.concatenate([[0.0, 0.01, 0.03], np.arange(0.06, 3.4, 0.04)])
    wave = 0.03 * np.sin(2.2 * along + rng.uniform(0, 6)) + 0.012 * np.sin(7 * along + rng.uniform(0, 6))
    tilt = rng.uniform(-0.10, 0.10) * (along if level else along - 7)
    lip, far = np.meshgrid(wave + tilt, away, indexing="ij")
    run = np.meshgrid(along, away, indexing="ij")[0]
    if level:
        x, y = run, edge + lip - far
    else:
        x, y = (edge + lip + far if kind == "side" else edge - lip - far), run
    z = map_coordinates(cloth, [(x + 3.2) / 0.04, (y - 3.4) / 0.04], order=1, mode="nearest")
    points = np.stack([x, y, z], -1).reshape(-1, 3)
    index = np.arange(x.size).reshape(x.shape)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], -1)
    return Piece(points, points.copy(), quads.reshape(-1, 4))
