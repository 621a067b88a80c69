"""Intervals by drawing people again: right width, same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from antigone.evaluation.bootstrap import resample_people


def test_interval_of_a_share_has_the_binomial_width() -> None:
    hit = np.arange(1000) < 200
    (interval,) = resample_people(1000, lambda drawn: np.array([(hit * drawn).sum() / drawn.sum()]), seed=1)
    # 1.96 * sqrt(0.2 * 0.8 / 1000) = 0.0248
    assert interval.low == pytest.approx(0.2 - 0.0248, abs=0.004)
    assert interval.high == pytest.approx(0.2 + 0.0248, abs=0.004)


def test_pictures_of_one_person_are_not_independent() -> None:
    # Forty people whose ten pictures agree: the interval is that of forty trials, not of four hundred.
    person, hit = np.repeat(np.arange(40), 10), np.repeat(np.arange(40) < 8, 10)

    def share(drawn: np.ndarray) -> np.ndarray:
        return np.array([(hit * drawn[person]).sum() / drawn[person].sum()])

    (interval,) = resample_people(40, share, seed=1)
    assert interval.high - interval.low > 0.2


def test_same_seed_same_interval_and_missing_numbers_are_left_out() -> None:
    def statistic(drawn: np.ndarray) -> np.ndarray:
        return np.array([drawn[0], np.nan if drawn[0] == 0 else 1.0])

    first, second = (resample_people(5, statistic, rounds=200, seed=3) for _ in range(2))
    assert first == second
    assert (first[1].low, first[1].high) == (1.0, 1.0)
    with pytest.raises(ValueError, match="nobody"):
        resample_people(0, statistic)
