"""The plots of likelihood ratios: drawn as SVG, the same bytes twice, and a sentence without matplotlib."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from antigone.evaluation.errors import EvaluationError
from antigone.evaluation.llr_curves import ece, pav, tippett
from antigone.evaluation.llr_plots import ece_plot, pav_plot, reliability_plot, tippett_plot
from antigone.evaluation.posteriors import Class, Reliability
from tests.evaluation.scores import known_pairs, true_ratios

PAIRS = known_pairs(40, step=2.0)
RATIOS = true_ratios(PAIRS.scores, 2.0)
FOUND = Reliability(
    10_000, 600, (Class(40, 0.1, 0.12, 0.05, 0.2), Class(30, 0.9, 1.0, 0.93, 1.0)), Class(70, 0.4, 0.5, 0.4, 0.6)
)

PLOTS: list[tuple[Callable[..., None], Any, str]] = [
    (tippett_plot, tippett(PAIRS, RATIOS), "comparisons with at least that ratio"),
    (pav_plot, pav(PAIRS, RATIOS), "after PAV"),
    (ece_plot, ece(PAIRS, RATIOS), "empirical cross-entropy"),
    (reliability_plot, [FOUND], "prior 1 in 10,000"),
]


@pytest.mark.parametrize(("plot", "curves", "words"), PLOTS, ids=["tippett", "pav", "ece", "reliability"])
def test_plots_are_drawn_and_repeat(plot: Callable[..., None], curves: Any, words: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="SKIPPED, NOT CHECKED: matplotlib is not installed")
    plot(curves, tmp_path / "one.svg", "a title")
    plot(curves, tmp_path / "two.svg", "a title")
    text = (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert text == (tmp_path / "two.svg").read_text(encoding="utf-8")
    assert words in text
    assert "a title" in text


def test_without_matplotlib_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(EvaluationError, match=r"antigone\[validation\]"):
        tippett_plot(tippett(PAIRS, RATIOS), tmp_path / "one.svg", "a title")
    assert not list(tmp_path.iterdir())
