"""The unrolled head that skin is painted on: where each texel lies, and noise to paint with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import regions
from mesh import BaseMesh
from PIL import Image
from scipy.ndimage import gaussian_filter

WIDE, TALL = 1152, 768


@dataclass(frozen=True)
class Canvas:
    """Every texel's place on the undeformed head (TALL, WIDE, 3), and the masks that came with the mesh."""

    rest: np.ndarray
    lips: np.ndarray
    ears: np.ndarray
    lids: np.ndarray


def vertex_mask(base: BaseMesh, name: str) -> np.ndarray:
    """The mask picture `name` read at every vertex, 0..1."""
    picture = np.asarray(Image.open(base.texture(name)).convert("L"), dtype=float) / 255
    body = base.groups["body"]
    uv = base.uv[body.textures.reshape(-1)]
    size = picture.shape[0] - 1
    rows = ((1 - uv[:, 1]) * size).astype(int).clip(0, size)
    columns = (uv[:, 0] * size).astype(int).clip(0, size)
    weights = np.zeros(len(base.vertices))
    np.maximum.at(weights, body.vertices.reshape(-1), picture[rows, columns])
    return weights


def canvas(base: BaseMesh) -> Canvas:
    """Rasterise the undeformed head into the unrolled map; of several layers the outermost wins."""
    body = base.groups["body"]
    points = base.vertices
    head = points[body.vertices][:, :, 1].min(1) > regions.LOW - 0.3
    quads, textures = body.vertices[head], body.textures[head]
    inner = vertex_mask(base, "inside-mouth") > 0.6
    keep = ~inner[quads].all(1)
    quads, textures = quads[keep], textures[keep]
    texel = regions.unrolled(points) * [WIDE, TALL] - 0.5
    values = np.zeros((TALL, WIDE, 5))
    depth = np.full((TALL, WIDE), -1.0)
    for quad, texture in zip(quads, textures, strict=True):
        for corners in ((0, 1, 2), (0, 2, 3)):
            where = texel[quad[list(corners)]]
            if np.ptp(where[:, 0]) > WIDE / 2:
                where[:, 0] += np.where(where[:, 0] < WIDE / 2, WIDE, 0)
            attributes = np.c_[points[quad[list(corners)]], base.uv[texture[list(corners)]]]
            _fill(values, depth, where, attributes)
    missing = depth < 0
    if missing.any():
        filled = gaussian_filter(np.where(missing[..., None], 0, values), (4, 4, 0))
        weight = gaussian_filter((~missing).astype(float), 4)[..., None]
        values = np.where(missing[..., None], filled / np.maximum(weight, 1e-3), values)
    masks = []
    for name in ("lips", "ears", "eyelids"):
        picture = np.asarray(Image.open(base.texture(name)).convert("L"), dtype=float) / 255
        size = picture.shape[0] - 1
        rows = ((1 - values[..., 4]) * size).astype(int).clip(0, size)
        masks.append(gaussian_filter(picture[rows, (values[..., 3] * size).astype(int).clip(0, size)], 1.5))
    return Canvas(values[..., :3], *masks)


def _fill(values: np.ndarray, depth: np.ndarray, where: np.ndarray, attributes: np.ndarray) -> None:
    low = np.maximum(np.floor(where.min(0)).astype(int), 0)
    high = np.ceil(where.max(0)).astype(int)
    columns, rows = np.meshgrid(np.arange(low[0], high[0] + 1), np.arange(low[1], min(high[1], TALL - 1) + 1))
    (ax, ay), (bx, by), (cx, cy) = where
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if abs(area) < 1e-9 or not columns.size:
        return
    second = ((columns - ax) * (cy - ay) - (cx - ax) * (rows - ay)) / area
    third = ((bx - ax) * (rows - ay) - (columns - ax) * (by - ay)) / area
    first = 1 - second - third
    inside = (first >= -0.02) & (second >= -0.02) & (third >= -0.02)
    blended = np.stack([first, second, third], -1)[inside] @ attributes
    out = np.hypot(blended[:, 0], blended[:, 2] - regions.AXIS)
    rows, columns = rows[inside], columns[inside] % WIDE
    nearer = out > depth[rows, columns]
    values[rows[nearer], columns[nearer]] = blended[nearer]
    depth[rows[nearer], columns[nearer]] = out[nearer]


def noise(rng: np.random.Generator, size: float) -> np.ndarray:
    """Smooth noise of unit deviation with features of about `size` texels."""
    step = max(1, int(size / 3))
    coarse = rng.standard_normal((TALL // step + 4, WIDE // step + 4))
    coarse = gaussian_filter(coarse, size / step / 2.5, mode="wrap")
    if step > 1:
        picture = Image.fromarray(coarse.astype(np.float32)).resize((WIDE + 3 * step, TALL + 3 * step), Image.BICUBIC)
        coarse = np.asarray(picture, dtype=float)
    coarse = coarse[:TALL, :WIDE]
    return (coarse - coarse.mean()) / (coarse.std() + 1e-9)
