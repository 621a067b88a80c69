"""Pictures made from pictures: no metadata, and a recipe that says how each was made."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from antigone.imaging.picture import Pixels


def derive(
    pixels: Pixels,
    *,
    source: str,
    box: tuple[float, float, float, float] | None = None,
    turn: int = 0,
    longest: int | None = None,
    quality: int = 90,
) -> tuple[bytes, dict[str, Any]]:
    """A JPEG of (h, w, 3) RGB pixels, and its recipe; the pixels given are not altered.

    In this order: cut to `box` (x, y, width, height in pixels, clipped to the picture), turn clockwise by
    `turn` degrees (0, 90, 180 or 270), reduce so that the longer side is `longest` pixels at most. `source`
    is the SHA-256 of the original bytes. The JPEG holds no EXIF, no location, no maker's notes: it is
    written from pixels alone. Raises ValueError on a box outside the picture or another turn.
    """
    operations: list[dict[str, Any]] = []
    if box is not None:
        height, width = pixels.shape[:2]
        left, top = max(0, round(box[0])), max(0, round(box[1]))
        right, bottom = min(width, round(box[0] + box[2])), min(height, round(box[1] + box[3]))
        if right <= left or bottom <= top:
            raise ValueError("the box lies outside the picture")
        pixels = pixels[top:bottom, left:right]
        operations.append({"crop": [left, top, right - left, bottom - top]})
    if turn:
        if turn not in (90, 180, 270):
            raise ValueError("a turn is 0, 90, 180 or 270 degrees clockwise")
        pixels = np.rot90(pixels, -turn // 90)
        operations.append({"turn": turn})
    if longest is not None and max(pixels.shape[:2]) > longest:
        scale = longest / max(pixels.shape[:2])
        size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        operations.append({"resize": list(size)})
    done, encoded = cv2.imencode(".jpg", np.ascontiguousarray(pixels[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("the picture could not be written as JPEG")
    operations.append({"encode": "jpeg", "quality": quality})
    height, width = pixels.shape[:2]
    return encoded.tobytes(), {"source": source, "operations": operations, "width": width, "height": height}
