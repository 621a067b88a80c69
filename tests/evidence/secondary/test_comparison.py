"""Lines and their order, what is multiplied and what is not, and that the unknown weighs nothing."""

from __future__ import annotations

import dataclasses
import json
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence.secondary import (
    CHILD,
    AgeFound,
    AnteMortem,
    Comparison,
    DateSpan,
    Effect,
    Figures,
    Finding,
    Line,
    Mark,
    Mutable,
    PostMortem,
    Seen,
    SexFound,
    StatureFound,
    StatureTold,
    compare,
    read_date,
    read_figures,
)

GIVEN = read_figures(
    {
        "female": {"share": 0.2, "source": "register, 2023"},
        "sex_errors": {
            "external": {
                "female": {"share": 0.002, "source": "own cases"},
                "male": {"share": 0.002, "source": "own cases"},
            }
        },
        "ages": {"values": list(range(18, 68)), "source": "register, 2023"},
        "statures": {
            "male": {"mean": 176, "sd": 7, "source": "conscripts"},
            "female": {"mean": 163, "sd": 6.5, "source": "health survey"},
        },
        "reports": {"family": {"mean": 1, "sd": 4, "source": "own cases"}},
        "lengthening": {"mean": 2, "sd": 1, "source": "own cases"},
        "marks": {
            "tattoo": {"share": 0.25, "source": "survey", "found": {"share": 0.9, "source": "own cases"}},
            "tattoo:forearm": {"share": 0.05, "source": "survey"},
            "scar": {"share": 0.3, "source": "survey", "found": {"share": 0.8, "source": "own cases"}},
        },
        "last_seen": {"values": ["2023-05", "2024-01", "2024-03", "2024-09"], "source": "register, 2024"},
    }
)
FOUND = PostMortem(
    sex=SexFound("male", "external"),
    age=AgeFound(30, 40, 0.95, "laboratory"),
    stature=StatureFound(180, "length"),
    died=DateSpan(date(2024, 3, 1), date(2024, 3, 10)),
    recovered=date(2024, 3, 20),
    marks=(Mark("tattoo", "forearm", "left", "anchor"),),
    seen=(Seen("forearm"), Seen("back"), Seen("leg", "right", "burnt")),
)
TOLD = AnteMortem(
    sex="male",
    born=read_date("1989"),
    stature=StatureTold(179, "family"),
    last_seen=read_date("2024-03-02"),
    marks=(Mark("tattoo", "forearm", "left"),),
)


def line(comparison: Comparison, name: str) -> Line:
    return next(each for each in comparison.lines if each.name == name)


def test_each_thing_has_a_line_with_its_ratio_and_source() -> None:
    found = compare(FOUND, TOLD, GIVEN)
    assert [each.finding for each in found.lines] == [Finding.AGREES] * 5
    assert line(found, "sex").log10_lr == pytest.approx(math.log10(0.998 / (0.8 * 0.998 + 0.2 * 0.002)))
    assert line(found, "age").log10_lr == pytest.approx(math.log10(0.95 / (12 / 52)))
    assert line(found, "mark: tattoo").log10_lr == pytest.approx(math.log10(1 / 0.05))
    assert line(found, "dates").log10_lr == pytest.approx(-math.log10(4 / 6))
    for each in found.lines:
        assert "times more probable if the subject is this person than if it is another of the missing" in each.basis
    assert "own cases" in line(found, "sex").basis
    assert "At most" in line(found, "mark: tattoo").basis


def test_the_product_says_what_it_takes_for_granted() -> None:
    found = compare(FOUND, TOLD, GIVEN)
    multiplied = [each.log10_lr for each in found.lines if each.name != "dates"]
    assert found.together == pytest.approx(sum(each for each in multiplied if each is not None))
    for words in (
        "Dependence",
        "Stature was taken within the sex",
        "Left out",
        "dates",
        "do not multiply this by a face",
    ):
        assert words in found.warning
    assert json.loads(json.dumps(found.as_json()))["together"] == round(found.together or 0, 3)


