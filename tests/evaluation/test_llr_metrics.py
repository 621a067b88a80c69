"""Figures of likelihood ratios: as defined, as lir has them, and with intervals that hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.evaluation.llr_curves import ece, pav, tippett
from antigone.evaluation.llr_groups import by_cohort, by_stratum
from antigone.evaluation.llr_metrics import cllr, cllr_min, figures
from antigone.evaluation.pav import Order, isotonic
from tests.evaluation.scores import known_pairs, true_ratios

small = st.integers(-4, 4).map(float)


def test_cllr_by_hand() -> None:
    ratios, same = np.array([1.0, -1.0, 0.0]), np.array([True, False, False])
    mated, other = np.log2(1.1), (np.log2(1.1) + 1.0) / 2
    assert cllr(ratios, same) == pytest.approx((mated + other) / 2)


def test_no_evidence_costs_one_and_misleading_evidence_more() -> None:
    same = np.array([True, True, False, False])
    assert cllr(np.zeros(4), same) == pytest.approx(1.0)
    assert cllr(np.array([-2.0, -2.0, 2.0, 2.0]), same) > 6
    assert cllr(np.array([9.0, 9.0, -9.0, -9.0]), same) < 1e-8


def test_the_direction_of_cllr() -> None:
    pairs = known_pairs(40)
    ratios = true_ratios(pairs.scores)
    assert cllr(ratios, pairs.same) < 0.2 < 1 < cllr(-ratios, pairs.same)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(small, st.booleans()), min_size=2, max_size=60))
def test_cllr_and_its_minimum_are_those_of_lir(rows: list[tuple[float, bool]]) -> None:
    """Ties, perfect separation and complete confusion included."""
    metrics = pytest.importorskip("lir.metrics")
    models = pytest.importorskip("lir.data.models")
    ratios, same = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    if same.all() or not same.any():
        return
    theirs = models.LLRData(features=ratios, labels=same.astype(int))
    assert cllr(ratios, same) == pytest.approx(metrics.cllr(theirs), abs=1e-9)
    with np.errstate(divide="ignore"):
        assert cllr_min(ratios, same) == pytest.approx(metrics.cllr_min(theirs), abs=1e-9)


def test_on_many_comparisons_too_the_figures_are_those_of_lir() -> None:
    metrics = pytest.importorskip("lir.metrics")
    models = pytest.importorskip("lir.data.models")
    pairs = known_pairs(100, step=2.0)
    ratios = true_ratios(pairs.scores, 2.0)
    theirs = models.LLRData(features=ratios.copy(), labels=pairs.same.astype(int))
    ours = figures(pairs, ratios, rounds=2)
    assert ours.cllr.value == pytest.approx(metrics.cllr(theirs), abs=1e-12)
    assert ours.cllr_min.value == pytest.approx(metrics.cllr_min(theirs), abs=1e-9)
    assert ours.cllr_cal.value == pytest.approx(metrics.cllr_cal(theirs), abs=1e-9)


@settings(deadline=None)
@given(st.lists(st.tuples(small, st.floats(0.1, 5.0)), min_size=1, max_size=40))
def test_isotonic_rises_and_keeps_the_weighted_mean(rows: list[tuple[float, float]]) -> None:
    values, weights = (np.array(column) for column in zip(*rows, strict=True))
    fitted = isotonic(values, weights)
    assert (np.diff(fitted) >= 0).all()
    assert (fitted * weights).sum() == pytest.approx((values * weights).sum(), abs=1e-6)
    if (np.diff(values) > 0).all():
        assert fitted == pytest.approx(values)


@settings(deadline=None)
@given(st.lists(st.tuples(small, st.booleans(), st.integers(1, 4)), min_size=2, max_size=30))
def test_a_weight_is_a_repetition(rows: list[tuple[float, bool, int]]) -> None:
    ratios, same = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    if same.all() or not same.any():
        return
    times = np.array([row[2] for row in rows])
    repeated = np.repeat(ratios, times), np.repeat(same, times)
    assert cllr(ratios, same, times.astype(float)) == pytest.approx(cllr(*repeated))
    assert cllr_min(ratios, same, times.astype(float)) == pytest.approx(cllr_min(*repeated), abs=1e-12)


@settings(deadline=None)
@given(st.lists(st.tuples(small, st.booleans()), min_size=2, max_size=40))
def test_the_minimum_is_the_least_and_no_rising_function_changes_it(rows: list[tuple[float, bool]]) -> None:
    ratios, same = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    if same.all() or not same.any():
        return
    least = cllr_min(ratios, same)
    assert -1e-12 <= least <= min(cllr(ratios, same), 1.0) + 1e-12
    assert cllr_min(np.exp(ratios), same) == pytest.approx(least, abs=1e-12)
    assert (np.diff(Order(ratios, same).fit(np.ones(ratios.size)).log10) > 0).all()


def test_rates_of_misleading_evidence() -> None:
    pairs = known_pairs(4)
    ratios = np.where(pairs.same, 3.0, -3.0)
    ratios[np.flatnonzero(pairs.same)[0]] = -0.5
    ratios[np.flatnonzero(~pairs.same)[:2]] = (0.5, 2.5)
    found = figures(pairs, ratios, rounds=5)
    assert found.misleading_mated.value == pytest.approx(1 / 12)
    assert found.misleading_non_mated.value == pytest.approx(2 / 6)
    assert found.strongly_misleading_mated.value == 0
    assert found.strongly_misleading_non_mated.value == pytest.approx(1 / 6)


def test_intervals_hold_the_figure_and_repeat() -> None:
    pairs = known_pairs(60)
    ratios = true_ratios(pairs.scores)
    one, two = (figures(pairs, ratios, rounds=100, seed=3) for _ in range(2))
    assert one == two
    assert one.cllr.low < one.cllr.value < one.cllr.high
    assert one.as_json()["cllr"] == {"value": one.cllr.value, "low": one.cllr.low, "high": one.cllr.high}


def test_a_thinned_set_has_the_figures_of_the_whole() -> None:
    pairs = known_pairs(250)
    thin = pairs.thinned(top=1_000, body=4_000)
    whole = figures(pairs, true_ratios(pairs.scores), rounds=2)
    found = figures(thin, true_ratios(thin.scores), rounds=2)
    assert found.cllr.value == pytest.approx(whole.cllr.value, rel=1e-3)
    assert found.cllr_min.value == pytest.approx(whole.cllr_min.value, rel=1e-2)
    assert found.misleading_non_mated.value == pytest.approx(whole.misleading_non_mated.value, rel=1e-2)
    assert found.non_mated == whole.non_mated


def test_figures_need_both_kinds() -> None:
    pairs = known_pairs(5)
    with pytest.raises(ValueError, match="both kinds"):
        figures(pairs.select(pairs.same), np.ones(15), rounds=2)


def test_tippett_falls_from_all_to_some() -> None:
    pairs = known_pairs(40)
    curve = tippett(pairs, true_ratios(pairs.scores), points=50)
    assert curve.mated[0] == curve.non_mated[0] == pytest.approx(1.0)
    assert (np.diff(curve.mated) <= 0).all()
    assert (np.diff(curve.non_mated) <= 0).all()
    assert (curve.mated >= curve.non_mated - 1e-12).all()


def test_ece_at_even_odds_is_cllr_and_never_below_the_best() -> None:
    pairs = known_pairs(40, step=2.0)
    ratios = true_ratios(pairs.scores, 2.0)
    grid = np.array([-3.0, 0.0, 2.0])
    curve = ece(pairs, ratios, grid)
    assert curve.given[1] == pytest.approx(cllr(ratios, pairs.same))
    assert curve.best[1] == pytest.approx(cllr_min(ratios, pairs.same))
    assert curve.neutral[1] == pytest.approx(1.0)
    assert (curve.best <= curve.given + 1e-12).all()
    assert (curve.best <= curve.neutral + 1e-12).all()


def test_ece_is_that_of_lir() -> None:
    theirs = pytest.importorskip("lir.plotting.expected_calibration_error")
    pairs = known_pairs(30, step=2.0)
    ratios = true_ratios(pairs.scores, 2.0)
    grid = np.linspace(-2.0, 2.0, 9)
    priors = 1 / (1 + 10.0**-grid)
    assert ece(pairs, ratios, grid).given == pytest.approx(
        theirs.calculate_ece(10.0**ratios, pairs.same.astype(int), priors), abs=1e-9
    )


def test_pav_leaves_calibrated_ratios_near_where_they_were() -> None:
    pairs = known_pairs(200, step=1.5)
    blocks = pav(pairs, true_ratios(pairs.scores, 1.5))
    middle = np.isfinite(blocks.log10) & (blocks.mated > 0.02) & (blocks.non_mated > 0.02)
    assert middle.sum() > 3
    assert np.abs(blocks.log10 - (blocks.low + blocks.high) / 2)[middle].max() < 0.3


def test_cohorts_are_of_both_people_and_too_few_are_said() -> None:
    pairs = known_pairs(60)
    cohorts = {name: {"age": "old" if number < 10 else "young"} for number, name in enumerate(pairs.names)}
    old, young = by_cohort(pairs, true_ratios(pairs.scores), cohorts, rounds=5)
    assert (old.attribute, old.value, old.figures) == ("age", "old", None)
    assert old.why_none is not None
    assert "too few" in old.why_none
    assert young.figures is not None
    assert (young.figures.people, young.figures.mated, young.figures.non_mated) == (50, 150, 50 * 49 // 2)


def test_strata_are_of_the_labels() -> None:
    pairs = known_pairs(60)
    labelled = replace(pairs, strata=np.where(pairs.first % 2 == 0, "dim", "bright"))
    groups = by_stratum(labelled, true_ratios(pairs.scores), rounds=5)
    assert [group.value for group in groups] == ["bright", "dim"]
    assert all(group.figures is not None for group in groups)
    assert by_stratum(pairs, true_ratios(pairs.scores)) == []
