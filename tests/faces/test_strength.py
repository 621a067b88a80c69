"""Strength rises with the length of the raw template, within its scale; a model without a scale has none."""

from __future__ import annotations

from antigone.faces.strength import SCALES, strength


def test_the_scale_runs_from_nothing_to_a_hundred() -> None:
    low, high = SCALES["sface-2021dec"]
    assert [strength("sface-2021dec", at) for at in (0.0, low, (low + high) / 2, high, 99.0)] == [0, 0, 50, 100, 100]


def test_a_model_without_a_scale_has_no_strength() -> None:
    assert strength("edgeface-s", 9.0) is None