def test_contradictions_come_first_and_are_named() -> None:
    told = dataclasses.replace(TOLD, sex="female", marks=(Mark("scar", "back"), *TOLD.marks))
    found = compare(FOUND, told, GIVEN)
    assert [each.name for each in found.lines[:2]] == ["sex", "mark: scar"]
    assert found.lines[0].finding is Finding.CONTRADICTS
    assert "Contradicted: sex, mark: scar" in found.warning
    assert "No score of a face outweighs" in found.warning
    assert line(found, "sex").log10_lr == pytest.approx(math.log10(0.002 / (0.8 * 0.998 + 0.2 * 0.002)))
    assert line(found, "stature").log10_lr is None
    assert "differ in sex" in line(found, "stature").basis


def test_a_contradiction_without_a_ratio_stops_the_product() -> None:
    told = dataclasses.replace(TOLD, last_seen=read_date("2024-04"), born=read_date("1988"))
    found = compare(FOUND, told, GIVEN)
    assert line(found, "dates").finding is Finding.CONTRADICTS
    assert line(found, "dates").log10_lr is None
    assert found.together is None
    assert "Nothing was multiplied" in found.warning


def test_of_marks_of_one_kind_only_the_strongest_is_multiplied() -> None:
    found = dataclasses.replace(FOUND, marks=(*FOUND.marks, Mark("tattoo", "back")))
    told = dataclasses.replace(TOLD, marks=(*TOLD.marks, Mark("tattoo", "back")))
    one, two = compare(FOUND, TOLD, GIVEN), compare(found, told, GIVEN)
    assert len(two.lines) == len(one.lines) + 1
    assert two.together == pytest.approx(one.together)


def test_without_figures_there_are_findings_and_no_ratios() -> None:
    found = compare(FOUND, TOLD)
    assert all(each.log10_lr is None for each in found.lines)
    assert line(found, "sex").finding is Finding.AGREES
    assert line(found, "sex").weighs
    assert "No ratio, since" in line(found, "sex").basis
    assert found.together is None


def test_a_given_estimate_of_age_without_coverage_has_no_ratio() -> None:
    found = compare(dataclasses.replace(FOUND, age=AgeFound(30, 40)), TOLD, GIVEN)
    assert line(found, "age").log10_lr is None
    assert "coverage" in line(found, "age").basis


def test_a_birth_year_too_coarse_for_the_interval_cannot_be_told() -> None:
    found = compare(FOUND, dataclasses.replace(TOLD, born=read_date("1994")), GIVEN)
    assert line(found, "age").finding is Finding.CANNOT_TELL
    outside = compare(FOUND, dataclasses.replace(TOLD, born=read_date("1960-01")), GIVEN)
    assert line(outside, "age").finding is Finding.CONTRADICTS
    assert line(outside, "age").log10_lr == pytest.approx(math.log10(0.05 / (1 - 12 / 52)))


@pytest.mark.parametrize(("cm", "finding"), [(179, "agrees"), (192, "contradicts"), (150, "contradicts")])
def test_stature_agrees_within_its_errors(cm: float, finding: str) -> None:
    found = line(compare(FOUND, dataclasses.replace(TOLD, stature=StatureTold(cm, "family")), GIVEN), "stature")
    assert found.finding == finding
    if cm == 150:
        assert found.log10_lr is None
        assert "not trusted with a number" in found.basis


def test_the_ratio_of_stature_is_that_of_two_normal_measurements() -> None:
    # As a bivariate normal with covariance 7^2, against independence: living 180 - 2, told 179 - 1, of mean 176.
    first, second = math.sqrt(7**2 + 1**2), math.sqrt(7**2 + 4**2)
    r, u, v = 7**2 / (first * second), 2 / first, 2 / second
    natural = -0.5 * math.log(1 - r**2) - (r**2 * (u**2 + v**2) - 2 * r * u * v) / (2 * (1 - r**2))
    assert line(compare(FOUND, TOLD, GIVEN), "stature").log10_lr == pytest.approx(natural / math.log(10))


