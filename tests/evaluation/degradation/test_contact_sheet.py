"""The sheet shows every ladder once, in its order."""

from __future__ import annotations

import numpy as np

from antigone.evaluation.degradation import LADDERS
from antigone.evaluation.degradation.contact_sheet import GAP, sheet

from .faces import LANDMARKS, drawn_face


def test_every_ladder_has_its_square() -> None:
    found = sheet([(drawn_face(), LANDMARKS)], list(LADDERS), 6, 40)
    assert found.shape == (3 * (40 + GAP) - GAP, 6 * (40 + GAP) - GAP, 3)
    squares = [
        found[row * (40 + GAP) : row * (40 + GAP) + 40, column * (40 + GAP) : column * (40 + GAP) + 40]
        for row in range(3)
        for column in range(6)
    ]
    assert len({square.tobytes() for square in squares}) == len(LADDERS) == 18
    assert all(square.std() > 10 for square in squares)
    assert np.array_equal(found[:, 40 : 40 + GAP], np.full_like(found[:, 40 : 40 + GAP], 245))
