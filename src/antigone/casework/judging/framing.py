"""Where the eyes are in a picture, so that two can be laid side by side at one eye distance and level.

Shares of the picture's width and height, from the landmarks that were kept when its face was found or placed by hand.
They turn and scale what is seen; no distance is shown, and none is compared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

CLOSEST = 0.01
"""Eyes that lie closer than this share of the picture's longer side are no ground to scale by."""


@dataclass(frozen=True)
class Eyes:
    """The two eyes of a face as (x, y): `right` is the person's own right eye, seen on the left."""

    right: tuple[float, float]
    left: tuple[float, float]


def eyes_of(face: Mapping[str, Any] | None, width: int, height: int) -> Eyes | None:
    """The eyes of a face as it is kept, in a picture of this size; None where they are not known well enough."""
    points = (face or {}).get("landmarks")
    if not isinstance(points, list) or len(points) < 2 or min(width, height) < 1:
        return None
    try:
        (ax, ay), (bx, by) = ((float(x), float(y)) for x, y in points[:2])
    except (TypeError, ValueError):
        return None
    if not all(math.isfinite(value) for value in (ax, ay, bx, by)):
        return None
    inside = all(0 <= x <= width and 0 <= y <= height for x, y in ((ax, ay), (bx, by)))
    if not inside or math.hypot(ax - bx, ay - by) < CLOSEST * max(width, height):
        return None
    right, left = ((round(x / width, 4), round(y / height, 4)) for x, y in ((ax, ay), (bx, by)))
    return Eyes(right, left)
