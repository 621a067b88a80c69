"""Error rates against hand-worked answers and the properties that any of them must have."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from antigone.evaluation.metrics import (
    accepted_share,
    best_threshold,
    det_curve,
    equal_error_rate,
    equal_weights,
    fold_accuracy,
    supported,
    threshold_at,
)

# Whole hundredths make ties frequent, which is where error rates go wrong.
scores = hnp.arrays(np.int64, st.integers(1, 40), elements=st.integers(-100, 100)).map(lambda a: a / 100)


def test_det_curve_of_four_and_four() -> None:
    curve = det_curve([0.9, 0.8, 0.7, 0.3], [0.5, 0.2, 0.1, 0.0])
    at = {float(t): (fm, fn) for t, fm, fn in zip(*vars(curve).values(), strict=True)}
    assert at[0.0] == (1.0, 0.0)
    assert at[0.3] == (0.25, 0.0)
    assert at[0.5] == (0.25, 0.25)
    assert at[0.7] == (0.0, 0.25)
    assert at[float("inf")] == (0.0, 1.0)


def test_equal_error_rate_of_known_scores() -> None:
    assert equal_error_rate(det_curve([0.9, 0.8, 0.7, 0.3], [0.5, 0.2, 0.1, 0.0])) == pytest.approx(0.25)
    assert equal_error_rate(det_curve([0.9, 0.8], [0.1, 0.2])) == 0.0
    assert equal_error_rate(det_curve([0.1, 0.2], [0.8, 0.9])) == 1.0
    assert equal_error_rate(det_curve([0.5], [0.5])) == pytest.approx(0.5)


def test_equal_error_rate_of_two_normals_is_the_textbook_one() -> None:
    random = np.random.default_rng(4)
    # Unit normals two apart cross at one standard deviation: Phi(-1) = 15.87 %.
    curve = det_curve(random.normal(2, 1, 200_000), random.normal(0, 1, 200_000))
    assert equal_error_rate(curve) == pytest.approx(0.1587, abs=0.003)


@given(scores, scores)
def test_det_curve_is_monotone(mated: np.ndarray, other: np.ndarray) -> None:
    curve = det_curve(mated, other)
    assert (np.diff(curve.false_match) <= 1e-12).all()
    assert (np.diff(curve.false_non_match) >= -1e-12).all()
    assert curve.false_match[0] == pytest.approx(1.0)
    assert curve.false_match[-1] == 0.0
    assert curve.false_non_match[0] == pytest.approx(0.0)
    assert curve.false_non_match[-1] == pytest.approx(1.0)


@given(scores, scores)
def test_rates_do_not_change_with_a_rising_transformation(mated: np.ndarray, other: np.ndarray) -> None:
    plain, bent = det_curve(mated, other), det_curve(np.exp(3 * mated), np.exp(3 * other))
    assert equal_error_rate(plain) == pytest.approx(equal_error_rate(bent))
    assert plain.false_match == pytest.approx(bent.false_match)


@given(scores, scores)
def test_larger_means_more_alike(mated: np.ndarray, other: np.ndarray) -> None:
    raised = equal_error_rate(det_curve(mated + 0.25, other))
    assert raised <= equal_error_rate(det_curve(mated, other)) + 1e-12


@given(scores, scores)
def test_weights_of_two_equal_a_score_listed_twice(mated: np.ndarray, other: np.ndarray) -> None:
    doubled = det_curve(np.repeat(mated, 2), np.append(other, other[0]))
    weighted = det_curve(mated, other, np.full(mated.size, 2.0), np.r_[2.0, np.ones(other.size - 1)])
    assert doubled.false_match == pytest.approx(weighted.false_match)
    assert doubled.false_non_match == pytest.approx(weighted.false_non_match)


@given(scores, st.floats(0, 1))
def test_threshold_is_the_lowest_that_keeps_the_rate(other: np.ndarray, rate: float) -> None:
    threshold = threshold_at(other, rate)
    assert accepted_share(other, threshold) <= rate + 1e-9
    below = other[other < threshold]
    if below.size:
        assert accepted_share(other, below.max()) > rate


def test_threshold_of_known_scores() -> None:
    other = np.arange(100) / 100
    assert threshold_at(other, 0.01) == pytest.approx(0.98)
    assert accepted_share(other, threshold_at(other, 0.01)) == pytest.approx(0.01)
    assert threshold_at(other, 0.0) > 0.99
    assert threshold_at(other, 1.0) == float("-inf")


@given(hnp.arrays(np.int64, st.integers(1, 60), elements=st.integers(0, 9)))
def test_every_person_weighs_the_same(people: np.ndarray) -> None:
    weights = equal_weights(people)
    sums = [weights[people == person].sum() for person in np.unique(people)]
    assert sums == pytest.approx([1 / len(sums)] * len(sums))


def test_best_threshold_separates_what_can_be_separated() -> None:
    assert best_threshold(np.array([0.1, 0.2, 0.6, 0.7]), np.array([False, False, True, True])) == pytest.approx(0.4)


def test_fold_accuracy_takes_its_threshold_from_the_other_folds() -> None:
    # Fold 1's best threshold (0.65) would decide fold 0 wrong, and the other way round.
    score = [0.5, 0.4, 0.9, 0.8]
    accuracy = fold_accuracy(score, [True, False, True, False], [0, 0, 1, 1])
    assert accuracy.thresholds == pytest.approx((0.85, 0.45))
    assert (accuracy.plain, accuracy.balanced) == (0.5, 0.5)


def test_fold_accuracy_balances_the_two_kinds_of_pairs() -> None:
    # One same-person pair in three of the first fold is below the second fold's threshold.
    score = [0.9, 0.9, 0.2, 0.1, 0.9, 0.9, 0.9, 0.05]
    accuracy = fold_accuracy(score, [True, True, True, False] * 2, [0] * 4 + [1] * 4)
    assert accuracy.plain == pytest.approx((3 / 4 + 1) / 2)
    assert accuracy.balanced == pytest.approx(((2 / 3 + 1) / 2 + 1) / 2)
    assert accuracy.standard_error == pytest.approx((1 - 5 / 6) / 2)


def test_what_cannot_be_computed_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one number"):
        det_curve([], [0.1])
    with pytest.raises(ValueError, match="finite"):
        det_curve([np.nan], [0.1])
    with pytest.raises(ValueError, match="two folds"):
        fold_accuracy([0.1, 0.2], [True, False], [0, 0])
    with pytest.raises(ValueError, match="weights of mated scores"):
        det_curve([0.1], [0.2], [-1.0])


def test_a_rate_needs_five_expected_errors() -> None:
    assert supported(1e-2, 763)
    assert not supported(1e-3, 763)
