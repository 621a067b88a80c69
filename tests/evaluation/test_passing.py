"""The operating point does what it promises: on vectors whose tail is measured, one stranger in a hundred passes."""

from __future__ import annotations

import numpy as np
import pytest

from antigone.evaluation.non_mated import FIT_FROM, FIT_TO, entry, fit_tail, tail_intervals
from antigone.evaluation.passing import foreign_search, leave_own_out, mates_search, passing_share, strangers_search
from antigone.evidence.operating_point import comparison_rate, read_entry
from antigone.evidence.tails import Tail


@pytest.fixture(scope="module")
def crowd() -> tuple[np.ndarray, np.ndarray]:
    """1,200 people with one to three pictures, of directions drawn at random."""
    random = np.random.default_rng(3)
    people = np.repeat(np.arange(1200), random.integers(1, 4, 1200))
    own = random.normal(size=(1200, 64))[people] + 0.5 * random.normal(size=(people.size, 64))
    return (own / np.linalg.norm(own, axis=1, keepdims=True)).astype(np.float32), people


@pytest.fixture(scope="module")
def tail(crowd: tuple[np.ndarray, np.ndarray]) -> Tail:
    return fit_tail(*crowd)[0]


def test_the_tail_of_random_directions_is_the_known_one(tail: Tail) -> None:
    # A cosine of random directions in 64 dimensions is about normal with deviation 1/8: z(1e-3) = 3.09.
    assert tail.score_at(1e-3) == pytest.approx(3.09 / 8, abs=0.02)


@pytest.mark.parametrize(("portraits", "photos"), [(1, 1), (2, 1)])
def test_one_stranger_in_a_hundred_passes(
    crowd: tuple[np.ndarray, np.ndarray], tail: Tail, portraits: int, photos: int
) -> None:
    search = strangers_search(*crowd, 400, portraits=portraits, photos=photos)
    seen = passing_share(search, tail.score_at(comparison_rate(0.01, 400 * portraits)), draws=10, seed=1, rounds=50)
    assert 0.006 < seen.share < 0.013
    assert seen.interval.low <= seen.share <= seen.interval.high


def test_the_mean_of_two_photographs_lets_fewer_pass(crowd: tuple[np.ndarray, np.ndarray], tail: Tail) -> None:
    threshold = tail.score_at(comparison_rate(0.05, 300))
    one, two = (
        passing_share(strangers_search(*crowd, 300, photos=k), threshold, draws=10, seed=1, rounds=20) for k in (1, 2)
    )
    assert two.share <= one.share


def test_nobody_passing_still_has_an_upper_bound(crowd: tuple[np.ndarray, np.ndarray]) -> None:
    seen = passing_share(strangers_search(*crowd, 300), 2.0, draws=1, seed=1, rounds=20)
    assert (seen.share, seen.interval.low) == (0.0, 0.0)
    assert seen.interval.high == pytest.approx(3 / 900)


def test_own_pictures_are_left_out_and_foreign_ones_are_all_sought(crowd: tuple[np.ndarray, np.ndarray]) -> None:
    vectors, people = crowd
    random = np.random.default_rng(0)
    tops, persons = leave_own_out(vectors, people)(random)
    assert tops.size == people.size
    # A person's own other picture would score about 0.8; no stranger does.
    assert tops.max() < 0.75
    tops, persons = foreign_search(vectors, people, 100, vectors[:7], people[:7])(random)
    assert (tops.shape, persons.tolist()) == ((7,), people[:7].tolist())


def test_mates_score_higher_the_more_is_known_of_them(crowd: tuple[np.ndarray, np.ndarray]) -> None:
    random = np.random.default_rng(0)
    one, sought = mates_search(*crowd)(random)
    two, _ = mates_search(*crowd, portraits=2)(random)
    # The cosine within a person is about 1 / 1.25.
    assert one.mean() == pytest.approx(0.8, abs=0.02)
    assert two.mean() > one.mean()
    assert set(sought) == set(np.flatnonzero(np.bincount(crowd[1]) >= 2))


def test_intervals_hold_the_fit_and_the_entry_is_what_is_shipped(crowd: tuple[np.ndarray, np.ndarray]) -> None:
    tail, comparisons = fit_tail(*crowd)
    intervals = tail_intervals(comparisons, [1e-2, FIT_FROM, FIT_TO / 10], rounds=30, seed=1)
    for rate, interval in zip([1e-2, FIT_FROM, FIT_TO / 10], intervals, strict=True):
        assert interval.low - 0.02 <= tail.score_at(rate) <= interval.high + 0.02
    shipped = read_entry(entry(tail, comparisons, "model", "f" * 64, "random directions", "2026-01-01", "Nobody."))
    assert shipped.tail == tail
    assert "1,200 different people in random directions, measured 2026-01-01. Nobody." in shipped.source