def test_stature_counts_the_lengthening_and_the_bias_of_the_report() -> None:
    # 7 cm apart as written, 8 cm once 2 cm of lengthening and 1 cm of bias are taken off; 1.96 * sqrt(17) is 8.08.
    tight = dataclasses.replace(TOLD, stature=StatureTold(187, "family"))
    assert line(compare(FOUND, tight, GIVEN), "stature").finding is Finding.AGREES
    over = dataclasses.replace(TOLD, stature=StatureTold(187.2, "family"))
    assert line(compare(FOUND, over, GIVEN), "stature").finding is Finding.CONTRADICTS


def test_a_sex_on_record_that_is_neither_cannot_be_told() -> None:
    found = line(compare(FOUND, dataclasses.replace(TOLD, sex="other"), GIVEN), "sex")
    assert (found.finding, found.ante_mortem) == (Finding.CANNOT_TELL, "other")


def test_a_living_subject_has_the_age_of_the_day_they_were_found() -> None:
    found = PostMortem(age=AgeFound(30, 40), recovered=date(2034, 3, 20), alive=True)
    told = AnteMortem(born=read_date("1989"), last_seen=read_date("2024"))
    assert line(compare(found, told), "age").finding is Finding.CONTRADICTS
    assert "44 to 45 when found" in line(compare(found, told), "age").ante_mortem


def test_stature_without_its_errors_is_told_only_where_it_is_gross() -> None:
    def finding(found: StatureFound, cm: float) -> Finding:
        told = AnteMortem(stature=StatureTold(cm))
        return line(compare(PostMortem(stature=found), told), "stature").finding

    length, femur = StatureFound(175, "length"), StatureFound(175, "estimate", formula="trotter-gleser-1952 femur male")
    assert finding(length, 170) is Finding.CANNOT_TELL
    assert finding(length, 190.5) is Finding.CONTRADICTS
    assert finding(femur, 170) is Finding.AGREES
    assert finding(femur, 165) is Finding.CANNOT_TELL


def test_a_published_standard_error_carries_its_warning() -> None:
    found = dataclasses.replace(FOUND, stature=StatureFound(178, "estimate", formula="trotter-gleser-1952 femur male"))
    assert "Ousley 1995" in line(compare(found, TOLD, GIVEN), "stature").basis


def test_a_mark_is_contradicted_only_where_it_could_be_seen() -> None:
    def of(mark: Mark) -> Line:
        return compare(FOUND, dataclasses.replace(TOLD, marks=(mark,)), GIVEN).lines[0]

    assert of(Mark("scar", "back")).finding is Finding.CONTRADICTS
    assert of(Mark("scar", "back")).log10_lr == pytest.approx(math.log10(0.2 / 0.7))
    assert "removed" in of(Mark("scar", "back")).basis
    marks = {
        mark: line(compare(FOUND, dataclasses.replace(TOLD, marks=(mark,)), GIVEN), f"mark: {mark.kind}")
        for mark in (Mark("scar", "chest"), Mark("scar", "leg", "right"), Mark("mole", "leg", "left"))
    }
    assert all(each.finding is Finding.CANNOT_TELL for each in marks.values())
    assert "burnt" in marks[Mark("scar", "leg", "right")].basis


def test_a_mark_on_the_other_side_is_to_be_checked() -> None:
    told = dataclasses.replace(TOLD, marks=(Mark("tattoo", "forearm", "right"),))
    names = [each for each in compare(FOUND, told, GIVEN).lines if each.name == "mark: tattoo"]
    assert [each.finding for each in names] == [Finding.CANNOT_TELL] * 2
    assert "mirrored" in names[0].basis


def test_one_mark_answers_to_one() -> None:
    told = dataclasses.replace(TOLD, marks=(Mark("tattoo", "forearm"), Mark("tattoo", "forearm", "left")))
    marks = [each for each in compare(FOUND, told, GIVEN).lines if each.name == "mark: tattoo"]
    assert sorted(each.finding for each in marks) == [Finding.AGREES, Finding.CONTRADICTS]


