"""Two records of one side: what agrees, what contradicts, and that neither is ever given a number."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from antigone.evidence.secondary import (
    DEPENDENCE,
    AgeFound,
    AnteMortem,
    Comparison,
    DateSpan,
    Effect,
    Finding,
    Mark,
    Mutable,
    PostMortem,
    Seen,
    SexFound,
    StatureFound,
    StatureTold,
    compare_found,
    compare_told,
)

BORN = DateSpan(date(1990, 3, 1), date(1990, 3, 31))


def findings(found: Comparison) -> dict[str, Finding]:
    return {line.name: line.finding for line in found.lines}


def test_two_records_of_one_person_agree_where_both_say_the_same() -> None:
    one = AnteMortem(sex="male", born=BORN, stature=StatureTold(178), marks=(Mark("scar", "cheek", "left"),))
    found = compare_told(one, one)
    assert findings(found)["sex"] is Finding.AGREES
    assert findings(found)["birth"] is Finding.AGREES
    assert findings(found)["mark: scar"] is Finding.AGREES
    # Two figures by hearsay that are alike are no measurement.
    assert findings(found)["stature"] is Finding.CANNOT_TELL
    assert DEPENDENCE in found.warning


def test_contradictions_come_first_and_are_named_in_the_warning() -> None:
    one = AnteMortem(sex="male", born=BORN, stature=StatureTold(190))
    other = AnteMortem(sex="female", born=BORN, stature=StatureTold(160))
    found = compare_told(one, other)
    assert [line.finding for line in found.lines[:2]] == [Finding.CONTRADICTS] * 2
    assert "sex" in found.warning
    assert "stature" in found.warning


def test_what_one_record_does_not_say_is_no_disagreement() -> None:
    found = compare_told(AnteMortem(sex="male", effects=(Effect("ring", "A.B."),)), AnteMortem())
    assert set(findings(found).values()) == {Finding.CANNOT_TELL}
    assert found.warning == ""


def test_hair_and_beard_weigh_nothing_either_way() -> None:
    one = AnteMortem(mutable=(Mutable("hair colour", "black"), Mutable("facial hair", "beard")))
    other = AnteMortem(mutable=(Mutable("hair colour", "black"), Mutable("facial hair", "none")))
    assert not any(line.weighs for line in compare_told(one, other).lines)


def test_last_seen_on_two_days_excludes_nobody() -> None:
    one = AnteMortem(last_seen=DateSpan(date(2024, 1, 1), date(2024, 1, 1)))
    other = AnteMortem(last_seen=DateSpan(date(2024, 2, 1), date(2024, 2, 1)))
    assert findings(compare_told(one, other)) == {"dates": Finding.CANNOT_TELL}


def test_a_region_that_both_parts_have_speaks_against_one_body() -> None:
    left = PostMortem(seen=(Seen("hand", "left"),), part=True)
    (line,) = compare_found(left, left).lines
    assert line.finding is Finding.CONTRADICTS
    assert "unless each of the two has a portion" in line.basis
    assert compare_found(left, PostMortem(seen=(Seen("hand", "right"),))).lines == ()
    assert compare_found(left, PostMortem(seen=(Seen("hand", "left", "burnt"),))).lines == ()


def test_remains_are_compared_by_sex_age_and_stature() -> None:
    one = PostMortem(SexFound("male", "skeleton"), AgeFound(20, 30), StatureFound(170, "estimate", 3, "femur"))
    other = PostMortem(SexFound("male", "dna"), AgeFound(31, 40), StatureFound(172, "estimate", 3, "tibia"))
    assert findings(compare_found(one, other)) == {
        "sex": Finding.AGREES, "age": Finding.CONTRADICTS, "stature": Finding.AGREES,
    }  # fmt: skip


def test_a_child_is_told_of_before_anything_else() -> None:
    assert compare_found(PostMortem(age=AgeFound(14, 17)), PostMortem()).warning.startswith("One of the two may be")


SIDES = st.builds(
    AnteMortem,
    sex=st.sampled_from(["male", "female", "other", "unknown"]),
    born=st.none() | st.just(BORN) | st.just(DateSpan(date(1970, 1, 1), date(1971, 1, 1))),
    stature=st.none() | st.builds(StatureTold, st.integers(140, 210)),
    marks=st.lists(st.builds(Mark, st.sampled_from(["scar", "tattoo"]), st.just("cheek")), max_size=3).map(tuple),
    effects=st.lists(st.builds(Effect, st.sampled_from(["ring", "watch"])), max_size=3).map(tuple),
)


@given(SIDES, SIDES)
def test_no_line_has_a_ratio_and_the_two_may_change_places(one: AnteMortem, other: AnteMortem) -> None:
    there, back = compare_told(one, other), compare_told(other, one)
    assert all(line.log10_lr is None for line in (*there.lines, *back.lines))
    assert there.together is None
    assert sorted(line.finding for line in there.lines) == sorted(line.finding for line in back.lines)
