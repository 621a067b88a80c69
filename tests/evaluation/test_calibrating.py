"""Fitting: near the truth where the truth is known, bounded as lir bounds, refused where it would mislead."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antigone.evaluation import lir_fits
from antigone.evaluation.calibrating import Fitted, Identity, by_strata, cross_validated, fit
from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.llr_metrics import cllr
from antigone.evaluation.scored import ScoredPairs, joined
from antigone.evidence import calibration_file
from antigone.evidence.calibration import Method, SourceKind
from antigone.evidence.spans import Span, Stratum
from tests.evaluation.scores import known_pairs, true_ratios

pytest.importorskip("lir", reason="SKIPPED, NOT CHECKED: lir is not installed")

IDENTITY = Identity(
    data_name="normal scores",
    data_digest="1" * 64,
    source=SourceKind.LIVING,
    contract="2" * 64,
    model="sface-2021dec",
    pipeline="plain",
    stratum=Stratum(),
    photos=Span(1, 1),
    portraits=Span(1, 1),
    ages=Span(18, None),
    gap_years=5.0,
)


def fitted(method: Method | None = None, **changes: Any) -> Fitted:
    return fit(
        known_pairs(150, seed=1, prefix="fitted"),
        known_pairs(150, seed=2, prefix="held"),
        replace(IDENTITY, **changes),
        method=method,
        rounds=20,
    )


@pytest.mark.parametrize("method", list(Method))
def test_the_fit_finds_the_ratios_that_are_true(method: Method) -> None:
    """Mates four widths above strangers: ln LR = 4 s - 8 exactly, which the line can be and the table can follow."""
    calibration = fitted(method).calibration
    assert calibration.method is method
    scores = np.linspace(0.8, 3.2, 25)
    allowed = 0.25 if method is Method.LOGISTIC else 0.5
    assert np.abs(calibration.log10_ratios(scores) - true_ratios(scores)).max() < allowed


def test_a_mate_is_above_one_and_a_stranger_below() -> None:
    for method in Method:
        calibration = fitted(method).calibration
        assert calibration.likelihood_ratio(4.0).log10 > 1
        assert calibration.likelihood_ratio(0.0).log10 < -1


def test_the_figures_are_those_of_people_never_seen() -> None:
    found = fitted()
    held = known_pairs(150, seed=2, prefix="held")
    own = found.calibration
    assert own.held_out.cllr == pytest.approx(cllr(own.log10_ratios(held.scores), held.same))
    assert (own.held_out.people, own.held_out.mated, own.held_out.non_mated) == (150, 450, 150 * 149 // 2)
    assert own.held_out.cllr_min <= own.held_out.cllr
    assert set(found.compared) == {"logistic", "kde"}
    assert own.method == min(found.compared, key=lambda name: found.compared[name])
    assert dict(own.software)["lir"]


def test_two_runs_give_one_digest_and_the_file_holds_it() -> None:
    one, two = fitted().calibration, fitted().calibration
    assert one.digest == two.digest
    assert calibration_file.read(calibration_file.write(one)) == one


def test_the_prior_of_the_data_does_not_move_the_line() -> None:
    """Ten times as many mated comparisons of the same kind are the same evidence."""
    pairs = known_pairs(100)
    more = joined([pairs, *(pairs.select(pairs.same) for _ in range(9))])
    once, often = (lir_fits.logistic(each.scores, each.same) for each in (pairs, more))
    assert often.intercept == pytest.approx(once.intercept, abs=1e-3)
    assert often.slope == pytest.approx(once.slope, abs=1e-3)


def test_the_bounds_are_those_of_lir() -> None:
    pairs = known_pairs(100)
    for step in (0.5, 2.0, 4.0):
        ratios = true_ratios(pairs.scores, step)
        assert lir_fits.weighted_elub(ratios, pairs.same, np.ones(ratios.size)) == pytest.approx(
            lir_fits.elub(ratios, pairs.same), abs=1e-6
        )


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(-64, 64), st.booleans()), min_size=2, max_size=50))
def test_the_bounds_are_those_of_lir_whatever_the_ratios(rows: list[tuple[int, bool]]) -> None:
    # Between thresholds, of which there is one each 0.01: on one, lir compares powers of ten and rounding decides.
    ratios, same = np.array([row[0] / 8 + 0.003 for row in rows]), np.array([row[1] for row in rows])
    if same.all() or not same.any():
        return
    ours = lir_fits.weighted_elub(ratios, same, np.ones(ratios.size))
    assert ours == pytest.approx(lir_fits.elub(ratios, same), abs=0.0051)
    assert ours[0] <= 0 <= ours[1]


def test_more_strangers_without_error_carry_a_higher_bound() -> None:
    same = np.repeat([True, False], [100, 1_000])
    ratios = np.where(same, 6.0, -3.0)
    low, high = lir_fits.elub(ratios, same)
    assert 2.5 < high < np.log10(1_001)
    assert -np.log10(101) < low < -1.5
    weights = np.where(same, 1.0, 100.0)
    assert lir_fits.elub(ratios, same, weights)[1] == pytest.approx(high + 2.0, abs=0.1)


def test_scores_the_wrong_way_round_are_refused() -> None:
    pairs, held = known_pairs(60, step=-4.0), known_pairs(60, seed=2, step=-4.0, prefix="held")
    with pytest.raises(EvaluationError, match="wrong way round"):
        fit(pairs, held, IDENTITY, method=Method.LOGISTIC, rounds=2)


def test_worse_than_no_evidence_on_others_is_refused() -> None:
    with pytest.raises(EvaluationError, match="worth less than no evidence at all"):
        fit(known_pairs(60), known_pairs(60, step=-4.0, prefix="held"), IDENTITY, rounds=2)


def test_too_few_people_are_refused() -> None:
    for some, others in ((12, 60), (60, 12)):
        with pytest.raises(EvaluationError, match="too few people"):
            fit(known_pairs(some), known_pairs(others, prefix="held"), IDENTITY)


def test_people_on_both_sides_are_refused() -> None:
    with pytest.raises(EvaluationError, match="among those"):
        fit(known_pairs(60), known_pairs(60, seed=2), IDENTITY)


def test_without_lir_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lir.algorithms.kde", None)
    with pytest.raises(EvaluationError, match=r"antigone\[validation\]"):
        fitted()


def test_cross_validation_sees_a_method_that_learns_by_heart() -> None:
    value = cross_validated(known_pairs(100, step=2.0), Method.LOGISTIC)
    truth = known_pairs(100, step=2.0)
    assert value == pytest.approx(cllr(true_ratios(truth.scores, 2.0), truth.same), abs=0.05)


def test_strata_have_calibrations_of_their_own_or_a_sentence() -> None:
    def labelled(pairs: ScoredPairs) -> ScoredPairs:
        return replace(pairs, strata=np.where(pairs.first < 10, "dim", "bright"))

    strata = [Stratum("bright", "Brightness", 30.0, None), Stratum("dim", "Brightness", None, 30.0)]
    done, refused = by_strata(
        labelled(known_pairs(80)), labelled(known_pairs(80, seed=2, prefix="held")), IDENTITY, strata
    )
    assert [each.calibration.stratum for each in done] == [strata[0]]
    assert len(refused) == 1
    assert refused[0].startswith("Stratum dim: There are too few people")


def test_what_bears_words_is_bounded_by_bodies_and_not_by_the_size_of_the_gallery() -> None:
    def bodies(gallery: int, prefix: str) -> ScoredPairs:
        random = np.random.default_rng(len(prefix))
        first, second = np.repeat(np.arange(20), gallery), np.tile(np.arange(gallery), 20)
        scores = random.normal(size=first.size) + 6.0 * (first == second)
        return ScoredPairs(scores, first == second, first, second, tuple(f"{prefix} {at}" for at in range(gallery)))

    def bounds(gallery: int, source: SourceKind) -> tuple[float, float]:
        named = replace(IDENTITY, source=source)
        made = fit(bodies(gallery, "fitted"), bodies(gallery, "held"), named, method=Method.LOGISTIC, rounds=5)
        return made.calibration.low, made.calibration.high

    assert bounds(400, SourceKind.LIVING)[1] > bounds(40, SourceKind.LIVING)[1] > 2
    for gallery in (40, 400):
        low, high = bounds(gallery, SourceKind.OWN_CASES)
        assert -low <= np.log10(21) >= high > 1
