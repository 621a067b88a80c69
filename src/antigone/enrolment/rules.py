"""Which of the faces in a portrait is the person's: a pure decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antigone.faces import Face

# A bystander is clearly a bystander when the main face is at least this many times as prominent.
CLEARLY_LARGER = 1.6

# A face that the edge of the picture cuts by more than this share of its box is most likely not whom the picture is of.
CUT = 0.03


def prominence(face: Face, width: int, height: int) -> float:
    """Area of the face in pixels, lowered towards the edge: the subject of a portrait stands in the middle, whole."""
    x, y, w, h = face.box
    dx = (x + w / 2 - width / 2) / max(width, 1)
    dy = (y + h / 2 - height / 2) / max(height, 1)
    cut = max(-x / w, -y / h, (x + w - width) / w, (y + h - height) / h) > CUT
    return float(w * h * max(0.0, 1.0 - 2.0 * (dx * dx + dy * dy)) * (0.5 if cut else 1.0))


def main_face(faces: Sequence[Face], width: int, height: int) -> int | None:
    """Index of the one face that clearly is the subject's, or None when there is none or several are alike."""
    if not faces:
        return None
    order = sorted(range(len(faces)), key=lambda i: -prominence(faces[i], width, height))
    if len(order) == 1:
        return order[0]
    first, second = (prominence(faces[i], width, height) for i in order[:2])
    return order[0] if first >= CLEARLY_LARGER * second else None
