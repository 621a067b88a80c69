"""The ratios: 1 on average over the missing, never stronger for a wider interval, symmetric where sides are alike."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence.secondary import age, marks, sex, stature
from antigone.evidence.secondary.figures import Ages, MarkFigure, Normal, SexError, Share

shares = st.floats(0.001, 0.999)
small = st.floats(0.001, 0.3)


def error(female: float, male: float) -> SexError:
    return SexError(Share(female, "test"), Share(male, "test"))


@given(shares, small, small, st.sampled_from(["female", "male"]))
def test_sex_averages_to_one_over_the_missing(q: float, of_women: float, of_men: float, determined: str) -> None:
    errors = error(of_women, of_men)
    mean = q * sex.ratio(determined, "female", q, errors) + (1 - q) * sex.ratio(determined, "male", q, errors)
    assert mean == pytest.approx(1)


@given(shares, small)
def test_sex_does_not_care_which_is_called_which(q: float, rate: float) -> None:
    errors = error(rate, rate)
    assert sex.ratio("female", "female", q, errors) == pytest.approx(sex.ratio("male", "male", 1 - q, errors))
    assert sex.ratio("female", "male", 0.5, errors) == pytest.approx(sex.ratio("male", "female", 0.5, errors))


@given(shares, small, small)
def test_a_worse_method_is_weaker_evidence_of_sex(q: float, one: float, two: float) -> None:
    better, worse = sorted((one, two))
    agree = [sex.ratio("female", "female", q, error(rate, rate)) for rate in (better, worse)]
    differ = [sex.ratio("female", "male", q, error(rate, rate)) for rate in (better, worse)]
    assert agree[0] >= agree[1] * (1 - 1e-12) >= 1 - 1e-9
    assert differ[0] <= differ[1] * (1 + 1e-12) <= 1 + 1e-9


def test_the_published_error_of_casework() -> None:
    # 5.3 % of 360: with as many women as men, agreement is worth 1.89.
    found = sex.ratio("male", "male", 0.5, sex.PUBLISHED_ERRORS["skeleton"])
    assert found == pytest.approx(2 * 341 / 360)


@given(shares, shares)
def test_age_averages_to_one_over_the_missing(coverage: float, share: float) -> None:
    mean = share * age.ratio(True, coverage, share) + (1 - share) * age.ratio(False, coverage, share)
    assert mean == pytest.approx(1)


@given(
    st.lists(st.integers(0, 100), min_size=1, max_size=60),
    st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted),
    st.integers(0, 30),
    st.integers(0, 30),
    shares,
)
def test_a_wider_interval_of_age_is_never_stronger(
    values: list[int], interval: list[int], below: int, above: int, coverage: float
) -> None:
    ages = Ages(tuple(values), "test")
    narrow = ages.share_within(*interval)
    wide = ages.share_within(interval[0] - below, interval[1] + above)
    assert wide >= narrow
    assert 1 <= age.ratio(True, coverage, wide) <= age.ratio(True, coverage, narrow)
    assert age.ratio(False, coverage, narrow) <= age.ratio(False, coverage, wide) <= 1


@given(shares, shares)
def test_a_surer_interval_of_age_is_never_weaker_within(share: float, coverage: float) -> None:
    assert age.ratio(True, min(coverage * 1.1, 0.999), share) >= age.ratio(True, coverage, share)


centimetres = st.floats(150, 200)
spreads = st.floats(0.5, 15)
population = Normal(172.0, 7.5, "test")


@given(centimetres, st.floats(0.5, 7), spreads)
def test_stature_averages_to_one_over_what_would_be_told(mean: float, sd: float, spread: float) -> None:
    wide = math.hypot(population.sd, spread)
    told = np.linspace(population.mean - 12 * wide, population.mean + 12 * wide, 40001)
    density = np.exp(-0.5 * ((told - population.mean) / wide) ** 2) / (wide * math.sqrt(2 * math.pi))
    ratios = np.array([10 ** stature.log10_ratio(each, spread, mean, sd, population) for each in told[::40]])
    assert np.trapezoid(ratios * density[::40], told[::40]) == pytest.approx(1, abs=1e-3)


@given(centimetres, centimetres, spreads, spreads)
def test_two_measurements_of_stature_change_places(one: float, two: float, first: float, second: float) -> None:
    there = stature.log10_ratio(two, second, *stature.living_given_length(one, first, population), population)
    back = stature.log10_ratio(one, first, *stature.living_given_length(two, second, population), population)
    assert there == pytest.approx(back, rel=1e-6, abs=1e-9)


@given(centimetres, spreads, spreads, spreads)
def test_a_wider_estimate_of_stature_never_agrees_more_strongly(
    cm: float, spread: float, one: float, two: float
) -> None:
    narrow, wide = sorted((one, two))
    ratios = [stature.log10_ratio(cm, spread, cm, sd, population) for sd in (narrow, wide)]
    assert ratios[0] >= ratios[1] - 1e-12


@given(centimetres, spreads, spreads, spreads)
def test_a_wider_measurement_never_reaches_further(cm: float, spread: float, one: float, two: float) -> None:
    narrow, wide = sorted((one, two))
    told = np.linspace(100, 250, 1501)
    best = [
        max(
            stature.log10_ratio(each, spread, *stature.living_given_length(cm, sd, population), population)
            for each in told
        )
        for sd in (narrow, wide)
    ]
    assert best[0] >= best[1] - 1e-3


@given(shares, shares)
def test_marks_average_to_one_over_the_missing(one: float, two: float) -> None:
    share, found = sorted((one, two))
    figure = MarkFigure(Share(share, "test"), Share(found, "test"))
    mean = share * marks.ratio(True, figure) + (1 - share) * marks.ratio(False, figure)
    assert mean == pytest.approx(1)
    assert marks.ratio(True, figure) >= 1 >= marks.ratio(False, figure)


@given(shares)
def test_a_mark_taken_as_always_found_averages_to_one_too(share: float) -> None:
    figure = MarkFigure(Share(share, "test"))
    assert share * marks.ratio(True, figure) == pytest.approx(1)
    assert marks.ratio(False, figure) == 0
