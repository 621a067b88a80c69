"""The printed scale: its order, its words, what it may say without validation, and what two blind people come to."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from antigone.casework.judging import components, scale
from antigone.casework.judging.components import COMPONENTS, Explanation, Finding
from antigone.casework.judging.scale import CODES, CONCLUSIONS, EXCLUSION, NOT_SUITABLE, Direction, Outcome
from antigone.evidence import SourceKind
from tests.evidence.calibrations import a_calibration

CONCLUDED = st.sampled_from(CONCLUSIONS)


def test_the_scale_runs_from_minus_four_to_four_with_halves() -> None:
    assert CODES == ("-4", "-3", "-2b", "-2a", "-1b", "-1a", "0", "+1a", "+1b", "+2a", "+2b", "+3", "+4")
    assert [scale.steps(code) for code in CODES] == list(range(-6, 7))
    assert scale.steps(EXCLUSION) < min(map(scale.steps, CODES))
    assert scale.direction(NOT_SUITABLE) is Direction.NEITHER


@given(CONCLUDED)
def test_words_are_about_the_findings_and_never_about_who_somebody_is(code: str) -> None:
    with translation.override("en"):
        said = scale.words(code)
    assert not [each for each in (" is him", " is her", "identi", "same person", "match") if each in said]
    assert ("findings" in said) == (code in CODES)
    if code in CODES and code != "0":
        assert said.count("proposition") == 2
    with pytest.raises(ValueError, match="x"):
        scale.words("x" + code)


def test_without_own_cases_a_direction_is_all_that_may_be_said() -> None:
    for calibrations in ([], [a_calibration(source=SourceKind.LIVING)], [a_calibration(source=SourceKind.STAND_IN)]):
        found = scale.cap(calibrations)
        assert (found.lowest, found.highest) == ("-1a", "+1a")
        assert [code for code in CONCLUSIONS if found.allows(code)] == ["-1a", "0", "+1a", NOT_SUITABLE, EXCLUSION]


@given(st.floats(-9, 0), st.floats(0, 9))
def test_a_face_alone_never_goes_beyond_what_supports_it(low: float, high: float) -> None:
    own = replace(a_calibration(), source=SourceKind.OWN_CASES, low=low, high=high)
    found = scale.cap([own])
    assert -4 <= scale.steps(found.lowest) <= 0 <= scale.steps(found.highest) <= 4
    narrower = scale.cap([own, replace(own, low=low / 2, high=high / 2)])
    assert scale.steps(narrower.highest) <= scale.steps(found.highest)
    assert scale.steps(narrower.lowest) >= scale.steps(found.lowest)
    assert not found.allows("+3")
    assert not found.allows("-3")


@given(CONCLUDED, CONCLUDED)
def test_a_conflict_does_not_depend_on_who_was_first(one: str, other: str) -> None:
    assert scale.conflict(one, other) == scale.conflict(other, one)
    assert scale.together([one, other]) == scale.together([other, one])
    assert (scale.together([one, other]) is None) == scale.conflict(one, other)
    assert not scale.conflict(one, one)
    if scale.direction(one) is not Direction.NEITHER and scale.direction(other) is not Direction.NEITHER:
        assert scale.conflict(one, other) >= (scale.direction(one) is not scale.direction(other))
    assert scale.together([one]) is None
    assert scale.together([]) is None


def test_what_calls_a_third() -> None:
    for pair in (("+1a", "-1a"), ("+2b", "0"), (EXCLUSION, "+1a"), (EXCLUSION, "0"), (EXCLUSION, NOT_SUITABLE),
                 (NOT_SUITABLE, "-2a"), ("+4", "+1b")):  # fmt: skip
        assert scale.conflict(*pair), pair
    for pair in (("+1a", "0"), ("+1a", NOT_SUITABLE), (EXCLUSION, "-1a"), ("-2b", "-1b"), ("0", NOT_SUITABLE)):
        assert not scale.conflict(*pair), pair


@given(CONCLUDED, CONCLUDED, CONCLUDED)
def test_three_come_to_one_outcome_in_any_order_and_never_to_more_than_the_weakest_that_agree(
    one: str, two: str, three: str
) -> None:
    outcomes = {scale.together(list(order)) for order in itertools.permutations((one, two, three))}
    assert len(outcomes) == 1
    (found,) = outcomes
    assert found is not None
    ways = [scale.direction(code) for code in (one, two, three)]
    if found.outcome is Outcome.UNRESOLVED:
        assert len(set(ways)) == 3
        return
    assert ways.count(scale.direction(found.level)) >= 2
    if found.outcome is Outcome.SET_ASIDE:
        assert [one, two, three].count(EXCLUSION) >= 2
    agreeing = [abs(scale.steps(code)) for code in (one, two, three) if scale.direction(code) is
                scale.direction(found.level)]  # fmt: skip
    assert abs(scale.steps(found.level)) == min(agreeing)


def test_there_are_nineteen_components_in_their_order() -> None:
    assert [each.number for each in COMPONENTS] == list(range(1, 20))
    assert len({each.key for each in COMPONENTS}) == 19
    assert all(each.characteristics and str(each.label) and str(each.reliability.label) for each in COMPONENTS)
    assert [each.key for each in COMPONENTS if each.reliability is components.Reliability.LOW] == [
        "skin", "eyes", "neck", "lines",
    ]  # fmt: skip


ANY = st.sampled_from(["", *Finding, "odd"])


@given(
    st.none() | st.booleans(), st.none() | st.booleans(), st.none() | st.booleans(), ANY,
    st.sampled_from(["", *Explanation, "odd"]), st.booleans(), st.sampled_from(["", "some", "odd"]),
)  # fmt: skip
def test_no_finding_without_two_views_and_no_difference_without_its_word(
    a: bool | None,
    b: bool | None,
    comparable: bool | None,
    finding: str,
    explanation: str,
    structural: bool,
    weight: str,
) -> None:
    fault = components.observation_fault(
        seen_a=a, seen_b=b, comparable=comparable, finding=finding, explanation=explanation, structural=structural,
        weight=weight,
    )  # fmt: skip
    if fault is not None:
        assert str(fault)
        return
    assert not comparable or (a and b)
    assert not finding or comparable
    assert finding in ("", *Finding)
    assert (finding == Finding.DIFFERENT) == (explanation in set(Explanation))
    assert not structural or finding == Finding.DIFFERENT
