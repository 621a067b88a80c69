"""Free marks on a picture: lines, arrows, ellipses in shares of its width and height, as data and never as pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MOST_POINTS = 500
NOTE_LENGTH = 200


class Shape(StrEnum):
    """A line through its points; an arrow to its second; an ellipse by its centre and the ends of its half axes."""

    POLYLINE = "polyline"
    ARROW = "arrow"
    ELLIPSE = "ellipse"

    @property
    def label(self) -> Promise:
        return _SHAPES[self]


_SHAPES: dict[Shape, Promise] = {
    Shape.POLYLINE: pgettext_lazy("mark", "line"),
    Shape.ARROW: pgettext_lazy("mark", "arrow"),
    Shape.ELLIPSE: pgettext_lazy("mark", "ring"),
}


@dataclass(frozen=True)
class Drawing:
    """A free mark: `side` "a" is the subject's photograph `picture`, "b" the portrait, which needs no naming."""

    side: str
    shape: str
    points: tuple[tuple[float, float], ...]
    picture: UUID | None = None
    note: str = ""


def drawing_fault(drawing: Drawing) -> Promise | None:
    """What is wrong with a drawing, or None."""
    if drawing.side not in ("a", "b"):
        return _("A mark is on the photograph of the subject or on the portrait.")
    if drawing.shape not in set(Shape):
        return _("A mark is a line, an arrow or an ellipse.")
    if drawing.shape == Shape.ARROW and len(drawing.points) != 2:
        return _("An arrow has an end and a tip.")
    if drawing.shape == Shape.ELLIPSE and len(drawing.points) != 3:
        return _("An ellipse is its centre and the ends of its two half axes.")
    if not 2 <= len(drawing.points) <= MOST_POINTS:
        return _("A line has between 2 and 500 points.")
    if not all(_inside(point) for point in drawing.points):
        return _("A mark lies within its picture.")
    if len(drawing.note) > NOTE_LENGTH or not (drawing.note.isprintable()):
        return _("A note beside a mark is one line of at most 200 characters.")
    return None


def _inside(point: tuple[float, float]) -> bool:
    return len(point) == 2 and all(
        isinstance(value, (int, float)) and math.isfinite(value) and 0.0 <= value <= 1.0 for value in point
    )
