"""Where the eyes are: shares of a picture, from landmarks as they are kept, or nothing."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.casework.judging.drawing import Drawing, drawing_fault
from antigone.casework.judging.framing import CLOSEST, Eyes, eyes_of


def test_the_eyes_are_shares_of_width_and_height() -> None:
    assert eyes_of({"landmarks": [[20, 10], [60, 30], [1, 1]]}, 100, 50) == Eyes((0.2, 0.2), (0.6, 0.6))


@pytest.mark.parametrize(
    "face",
    [
        None, {}, {"landmarks": []}, {"landmarks": [[1, 1]]}, {"landmarks": "ab"}, {"landmarks": [[1], [2]]},
        {"landmarks": [["x", 1], [2, 2]]}, {"landmarks": [[math.nan, 1], [20, 2]]}, {"landmarks": [[5, 5], [5, 5]]},
        {"landmarks": [[-1, 5], [20, 5]]}, {"landmarks": [[5, 5], [500, 5]]}, {"landmarks": [None, None]},
    ],
)  # fmt: skip
def test_what_is_not_known_well_enough_is_not_guessed(face: Any) -> None:
    assert eyes_of(face, 100, 50) is None


@given(st.lists(st.tuples(st.floats(), st.floats()), max_size=6), st.integers(0, 5000), st.integers(0, 5000))
def test_eyes_lie_in_the_picture_and_apart(points: list[tuple[float, float]], width: int, height: int) -> None:
    found = eyes_of({"landmarks": [list(point) for point in points]}, width, height)
    if found is not None:
        assert all(0 <= share <= 1 for share in (*found.right, *found.left))
        (ax, ay), (bx, by) = points[:2]
        assert math.hypot(ax - bx, ay - by) >= CLOSEST * max(width, height)


def test_an_arrow_has_two_ends() -> None:
    assert drawing_fault(Drawing("b", "arrow", ((0.1, 0.1), (0.2, 0.2)))) is None
    assert "end and a tip" in str(drawing_fault(Drawing("b", "arrow", ((0.1, 0.1), (0.2, 0.2), (0.3, 0.3)))))
