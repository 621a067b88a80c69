"""One photograph that does not go with the others is named; alike ones, and two that disagree, are left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence.apart import photo_apart

cosines = st.floats(-1, 1)


def test_a_photograph_far_below_the_others_is_named() -> None:
    found = photo_apart([0.7, 0.02, 0.72, 0.68])
    assert found is not None
    assert found.place == 1
    assert found.without == pytest.approx(0.7)


def test_photographs_that_agree_are_left_alone() -> None:
    assert photo_apart([0.7, 0.6, 0.66]) is None
    assert photo_apart([0.5, 0.5, 0.5, 0.49]) is None


def test_of_two_that_disagree_nothing_says_which_is_odd() -> None:
    assert photo_apart([0.9, 0.0]) is None
    assert photo_apart([0.9]) is None


def test_one_that_matches_too_well_is_not_rejected() -> None:
    assert photo_apart([0.95, 0.1, 0.12, 0.11]) is None


@given(st.lists(cosines, min_size=3, max_size=8), st.floats(-0.5, 0.5))
def test_a_shift_of_all_scores_changes_nothing(scores: list[float], shift: float) -> None:
    rounded = np.round(np.array(scores), 3)
    first, second = photo_apart(rounded), photo_apart(rounded + round(shift, 2))
    gap = np.sort(rounded)[1] - rounded.min()
    if gap > 1e-6:  # ties may fall either way
        assert (first and first.place) == (second and second.place) or _near(rounded)


def _near(scores: np.ndarray) -> bool:
    """Whether the decision hangs on the last bits."""
    others = np.delete(scores, int(np.argmin(scores)))
    middle = float(np.median(others))
    spread = max(float(np.median(np.abs(others - middle))), 0.05)
    return abs(0.6745 * (middle - scores.min()) / spread - 3.5) < 1e-6


@given(st.lists(cosines, min_size=3, max_size=8))
def test_the_others_mean_is_higher(scores: list[float]) -> None:
    found = photo_apart(scores)
    assert found is None or found.without > np.mean(scores)


def test_scores_must_be_finite() -> None:
    with pytest.raises(ValueError, match="finite"):
        photo_apart([0.1, float("nan"), 0.2])
