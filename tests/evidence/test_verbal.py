"""What is said of a ratio: of the findings, locked unless own closed cases unlock it, and capped."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence.calibration import Calibration, SourceKind
from antigone.evidence.ratio import LikelihoodRatio, Logistic
from antigone.evidence.verbal import FACE_ALONE, LEVELS, Statement, level_of, statement
from tests.evidence.calibrations import a_calibration

RANK = {level.code: place for place, level in enumerate(LEVELS)}


def own(low: float = -6.0, high: float = 8.0) -> Calibration:
    return a_calibration(source=SourceKind.OWN_CASES, low=low, high=high, mapping=Logistic(-50.0, 100.0))


def say(log10: float, calibration: Calibration) -> Statement:
    at = "high" if log10 >= calibration.high else "low" if log10 <= calibration.low else None
    clipped = min(max(log10, calibration.low), calibration.high)
    return statement(LikelihoodRatio(clipped, calibration.low, calibration.high, at), calibration)


@pytest.mark.parametrize("source", [SourceKind.LIVING, SourceKind.STAND_IN])
def test_faces_of_the_living_give_no_words(source: SourceKind) -> None:
    said = say(3.0, a_calibration(source=source, low=-3.0, high=4.0))
    assert (said.level, said.words, said.capped) == (None, None, None)
    assert said.why_no_level is not None
    assert "closed by DNA, prints or dental" in said.why_no_level
    assert "1,000 times more probable if the photographs are of one person" in said.text
    assert "not for the dead" in said.text
    assert "support" not in said.text


@pytest.mark.parametrize(
    ("log10", "level", "words"),
    [
        (0.0, "0", "no support either way"),
        (0.2, "0", "no support either way"),
        (-0.2, "0", "no support either way"),
        (0.5, "+1a", "weak support"),
        (1.0, "+1b", "moderate support"),
        (2.0, "+2a", "moderately strong support"),
        (3.2, "+2b", "strong support"),
        (-0.5, "-1a", "weak support"),
        (-2.5, "-2a", "moderately strong support"),
    ],
)
def test_own_cases_give_the_scale(log10: float, level: str, words: str) -> None:
    said = say(log10, own())
    assert (said.level, said.words, said.why_no_level, said.capped) == (level, words, None, None)


def test_a_face_alone_is_capped() -> None:
    for log10, level in ((7.0, "+2b"), (4.5, "+2b"), (-5.0, "-2b")):
        said = say(log10, own())
        assert said.level == level
        assert said.capped is not None
        assert "a face alone" in said.capped
        assert "at least 10,000 times" in said.text
        assert "strong support" in said.text
        assert "very strong" not in said.text


def test_no_level_goes_beyond_what_the_data_support() -> None:
    said = say(3.9, own(high=1.5))
    assert said.level == "+1b"
    assert "at least 31 times (the most that the data support)" in said.text


@given(st.floats(-9, 9), st.floats(-7, 0), st.floats(0, 7))
def test_words_never_exceed_the_bound_or_the_cap(log10: float, low: float, high: float) -> None:
    said = say(log10, own(low, high))
    assert said.level is not None
    rank = RANK[said.level.lstrip("+-")]
    assert rank <= RANK[FACE_ALONE.code]
    assert rank <= RANK[level_of(high if log10 > 0 else -low).code]


@given(st.floats(-9, 9), st.sampled_from(SourceKind))
def test_nothing_is_said_of_identity(log10: float, source: SourceKind) -> None:
    """The transposed conditional: "probably him". Findings are more probable; a person never is."""
    calibration = a_calibration(source=source, low=-4.0, high=6.0)
    text = say(log10, calibration).text
    assert text.startswith("The score is ")
    for never in ("probability that", "identif", "is him", "is the same", "match", "chance", "likely"):
        assert never not in text


def test_the_direction_of_the_words() -> None:
    alike, unlike = say(2.5, own()), say(-2.5, own())
    assert "support for the proposition that the photographs are of one person, over" in alike.text
    assert "support for the proposition that they are of two unrelated people" in unlike.text


def test_a_ratio_of_another_calibration_is_refused() -> None:
    with pytest.raises(ValueError, match="not given by this calibration"):
        statement(LikelihoodRatio(1.0, -1.0, 2.0), own())


def test_the_scale_has_no_gap() -> None:
    assert LEVELS[0].least == 0
    for lower, upper in itertools.pairwise(LEVELS):
        assert lower.below == upper.least
