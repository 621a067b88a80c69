"""A calibration: direction, monotony, bounds, and what makes one refuse to exist."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence import calibration_file
from antigone.evidence.calibration import HeldOut, Method
from antigone.evidence.errors import CalibrationRefused
from antigone.evidence.ratio import Knots, Logistic
from antigone.evidence.spans import Span, Stratum
from tests.evidence.calibrations import a_calibration

scores = st.floats(-1, 1)


def test_a_mate_scores_above_one_and_a_stranger_below() -> None:
    """The direction, held for good: higher cosine, stronger support for one person."""
    for calibration in (a_calibration(), a_calibration(mapping=Knots((0.0, 0.3, 0.7), (-2.0, 0.0, 3.0)))):
        mate, stranger = calibration.likelihood_ratio(0.65), calibration.likelihood_ratio(0.05)
        assert mate.log10 > 0 > stranger.log10
        assert mate.ratio > 1 > stranger.ratio


def test_the_logistic_line_is_the_formula() -> None:
    ratio = a_calibration().likelihood_ratio(0.4)
    assert ratio.ratio == pytest.approx(np.exp(-8.0 + 25.0 * 0.4))
    assert ratio.at_bound is None


def test_ratios_stop_at_the_bounds_and_say_so() -> None:
    calibration = a_calibration()
    top, bottom = calibration.likelihood_ratio(0.99), calibration.likelihood_ratio(-0.9)
    assert (top.log10, top.at_bound) == (3.4, "high")
    assert (bottom.log10, bottom.at_bound) == (-2.2, "low")
    assert (top.low, top.high) == (-2.2, 3.4)


@given(scores, scores)
def test_more_alike_is_never_weaker_evidence(one: float, other: float) -> None:
    for calibration in (a_calibration(), a_calibration(mapping=Knots((0.0, 0.2, 0.5), (-1.5, -1.5, 3.2)))):
        low, high = sorted((one, other))
        assert calibration.likelihood_ratio(low).log10 <= calibration.likelihood_ratio(high).log10


@given(st.lists(scores, min_size=1, max_size=20))
def test_many_at_once_are_the_same_as_one_by_one(column: list[float]) -> None:
    calibration = a_calibration()
    assert calibration.log10_ratios(column).tolist() == [calibration.likelihood_ratio(each).log10 for each in column]


@pytest.mark.parametrize("score", [float("nan"), float("inf")])
def test_a_score_that_is_no_number_has_no_ratio(score: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        a_calibration().likelihood_ratio(score)


def test_worse_than_no_evidence_is_refused() -> None:
    with pytest.raises(CalibrationRefused, match="no evidence at all"):
        a_calibration(held_out=HeldOut(1.0, 0.4, 0.9, 1.2, 10, 10, 10))


def test_a_line_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(CalibrationRefused, match="higher score would mean weaker"):
        Logistic(1.0, -3.0)


@pytest.mark.parametrize(
    "table",
    [
        ((0.1,), (1.0,)),
        ((0.1, 0.1), (0.0, 1.0)),
        ((0.1, 0.2), (1.0, 0.0)),
        ((0.1, 0.2), (0.0, float("inf"))),
        ((0.1, 0.2), (0.0,)),
    ],
)
def test_a_table_out_of_order_is_refused(table: tuple[tuple[float, ...], tuple[float, ...]]) -> None:
    with pytest.raises(CalibrationRefused):
        Knots(*table)


@pytest.mark.parametrize(
    "changes",
    [
        {"data_name": ""},
        {"data_digest": "abc"},
        {"contract": "X" * 64},
        {"people": 0},
        {"low": 0.5},
        {"high": -0.5},
        {"high": float("inf")},
        {"high": 300.0},
        {"low": -300.0},
        {"gap_years": -1.0},
        {"date": "24.11.2026"},
        {"date": "2026-W48-2"},
        {"date": "20261124"},
        {"software": ()},
        {"software": (("lir", "1"), ("antigone", "2"))},
    ],
)
def test_a_calibration_without_an_identity_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(CalibrationRefused):
        a_calibration(**changes)


def test_the_digest_is_of_everything() -> None:
    own = a_calibration().digest
    others = [
        a_calibration(people=1401),
        a_calibration(stratum=Stratum("sharp", "Sharpness", 40.0, None)),
        a_calibration(mapping=Logistic(-8.0, 25.000001)),
        a_calibration(ages=Span(18, 80)),
        a_calibration(high=3.5),
    ]
    assert len({own, *(other.digest for other in others)}) == 6
    assert own == a_calibration().digest
    assert a_calibration().method is Method.LOGISTIC


def test_strata_hold_what_lies_in_them() -> None:
    stratum = Stratum("small eyes' distance", "InterEyeDistance", 20.0, 60.0)
    assert stratum.holds({"InterEyeDistance": 20.0})
    assert not stratum.holds({"InterEyeDistance": 60.0})
    assert not stratum.holds({"InterEyeDistance": None})
    assert not stratum.holds({})
    assert Stratum().holds({})


def test_spans() -> None:
    assert Span(18, None).holds(18)
    assert not Span(18, None).holds(17.9)
    assert Span(18, None).holds_all(Span(20, 30))
    assert not Span(18, 60).holds_all(Span(20, None))
    assert [str(Span()), str(Span(1, 1)), str(Span(1, 3)), str(Span(None, 5)), str(Span(2, None))] == [
        "any",
        "1",
        "1 to 3",
        "up to 5",
        "2 or more",
    ]
    with pytest.raises(CalibrationRefused):
        Span(3, 2)


def test_applying_needs_numpy_alone() -> None:
    """A mortuary has no lir, no scipy and no scikit-learn."""
    code = """
import sys
for name in ("lir", "scipy", "sklearn", "matplotlib", "pandas", "django"):
    sys.modules[name] = None
from antigone.evidence import Calibration, calibration_file
calibration = calibration_file.read(sys.stdin.read())
print(calibration.likelihood_ratio(0.6).log10)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code],
        input=calibration_file.write(a_calibration()),
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")},
    )
    assert float(ran.stdout) == a_calibration().likelihood_ratio(0.6).log10
