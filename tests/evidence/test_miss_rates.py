"""Miss rates: read as they were measured, never made up, and right for galleries of other sizes."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence import Stratum
from antigone.evidence.miss_rates import MeasuredStratum, MissRates, Share, measured

CLEAR = Stratum("clear", "TemplateStrength", 72.0, None)
POOR = Stratum("poor", "TemplateStrength", None, 72.0)
NOTHING = Share(0.0, 0.0, 0.0)


def stratum(ranks: list[int], enrolled: int, of: Stratum = CLEAR) -> MeasuredStratum:
    """One that saw mates at these ranks, stated for every rank."""
    shares = [sum(each > rank for each in ranks) / len(ranks) for rank in range(1, enrolled)]
    beyond = tuple((rank, Share(share, share, share)) for rank, share in enumerate(shares, start=1))
    below = ((0.2, Share(0.1, 0.05, 0.2)), (0.4, Share(0.5, 0.4, 0.6)))
    return MeasuredStratum(of, len(ranks), len(ranks), 0, enrolled, below, beyond)


def test_the_rate_at_a_threshold_is_that_of_the_score_stated_next_above_and_none_beyond() -> None:
    known = stratum([1], 10)
    assert known.missed_below(0.1) == Share(0.1, 0.05, 0.2)
    assert known.missed_below(0.2) == Share(0.1, 0.05, 0.2)
    assert known.missed_below(0.21) == Share(0.5, 0.4, 0.6)
    assert known.missed_below(0.41) is None


@given(st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_in_the_gallery_it_was_measured_in_the_curve_is_the_measured_one(ranks: list[int]) -> None:
    known = stratum(ranks, 40)
    for rank, share in known.missed_beyond(40, 40):
        assert abs(share.value - sum(each > rank for each in ranks) / len(ranks)) < 1e-9


def test_in_a_smaller_gallery_it_is_what_drawing_one_shows() -> None:
    known, random = stratum([1, 30, 200], 400), np.random.default_rng(7)
    seen = []
    for before in (0, 29, 199):
        drawn = [int((random.permutation(399)[:79] < before).sum()) for _ in range(3000)]
        seen.append([np.mean([each >= rank for each in drawn]) for rank in range(1, 31)])
    expected = np.mean(seen, axis=0)
    curve = [share.value for _, share in known.missed_beyond(80, 30)]
    assert np.abs(np.array(curve) - expected).max() < 0.02


@given(st.lists(st.integers(1, 60), min_size=1, max_size=10), st.integers(1, 200), st.integers(1, 50))
def test_a_longer_list_never_misses_more_and_a_share_is_a_share(ranks: list[int], searched: int, most: int) -> None:
    curve = stratum(ranks, 60).missed_beyond(searched, most)
    values = [share.value for _, share in curve]
    assert all(0.0 <= value <= 1.0 for value in values)
    assert all(after <= before + 1e-9 for before, after in itertools.pairwise(values))
    assert [rank for rank, _ in curve] == sorted({rank for rank, _ in curve})


def test_of_a_list_shorter_than_its_share_of_a_larger_gallery_nothing_is_known() -> None:
    known = stratum([1, 2, 3], 100)
    ranks = [rank for rank, _ in known.missed_beyond(1_000, 30)]
    assert ranks[0] == 10
    assert known.missed_beyond(1_000_000, 50) == ()
    assert known.missed_beyond(0, 50) == ()


def test_several_photographs_go_by_the_weakest_and_an_unmeasured_one_says_nothing() -> None:
    rates = MissRates("c", "p", "data", "2026-01-01", 10, "caution", (stratum([1], 10), stratum([5], 10, POOR)))
    assert rates.weakest([{"TemplateStrength": 90}, {"TemplateStrength": 30}]) is rates.strata[1]
    assert rates.weakest([{"TemplateStrength": 90}]) is rates.strata[0]
    assert rates.weakest([{"TemplateStrength": 90}, {}]) is None
    assert rates.weakest([]) is None


def test_none_is_known_of_a_contract_that_was_not_measured() -> None:
    assert measured("0" * 64) is None
