"""Posteriors of top leads: true ratios are believed, exaggerated ones are found out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from antigone.evaluation.person_pairs import draw_sides
from antigone.evaluation.posteriors import Searches, reliability, search_all
from antigone.evidence.ratio import Logistic
from antigone.evidence.spans import Span
from tests.evaluation.scores import STEP, true_ratios
from tests.evidence.calibrations import a_calibration


def searches(people: int = 600, exaggerate: float = 1.0) -> Searches:
    """A body of each of `people`, scored against all of them with scores whose ratios are known."""
    random = np.random.default_rng(5)
    scores = random.normal(size=(people, people)) + STEP * np.eye(people)
    ratios = exaggerate * true_ratios(scores)
    at = np.arange(people)
    mate, mate_score = ratios[at, at], scores[at, at]
    sums = (10.0**ratios).sum(axis=1) - 10.0**mate
    scores[at, at] = -np.inf
    best = scores.argmax(axis=1)
    first = (mate_score >= scores[at, best]).astype(float)
    return Searches(mate, ratios[at, best], sums, first, at, people)


def test_true_ratios_give_posteriors_that_hold() -> None:
    found = reliability(searches(), 1_000, rounds=200)
    assert len(found.classes) > 3
    assert sum(each.agrees for each in found.classes) >= len(found.classes) - 1
    assert found.overall.said == pytest.approx(found.overall.true, abs=0.04)


def test_exaggerated_ratios_are_found_out() -> None:
    found = reliability(searches(exaggerate=2.0), 1_000, rounds=200)
    assert not all(each.agrees for each in found.classes)
    assert found.overall.said > found.overall.true + 0.1
    assert not found.overall.agrees


def test_not_knowing_the_rest_errs_to_less() -> None:
    known, unknown = (reliability(searches(), 1_000, known=flag, rounds=20).overall for flag in (True, False))
    assert unknown.said <= known.said + 0.01
    assert unknown.true == known.true


def test_without_a_portrait_nobody_can_be_right() -> None:
    """A hundred times as many missing as enrolled: the top lead is mostly a stranger, and is said to be."""
    found = reliability(searches(), 60_000, rounds=20)
    assert found.overall.true < 0.011
    assert found.overall.said < 0.02


def test_a_class_that_was_always_right_has_an_interval_all_the_same() -> None:
    sure = searches(exaggerate=1.0)
    sure = replace(sure, mate=np.full(600, 9.0), mate_first=np.ones(600))
    top = reliability(sure, 600, rounds=20).classes[-1]
    assert top.true == 1.0
    assert 0.98 < top.low < 1.0
    assert top.agrees


def test_fewer_missing_than_enrolled_cannot_be() -> None:
    with pytest.raises(ValueError, match="fewer missing"):
        reliability(searches(50), 49)


def test_search_all_is_the_search_of_every_body() -> None:
    random = np.random.default_rng(2)
    people = np.repeat(np.arange(30), 2)
    rows = random.normal(size=(30, 16))[people] + 0.5 * random.normal(size=(60, 16))
    vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    sides = draw_sides(people, 1, 1, seed=1)
    calibration = a_calibration(mapping=Logistic(-4.0, 10.0), photos=Span(1, 1))
    found = search_all(vectors, sides, calibration)
    scores = vectors[sides.photos[:, 0]] @ vectors[sides.portraits[:, 0]].T
    assert found.enrolled == 30
    for body in range(30):
        own = scores[body, body]
        others = np.delete(scores[body], body)
        assert found.mate[body] == pytest.approx(calibration.likelihood_ratio(float(own)).log10, abs=1e-5)
        assert found.other[body] == pytest.approx(calibration.likelihood_ratio(float(others.max())).log10, abs=1e-5)
        assert found.mate_first[body] == float(own >= others.max())
        assert found.others[body] == pytest.approx((10 ** calibration.log10_ratios(others)).sum(), rel=1e-4)