def test_effects_never_have_a_ratio_nor_contradict() -> None:
    found = PostMortem(effects=(Effect("ring", "Anna 1998"), Effect("watch")))
    told = AnteMortem(
        effects=(Effect("Ring", "anna  1998"), Effect("watch", "4471"), Effect("belt")), effects_text="keys"
    )
    lines = compare(found, told, GIVEN).lines
    assert [each.finding for each in lines] == [Finding.AGREES] * 2 + [Finding.CANNOT_TELL] * 2
    assert all(each.log10_lr is None for each in lines)
    assert "inscription are alike" in lines[0].basis
    assert "only the kind" in lines[1].basis


def test_hair_and_beard_are_listed_last_and_weigh_nothing() -> None:
    found = dataclasses.replace(FOUND, mutable=(Mutable("hair", "black"), Mutable("beard", "none")))
    told = dataclasses.replace(TOLD, mutable=(Mutable("hair", "black"), Mutable("beard", "full")))
    with_hair = compare(found, told, GIVEN)
    assert [each.name for each in with_hair.lines[-2:]] == ["hair", "beard"]
    assert not any(each.weighs for each in with_hair.lines[-2:])
    assert with_hair.lines[-1].finding is Finding.CANNOT_TELL
    assert with_hair.together == compare(FOUND, TOLD, GIVEN).together


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (dataclasses.replace(FOUND, age=AgeFound(16, 22, 0.95, "laboratory")), TOLD),
        (FOUND, dataclasses.replace(TOLD, born=read_date("2006"))),
        (FOUND, dataclasses.replace(TOLD, born=read_date("1990"), last_seen=read_date("2007-06"))),
        (PostMortem(recovered=date(2024, 1, 1), alive=True), AnteMortem(born=read_date("2006-05"))),
    ],
)
def test_under_eighteen_on_either_side_warns_and_has_no_ratio(found: PostMortem, told: AnteMortem) -> None:
    compared = compare(found, told, GIVEN)
    assert CHILD in compared.warning
    assert compared.together is None
    assert all(each.log10_lr is None for each in compared.lines)


def test_adults_are_not_taken_for_children() -> None:
    assert CHILD not in compare(FOUND, TOLD, GIVEN).warning


@given(st.sets(st.sampled_from(["sex", "age", "stature", "dates", "marks"])), st.booleans())
def test_the_unknown_never_weighs_or_contradicts(hidden: set[str], post_mortem: bool) -> None:
    found, told = FOUND, TOLD
    blank = {
        "sex": ({"sex": SexFound("unknown", "external")}, {"sex": "unknown"}),
        "age": ({"age": None}, {"born": None}),
        "stature": ({"stature": None}, {"stature": None}),
        "dates": ({"died": None, "recovered": None}, {"last_seen": None}),
        "marks": ({"marks": (), "seen": ()}, {"marks": ()}),
    }
    for name in hidden:
        if post_mortem:
            found = dataclasses.replace(found, **blank[name][0])  # type: ignore[arg-type]
        else:
            told = dataclasses.replace(told, **blank[name][1])  # type: ignore[arg-type]
    lines = compare(found, told, GIVEN).lines
    assert not any(each.finding is Finding.CONTRADICTS for each in lines)
    for each in lines:
        if each.name.split(":")[0].replace("mark", "marks") in hidden:
            assert not each.weighs
            assert each.log10_lr is None


def test_nothing_known_has_no_lines_and_no_warning() -> None:
    assert compare(PostMortem(), AnteMortem(), GIVEN) == Comparison((), None, "")
    assert compare(FOUND, AnteMortem(), GIVEN).together is None
    assert not any(each.weighs for each in compare(FOUND, AnteMortem(), Figures()).lines)


def test_a_line_keeps_to_its_rules() -> None:
    for finding, log10_lr, basis, weighs in (
        (Finding.CANNOT_TELL, None, "why", True),
        (Finding.AGREES, 1.0, "why", False),
        (Finding.AGREES, math.inf, "why", True),
        (Finding.AGREES, None, " ", True),
    ):
        with pytest.raises(ValueError, match=r"\."):
            Line("sex", "male", "male", finding, log10_lr, basis, weighs)
