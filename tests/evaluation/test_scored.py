"""Scored comparisons: divided by people, drawn by people, thinned without bias."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from antigone.evaluation.halves import half
from antigone.evaluation.scored import ScoredPairs, joined
from tests.evaluation.scores import known_pairs


def test_halves_share_nobody_and_no_comparison_across() -> None:
    pairs = known_pairs(60)
    parts = [pairs.half("calibration"), pairs.half("test")]
    for part, which in zip(parts, ("calibration", "test"), strict=True):
        assert part.scores.size > 0
        assert {half(part.names[person]) for person in (*part.first, *part.second)} == {which}
    assert sum(part.mated for part in parts) == pairs.mated
    assert sum(part.non_mated for part in parts) < pairs.non_mated


def test_a_comparison_weighs_the_product_of_its_peoples_draws() -> None:
    pairs = known_pairs(5)
    times = np.array([0.0, 1.0, 2.0, 3.0, 1.0])
    weights = pairs.drawn(times)
    for weight, same, first, second in zip(weights, pairs.same, pairs.first, pairs.second, strict=True):
        assert weight == (times[first] if same else times[first] * times[second])


def test_thinning_keeps_mates_and_the_highest_and_the_distribution() -> None:
    pairs = known_pairs(200, seed=3)
    thin = pairs.thinned(top=500, body=2_000)
    assert thin.scores.size == pairs.mated + 2_500
    assert (thin.mated, thin.non_mated) == (pairs.mated, pairs.non_mated)
    highest = np.sort(pairs.scores[~pairs.same])[-500:]
    assert np.sort(thin.scores[~thin.same])[-500:] == pytest.approx(highest)
    for cut in (-1.0, 0.0, 1.0, 2.0, 3.0):
        exact = (pairs.scores[~pairs.same] >= cut).mean()
        kept = thin.weight[~thin.same][thin.scores[~thin.same] >= cut].sum() / thin.non_mated
        assert kept == pytest.approx(exact, abs=1e-3)


def test_thinning_twice_leaves_even_weights() -> None:
    once = known_pairs(200, seed=3).thinned(top=500, body=6_000)
    twice = once.thinned(top=500, body=2_000)
    assert twice.non_mated == once.non_mated
    low = twice.weight[~twice.same][np.argsort(twice.scores[~twice.same])[:2_000]]
    assert low.min() == pytest.approx(low.max())


def test_an_unweighted_draw_has_the_distribution_of_the_weighted() -> None:
    pairs = known_pairs(200, seed=4)
    even = pairs.thinned(top=2_000, body=5_000).unweighted()
    assert even.weights is None
    assert even.mated == pairs.mated
    for cut in (-1.0, 0.0, 1.0, 2.0):
        exact = (pairs.scores[~pairs.same] >= cut).mean()
        assert (even.scores[~even.same] >= cut).mean() == pytest.approx(exact, abs=0.02)


def test_small_sets_are_kept_whole() -> None:
    pairs = known_pairs(20)
    assert pairs.thinned() is pairs
    assert pairs.unweighted() is pairs


def test_joined_needs_the_same_people() -> None:
    one, other = known_pairs(20), known_pairs(20, seed=2)
    both = joined([one, other])
    assert (both.mated, both.non_mated) == (2 * one.mated, 2 * one.non_mated)
    with pytest.raises(ValueError, match="number the same people"):
        joined([one, known_pairs(20, prefix="somebody else")])


def test_what_does_not_fit_is_refused() -> None:
    pairs = known_pairs(5)
    wrong: list[dict[str, object]] = [
        {"same": ~pairs.same},
        {"scores": pairs.scores[1:]},
        {"scores": np.full(pairs.scores.size, np.nan)},
        {"weights": np.full(pairs.scores.size, -1.0)},
        {"names": ("one",)},
        {"strata": np.array(["a"])},
    ]
    for changes in wrong:
        with pytest.raises(ValueError, match=r"comparison|score|weight"):
            replace(pairs, **changes)
    assert isinstance(pairs, ScoredPairs)
