"""Decisions of a search: which face is compared, what the answer says; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from antigone.enrolment.rules import main_face

if TYPE_CHECKING:
    from antigone.evidence import OperatingPoint
    from antigone.faces import Face


LEAST_OVERLAP = 0.2
"""Share of both boxes together at which two looks are at one face."""


def choose_face(
    faces: Sequence[Face], width: int, height: int, wanted: int | None, place: Sequence[float] | None = None
) -> tuple[int | None, str]:
    """The index of the face to compare and "", or None and the sentence that says why there is none.

    `wanted` is the examiner's choice, counted from 1; `place` the box (left, top, width, height) of a choice made
    before. It is held by place, since another detector counts the faces in another order.
    """
    if not faces:
        return None, (
            "No face was found in it, in any of four turns and at several sizes. If there is one, give its five "
            "landmarks (--landmarks FILE). Nothing was saved."
        )
    if place is not None:
        overlaps = [overlap(face.box, place) for face in faces]
        if max(overlaps) >= LEAST_OVERLAP:
            return overlaps.index(max(overlaps)), ""
        return None, (
            "The face that was chosen in it before is not found where it was. Name the photograph and choose again "
            "(--face N, or --landmarks FILE). Nothing was saved."
        )
    if wanted is not None:
        if 1 <= wanted <= len(faces):
            return wanted - 1, ""
        return None, f"It has {len(faces)} face(s); there is no face {wanted}. Nothing was saved."
    index = main_face(faces, width, height)
    if index is None:
        places = "; ".join(
            "face {} at left {:.0f}, top {:.0f}, {:.0f} x {:.0f} pixels".format(number, *face.box)
            for number, face in enumerate(faces, start=1)
        )
        return (
            None,
            f"It shows {len(faces)} faces ({places}). Say which one is the subject's (--face N). Nothing was saved.",
        )
    return index, ""


def overlap(one: Sequence[float], other: Sequence[float]) -> float:
    """The share of two boxes (left, top, width, height) together that lies in both, 0 to 1."""
    sides = [max(0.0, min(one[at] + one[at + 2], other[at] + other[at + 2]) - max(one[at], other[at])) for at in (0, 1)]
    both = sides[0] * sides[1]
    together = one[2] * one[3] + other[2] * other[3] - both
    return both / together if together > 0 else 0.0


def nothing_passes(scores: Sequence[float], point: OperatingPoint | None) -> bool:
    """Whether the answer is "none of these": no candidate reaches the operating point.

    Without a measured operating point for the model, nothing can be said to pass.
    """
    return point is None or not any(score >= point.threshold for score in scores)


def left_out_note(count: int) -> str:
    """What an answer says of the case's photographs on which no face could be read."""
    many = "One photograph of the case was" if count == 1 else f"{count} photographs of the case were"
    return f"{many} left out: no face to compare could be read there."


def aside_note(*, not_chosen: int, not_suitable: int) -> str:
    """What an answer says of photographs of the case that took no part; nothing where all did."""
    parts = []
    if not_suitable:
        parts.append(f"{not_suitable} judged not suitable for comparison")
    if not_chosen:
        parts.append(f"{not_chosen} not chosen for this search")
    if not parts:
        return ""
    total = not_chosen + not_suitable
    many = "One photograph of the case" if total == 1 else f"{total} photographs of the case"
    return f"{many} took no part: {', '.join(parts)}."
