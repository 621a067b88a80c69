"""A photograph weighs the more, the more of a face was seen on it; none weighs nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence.weights import photo_weights

strengths = st.lists(st.floats(0, 100), min_size=1, max_size=8)


@given(strengths)
def test_weights_lie_above_nothing_sum_to_one_and_follow_strength(given_strengths: list[float]) -> None:
    weights = photo_weights(given_strengths)
    assert (weights > 0).all()
    assert weights.sum() == pytest.approx(1)
    order = np.argsort(given_strengths, kind="stable")
    assert (np.diff(weights[order]) >= -1e-12).all()


def test_photographs_alike_weigh_alike() -> None:
    assert photo_weights([40, 40]) == pytest.approx([0.5, 0.5])


def test_where_a_strength_is_not_known_all_weigh_the_same() -> None:
    assert photo_weights([90, None, 10]) == pytest.approx([1 / 3] * 3)


def test_without_a_photograph_there_is_nothing_to_weigh() -> None:
    with pytest.raises(ValueError, match="no photograph"):
        photo_weights([])
