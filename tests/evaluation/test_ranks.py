"""Misses by rank and FNIR at FPIR, against hand-worked answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from antigone.evaluation.metrics import accepted_share, equal_weights
from antigone.evaluation.ranks import (
    cumulative_match,
    false_negative_rate,
    mate_ranks,
    miss_rate,
    threshold_at_fpir,
)


def test_ranks_of_mates_count_ties_against_the_mate() -> None:
    scores = np.array([[0.9, 0.1, 0.2], [0.5, 0.4, 0.6], [0.3, 0.3, 0.1]])
    assert mate_ranks(scores, np.array([0, 1, 0])).tolist() == [1, 3, 2]


def test_misses_weigh_people_and_not_pictures() -> None:
    # Person 0 has three searches, all found first; person 1 has one, found at rank 60.
    people, ranks = np.array([0, 0, 0, 1]), np.array([1, 1, 1, 60])
    weights = equal_weights(people)
    assert miss_rate(ranks, weights, 1) == pytest.approx(0.5)
    assert miss_rate(ranks, weights, 50) == pytest.approx(0.5)
    assert miss_rate(ranks, weights, 60) == 0.0
    assert cumulative_match(ranks, weights)[[0, 49]] == pytest.approx([0.5, 0.5])


def test_fnir_at_a_threshold_from_a_hundred_strangers() -> None:
    top = np.arange(100) / 100
    cut = threshold_at_fpir(top, 0.01, np.ones(100))
    assert accepted_share(top, cut) == pytest.approx(0.01)
    score, rank = np.array([0.99, 0.985, 0.5, 0.995]), np.array([1, 1, 1, 51])
    # One below the threshold, one above it and yet not on the list.
    assert false_negative_rate(score, rank, np.ones(4), cut) == pytest.approx(0.5)


def test_a_stranger_without_template_never_passes() -> None:
    top = np.array([-np.inf, -np.inf, 0.2, 0.4])
    assert threshold_at_fpir(top, 0.25, np.ones(4)) == pytest.approx(0.2)
    assert np.isfinite(threshold_at_fpir(top, 0.5, np.ones(4)))


ranks = hnp.arrays(np.int64, st.integers(1, 50), elements=st.integers(1, 80))


@given(ranks)
def test_cumulative_match_rises_and_complements_the_miss_rate(found: np.ndarray) -> None:
    weights = np.ones(found.size)
    curve = cumulative_match(found, weights)
    assert (np.diff(curve) >= -1e-12).all()
    for rank in (1, 10, 50):
        assert curve[rank - 1] == pytest.approx(1 - miss_rate(found, weights, rank))


@given(ranks, st.floats(-1, 1), st.floats(0, 0.5))
def test_a_higher_threshold_never_finds_more(found: np.ndarray, threshold: float, step: float) -> None:
    score = 1.0 / found
    weights = np.ones(found.size)
    lower = false_negative_rate(score, found, weights, threshold)
    assert false_negative_rate(score, found, weights, threshold + step) >= lower
    assert lower >= miss_rate(found, weights, 50) - 1e-12
