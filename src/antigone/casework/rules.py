"""Decisions of a search: which face is compared, what the answer says; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from antigone.enrolment.rules import main_face

if TYPE_CHECKING:
    from antigone.evidence import OperatingPoint
    from antigone.faces import Face


def choose_face(faces: Sequence[Face], width: int, height: int, wanted: int | None) -> tuple[int | None, str]:
    """The index of the face to compare and "", or None and the sentence that says why there is none.

    `wanted` is the examiner's choice, counted from 1.
    """
    if not faces:
        return None, (
            "No face was found in it, in any of four turns and at several sizes. If there is one, give its five "
            "landmarks (--landmarks FILE). Nothing was saved."
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


def nothing_passes(scores: Sequence[float], point: OperatingPoint | None) -> bool:
    """Whether the answer is "none of these": no candidate reaches the operating point.

    Without a measured operating point for the model, nothing can be said to pass.
    """
    return point is None or not any(score >= point.threshold for score in scores)
