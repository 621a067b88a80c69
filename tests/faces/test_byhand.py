"""Five points placed by an examiner make a face, or a sentence says why not."""

from __future__ import annotations

import numpy as np
import pytest

from antigone.faces.alignment import TEMPLATE
from antigone.faces.byhand import from_landmarks
from antigone.faces.geometry import turn_points

PICTURE = np.zeros((400, 400, 3), np.uint8)
POINTS = (TEMPLATE * 2 + 80).astype(np.float32)


def test_an_upright_face() -> None:
    face = from_landmarks(PICTURE, POINTS)
    assert (face.turn, face.score) == (0, 1.0)
    assert face.box == pytest.approx((80, 80, 224, 224), abs=0.5)
    assert (face.landmarks == POINTS).all()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_the_turn_brings_the_face_upright(turn: int) -> None:
    # Points that stand upright once the picture is turned clockwise by `turn`.
    lying = turn_points(POINTS, turn, 400)
    assert from_landmarks(PICTURE, lying).turn == turn


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (POINTS[:4], "Five points"),
        (np.full((5, 2), np.nan), "Five points"),
        (POINTS + 300, "outside"),
        (np.full((5, 2), 50.0), "too close"),
        (POINTS[[1, 0, 2, 4, 3]], "exchanged"),
    ],
)
def test_points_that_cannot_be_a_face(points: np.ndarray, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        from_landmarks(PICTURE, points)
