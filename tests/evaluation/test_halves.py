"""The halves of a data set: fixed by the name, and about even."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from antigone.evaluation.halves import half


def test_the_halves_never_move() -> None:
    assert [half(name) for name in ("Ada Lovelace", "Emmy Noether", "Lise Meitner", "Марія", "")] == [
        "calibration",
        "test",
        "calibration",
        "calibration",
        "test",
    ]


def test_the_halves_are_about_even() -> None:
    counts = Counter(half(f"Person_{number}") for number in range(2000))
    assert set(counts) == {"calibration", "test"}
    assert abs(counts["test"] - 1000) < 120


@given(st.text())
def test_every_name_has_one_half(name: str) -> None:
    assert half(name) == half(name)
    assert half(name) in ("calibration", "test")
