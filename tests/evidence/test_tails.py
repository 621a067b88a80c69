"""A measured tail gives back what it was fitted to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence.tails import Tail, censored_scale, weighted_quantiles

TAIL = Tail((1e-1, 1e-2, 1e-3), (0.1, 0.2, 0.3), scale=0.04)


def test_measured_rates_give_measured_scores() -> None:
    assert [TAIL.score_at(rate) for rate in TAIL.rates] == pytest.approx(TAIL.scores)
    assert TAIL.score_at(10**-2.5) == pytest.approx(0.25)
    assert TAIL.score_at(0.5) == 0.1


def test_beyond_the_data_the_tail_is_exponential() -> None:
    assert TAIL.score_at(1e-3 / np.e) == pytest.approx(0.34)
    assert TAIL.reaches_beyond_data(9e-4)
    assert not TAIL.reaches_beyond_data(1e-3)


@given(st.floats(1e-12, 0.999), st.floats(1e-12, 0.999))
def test_a_rarer_match_needs_no_lower_score(one: float, two: float) -> None:
    rare, common = sorted((one, two))
    assert TAIL.score_at(rare) >= TAIL.score_at(common) - 1e-12


def test_a_tail_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="rates of a tail must fall"):
        Tail((1e-2, 1e-1), (0.1, 0.2), 0.1)
    with pytest.raises(ValueError, match="scale above 0"):
        Tail((1e-1, 1e-2), (0.1, 0.2), 0.0)
    with pytest.raises(ValueError, match="two rates"):
        Tail((1e-1,), (0.1,), 0.1)
    with pytest.raises(ValueError, match="between 0 and 1"):
        TAIL.score_at(0.0)


def test_quantiles_of_known_weights() -> None:
    scores, weights = np.array([0.4, 0.9, 0.1, 0.6]), np.array([1.0, 1.0, 5.0, 2.0])
    assert weighted_quantiles(scores, weights, [0.1, 0.25, 0.3], total=10.0) == [0.6, 0.6, 0.4]
    with pytest.raises(ValueError, match="do not reach down"):
        weighted_quantiles(scores, weights, [0.95], total=10.0)


def test_the_scale_of_an_exponential_is_found_whatever_lies_at_the_top() -> None:
    random = np.random.default_rng(2)
    scores = 0.3 + random.exponential(0.025, 20_000)
    weights = np.ones(scores.size)
    assert censored_scale(scores, weights, 0.3, 0.4) == pytest.approx(0.025, rel=0.03)
    # People filed under two names: a few scores near one, which must not pull the scale.
    spoiled = np.append(scores, np.full(20, 0.95))
    assert censored_scale(spoiled, np.ones(spoiled.size), 0.3, 0.4) == pytest.approx(0.025, rel=0.03)
    with pytest.raises(ValueError, match="No score"):
        censored_scale(scores, weights, 0.99, 1.0)
