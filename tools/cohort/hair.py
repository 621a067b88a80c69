"""The hair of the head, combed, pulled by gravity and kept off the face; made without any hair asset."""

from __future__ import annotations

import numpy as np
import regions
from identity import Hair
from scipy.spatial import cKDTree
from strands import Skin, Strands, roots, tangent, unit


def _push_out(skin: Skin, points: np.ndarray, height: np.ndarray, hug: np.ndarray) -> np.ndarray:
    """Points (n, 3) moved to at least `height` above the skin, and, as far as `hug` (n,) is 1, down to it as well."""
    out = points.copy()
    for i, point in enumerate(points):
        place, normal, _, distance = skin.tree.find_nearest(point.tolist())
        if place is None or distance > 1.2:
            continue
        lift = height[i] - float(np.dot(point - np.array(place), np.array(normal)))
        out[i] = point + np.array(normal) * (lift if lift > 0 else lift * hug[i])
    return out


def _combed(style: Hair, rest: np.ndarray, normals: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """The direction in which hair is combed at each root, in the posed frame."""
    side = np.sign(rest[:, 0] - style.part)
    x = rest[:, 0]
    zero, one = np.zeros(len(x)), np.ones(len(x))
    if style.style in ("side",):
        sweep = np.where(rest[:, 0] > style.part, 1.0, -1.0)
        field = np.stack([sweep, zero - 0.1, one * 0.2], 1)
    elif style.style == "back":
        field = np.stack([x * 0.3, zero + 0.05, -one], 1)
    elif style.style == "tied":
        field = np.array([0.0, 7.55, -0.75]) - rest
    elif style.style in ("long", "wavy", "bob"):
        front = regions.smooth(0.5, 1.15, rest[:, 2])
        field = np.stack([side * (1.0 - 0.25 * front), zero - 0.4 * (1 - front), -0.35 - 0.85 * front], 1)
    else:
        field = np.stack([x * 0.25 + 0.35 * np.sign(style.part), -0.25 * one, 0.5 * one], 1)
    return tangent(field @ turn.T, normals)


def _guides(skin: Skin, style: Hair, base: tuple[np.ndarray, ...], length: np.ndarray, down: np.ndarray,
            rng: np.random.Generator) -> np.ndarray:  # fmt: skip
    points, normals, rest = base
    count, steps = len(points), 16 if style.length > 1 else 8
    flowing = style.style in ("long", "wavy", "bob")
    stand = {"cropped": 0.7, "short": 0.34, "side": 0.40, "back": 0.16, "curly": 0.8, "coily": 1.2,
             "afro": 1.6, "rim": 0.5,
             "long": 0.22, "wavy": 0.3, "bob": 0.28, "tied": 0.05}[style.style]  # fmt: skip
    weight = {"cropped": 0.0, "short": 0.05, "side": 0.10, "back": 0.06, "curly": 0.10, "coily": 0.0,
              "afro": 0.02, "rim": 0.1,
              "long": 0.55, "wavy": 0.45, "bob": 0.5, "tied": 0.05}[style.style]  # fmt: skip
    comb = _combed(style, rest, normals, skin.turn)
    jitter = rng.standard_normal((count, 3)) * (0.06 if style.style in ("tied", "long", "bob", "wavy", "back") else 0.2)
    heading = unit(normals * stand + comb + jitter)
    layer = rng.uniform(0.02, 1.0, count) * {"tied": 0.11, "long": 0.15, "wavy": 0.22, "bob": 0.17}.get(
        style.style, 0.03
    )
    layer = np.minimum(layer, 0.6 * length)
    path = np.zeros((count, steps, 3))
    path[:, 0] = points
    place, fall = points.copy(), np.ones((count, 1))
    step = (length / (steps - 1))[:, None]
    knot = _knot(skin)
    for k in range(1, steps):
        if style.style == "tied":
            toward = knot - place
            far = np.linalg.norm(toward, axis=1, keepdims=True)
            heading = unit(0.35 * heading + toward / np.maximum(far, 1e-3))
            move = np.minimum(step, np.maximum(far - 0.12, 0.004))
        else:
            fall = _beside(skin, place) if flowing else np.ones((count, 1))
            heading = unit(heading + weight * fall * down + rng.standard_normal((count, 3)) * 0.02)
            move = step
        place = place + heading * move
        hug = 1 - fall[:, 0] if flowing else np.full(count, 0.6 if style.style in ("back", "side") and k > 1 else 0.0)
        place = _push_out(skin, place, layer * min(1.0, k / 2), hug)
        heading = unit(place - path[:, k - 1])
        path[:, k] = place
    return path


def _knot(skin: Skin) -> np.ndarray:
    near = cKDTree(skin.rest).query([0.0, 7.55, -0.42])[1]
    return skin.points[near] + skin.normals[near] * 0.22


def _beside(skin: Skin, place: np.ndarray) -> np.ndarray:
    """How far each point (n, 3) has come round to the side of the head, 0..1 (n, 1): only there long hair falls."""
    centre = skin.points[skin.rest[:, 1] > 7.0].mean(0)
    local = (place - centre) @ skin.turn
    wide = np.quantile(np.abs((skin.points[skin.rest[:, 1] > 7.0] - centre) @ skin.turn), 0.9, axis=0)[0]
    aside = regions.smooth(0.55 * wide, 0.95 * wide, np.abs(local[:, 0]))
    return np.maximum(aside, regions.smooth(0.0, -0.5, local[:, 2]))[:, None]


def _off_face(skin: Skin, strands: Strands) -> Strands:
    """Without the strands that cross the face: a detector, and a mourner, need to see it."""
    tree = cKDTree(skin.points)
    tail = strands.points[:, 3::2]
    distance, near = tree.query(tail.reshape(-1, 3), distance_upper_bound=0.9)
    known = np.isfinite(distance)
    rest = skin.rest[np.where(known, near, 0)]
    over = known & (np.abs(regions.azimuth(rest)) < 55) & (rest[:, 1] < 7.9) & (rest[:, 1] > 6.0) & (rest[:, 2] > 0.6)
    keep = ~over.reshape(tail.shape[:2]).any(1)
    return Strands(strands.points[keep], strands.radius[keep], strands.shade[keep])


def _children(guides: np.ndarray, guide_rest: np.ndarray, base: tuple[np.ndarray, ...], style: Hair,
              rng: np.random.Generator, radius: float) -> Strands:  # fmt: skip
    points, _, rest = base
    count = len(points)
    tree = cKDTree(guide_rest)
    distance, near = tree.query(rest, k=3)
    share = 1 / (distance**4 + 1e-6)
    first = near[:, :1]
    same = (np.sign(guide_rest[near, 0] - style.part) == np.sign(guide_rest[first, 0] - style.part)) | (
        style.length < 0.3
    )
    share = share * same
    share /= share.sum(1, keepdims=True)
    offset = guides - guides[:, :1]
    path = np.einsum("nk,nksd->nsd", share, offset[near]) + points[:, None]
    steps = path.shape[1]
    along = np.linspace(0, 1, steps)
    spread = (0.05 if style.length > 1 else 0.16 * style.length) * (1 + style.curl)
    path += rng.standard_normal((count, 1, 3)) * spread * (along**0.8)[None, :, None] * 0.5
    if style.curl > 0.05:
        clump = np.random.default_rng(7).uniform(0, 6.28, (len(guides), 3))[near[:, 0]]
        phase = clump + rng.uniform(0, 1.6, (count, 3))
        turns = style.length * {"coily": 26, "afro": 22, "curly": 9}.get(style.style, 3.2)
        wave = np.sin(phase[:, None, :] + along[None, :, None] * turns * 2)
        path += wave * style.curl * min(0.075, 0.16 * style.length) * np.minimum(1, along * 4)[None, :, None]
    trim = rng.uniform(0.72, 1.0, count)
    path = points[:, None] + (path - points[:, None]) * (trim[:, None, None] if style.style != "tied" else 1.0)
    return Strands(path, np.full(count, radius) * rng.uniform(0.8, 1.2, count), rng.random(count))


def of_head(skin: Skin, style: Hair, down: np.ndarray, rng: np.random.Generator) -> Strands | None:
    """The hair of the head, worn in `style`; `down` is the direction of gravity."""
    angle = np.abs(regions.azimuth(skin.rest))
    line = regions.hairline(angle, style.lift, style.recession, style.peak)
    density = regions.scalp(skin.rest, line) * (1 - regions.crown(skin.rest, style.crown)) * (skin.ears < 0.3)
    number = {"cropped": 15000, "short": 15000, "side": 15000, "back": 15000, "curly": 13000, "coily": 17000,
              "afro": 20000,
              "rim": 9000, "long": 16000, "wavy": 15000, "bob": 16000, "tied": 14000}[style.style]  # fmt: skip
    guide_base = roots(skin, density, 900, rng)
    if not len(guide_base[0]):
        return None
    rest = guide_base[2]
    length = np.full(len(rest), style.length)
    if style.style in ("short", "side", "back", "curly", "coily"):
        top = regions.smooth(7.55, 8.05, rest[:, 1])
        side = min(style.length, 0.10 + 0.15 * style.length)
        length = side + (style.length - side) * top
    if style.style in ("side", "short"):
        length *= 1 - 0.35 * regions.smooth(0.9, 1.3, rest[:, 2])
    if style.style in ("long", "wavy", "bob"):
        length *= rng.uniform(0.88, 1.0, len(rest))
    if style.style == "tied":
        length = np.full(len(rest), 2.6)
    guides = _guides(skin, style, guide_base, length, down, rng)
    radius = {"cropped": 0.0045, "short": 0.0055, "coily": 0.0055, "rim": 0.0045}.get(style.style, 0.0065)
    found = _children(guides, rest, roots(skin, density, number, rng), style, rng, radius)
    return _off_face(skin, found) if style.style in ("long", "wavy", "bob") else found
