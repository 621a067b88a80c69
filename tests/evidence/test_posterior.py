"""The posterior over a list: everybody once, summing to one, never without its prior."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence.posterior import Prior, Unlisted, posterior
from antigone.evidence.ratio import LikelihoodRatio


def ratio(log10: float) -> LikelihoodRatio:
    return LikelihoodRatio(log10, -9.0, 9.0)


def test_a_ratio_of_a_thousand_among_ten_thousand_leaves_nine_per_cent() -> None:
    found = posterior(Prior("the missing of one region", 10_000, 4_000), [ratio(3.0)])
    assert found.odds(0) == pytest.approx(1_000 / 9_999)
    assert found.shares[0] == pytest.approx(1_000 / 10_999)
    assert found.sentence(0) == (
        "Posterior 9.1 % with a prior of 1 in 10,000 for each of 10,000 missing (the missing of one region), 4,000 of "
        "them without a portrait; none of these 90.9 %."
    )


def test_without_evidence_the_posterior_is_the_prior() -> None:
    prior = Prior("a ward", 20, 5, unreported=0.2)
    found = posterior(prior, [ratio(0.0), None])
    assert found.shares == pytest.approx((0.04, 0.04))
    assert found.none_of_these == pytest.approx(0.92)


def test_people_without_a_portrait_keep_their_share() -> None:
    """Ten thousand without a portrait: a list, however good, cannot speak for them."""
    few = posterior(Prior("a region", 100, 0), [ratio(2.0)], unlisted=Unlisted(99, 1.0))
    many = posterior(Prior("a region", 10_100, 10_000), [ratio(2.0)], unlisted=Unlisted(99, 1.0))
    assert few.shares[0] == pytest.approx(100 / 101)
    assert many.shares[0] == pytest.approx(100 / 10_101)


def test_what_is_known_of_the_unlisted_counts() -> None:
    prior = Prior("a region", 1_000, 0)
    assert posterior(prior, [ratio(3.0)]).shares[0] == pytest.approx(1_000 / 1_999)
    assert posterior(prior, [ratio(3.0)], unlisted=Unlisted(999, 10.0)).shares[0] == pytest.approx(1_000 / 1_010)


@given(
    st.lists(st.one_of(st.none(), st.floats(-9, 9)), max_size=20),
    st.integers(20, 10**7),
    st.integers(0, 10**6),
    st.floats(0, 0.99),
)
def test_everybody_counts_once(leads: list[float | None], searched: int, without: int, unreported: float) -> None:
    ratios = [None if lead is None else ratio(lead) for lead in leads]
    found = posterior(Prior("a region", searched + without, without, unreported), ratios)
    assert math.fsum([*found.shares, found.none_of_these]) == pytest.approx(1.0)
    assert all(0 <= share <= 1 for share in (*found.shares, found.none_of_these))
    for one, share in zip(ratios, found.shares, strict=True):
        for other, theirs in zip(ratios, found.shares, strict=True):
            if (one.log10 if one else 0.0) > (other.log10 if other else 0.0):
                assert share >= theirs


@given(st.floats(-3, 6), st.integers(1, 10**6), st.integers(0, 10**6))
def test_more_missing_never_raise_a_lead(log10: float, missing: int, more: int) -> None:
    lead = [ratio(log10)]
    fewer = posterior(Prior("a region", missing, 0), lead).shares[0]
    assert posterior(Prior("a region", missing + more, more), lead).shares[0] <= fewer + 1e-12


def test_numbers_that_cannot_be_are_refused() -> None:
    for fields in (("", 1, 0, 0.0), ("a", 0, 0, 0.0), ("a", 2, 3, 0.0), ("a", 2, -1, 0.0), ("a", 2, 0, 1.0)):
        with pytest.raises(ValueError, match="prior"):
            Prior(*fields)
    with pytest.raises(ValueError, match="More people were searched"):
        posterior(Prior("a", 3, 2), [ratio(1.0), ratio(1.0)])
    with pytest.raises(ValueError, match="a sum from 0"):
        posterior(Prior("a", 9, 2), [ratio(1.0)], unlisted=Unlisted(2, -1.0))


def test_the_prior_is_in_the_json_beside_the_posterior() -> None:
    given_out = posterior(Prior("a region", 100, 40, 0.1), [ratio(1.0)]).as_json()
    assert given_out["prior"]["missing"] == 100
    assert "1 in 111" in given_out["prior"]["text"]
    assert "nobody reported" in given_out["prior"]["text"]


def test_none_of_these_says_of_whom_it_is_made() -> None:
    found = posterior(Prior("a region", 1_000, 400, unreported=0.25), [ratio(2.0), None])
    rest = found.rest
    assert rest.with_portrait + rest.without_portrait + rest.unreported == pytest.approx(found.none_of_these)
    assert rest.with_portrait / rest.without_portrait == pytest.approx(598 / 400)
    assert rest.unreported / rest.without_portrait == pytest.approx(0.25 / (0.75 * 0.4))
