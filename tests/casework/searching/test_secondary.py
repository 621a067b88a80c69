"""The lines of a lead from the rows as they are: what is not recorded is said to be so, and nothing is read further."""

from __future__ import annotations

import json
from datetime import date

import pytest

from antigone.casework.searching.secondary import found_on, told_of
from antigone.evidence.secondary import AgeFound, Comparison, DateSpan, Finding, PostMortem, SexFound, compare
from antigone.missing.models import Person
from antigone.remains.models import Subject, SubjectKind

PERSON = Person(
    ref="P-1",
    sex="female",
    birth_date="1987",
    stature_cm=164,
    marks="small anchor tattoo, left wrist",
    effects="silver ring",
    last_seen_on="2024-03-02",
)
BODY = Subject(code="S-1", kind=SubjectKind.DECEASED, recovered_on=date(2024, 3, 20))


def compared(person: Person, subject: Subject, examined: PostMortem | None = None) -> Comparison:
    return compare(found_on(subject, examined), told_of(person))


def lines(person: Person, subject: Subject, examined: PostMortem | None = None) -> list[dict[str, object]]:
    """The lines as a lead of an answer has them."""
    return [line.as_json() for line in compared(person, subject, examined).lines]


def by_name(person: Person, subject: Subject, examined: PostMortem | None = None) -> dict[str, dict[str, object]]:
    return {str(line["name"]): line for line in lines(person, subject, examined)}


def test_what_the_subject_does_not_record_cannot_be_told() -> None:
    found = by_name(PERSON, BODY)
    for name in ("sex", "age", "stature"):
        assert found[name]["finding"] == "cannot tell"
        assert found[name]["post_mortem"] == "not stated"
        assert found[name]["weighs"] is False
    assert found["dates"]["finding"] == "agrees"
    assert found["marks"]["ante_mortem"] == PERSON.marks
    assert "free text" in str(found["effects"]["basis"])


def test_the_lines_are_json_and_carry_no_ratio_without_figures() -> None:
    kept = lines(PERSON, BODY)
    assert json.loads(json.dumps(kept)) == kept
    assert all(line["log10_lr"] is None for line in kept)
    assert set(kept[0]) == {"name", "post_mortem", "ante_mortem", "finding", "log10_lr", "basis", "weighs"}


def test_recovered_before_last_seen_comes_first_as_a_contradiction() -> None:
    early = Subject(code="S-2", kind=SubjectKind.DECEASED, recovered_on=date(2024, 2, 1))
    found = compared(PERSON, early)
    assert (found.lines[0].name, found.lines[0].finding) == ("dates", Finding.CONTRADICTS)
    assert "dates" in found.warning
    part = Subject(code="S-3", kind=SubjectKind.BODY_PART, recovered_on=date(2024, 2, 1))
    assert by_name(PERSON, part)["dates"]["finding"] == "cannot tell"


def test_a_blank_person_and_a_blank_subject_have_no_lines() -> None:
    assert lines(Person(ref="P-2"), Subject(code="S-4", kind=SubjectKind.DECEASED)) == []


@pytest.mark.parametrize("text", ["unknown", "about 1990", "1990-13", "01.02.1990", "१९९०"])
def test_a_date_that_cannot_be_read_is_unknown_and_shown(text: str) -> None:
    person = Person(ref="P-3", birth_date=text, last_seen_on=text)
    assert told_of(person).born is None
    found = by_name(person, BODY, examined=PostMortem(age=AgeFound(20, 30)))
    assert found["age"]["finding"] == found["dates"]["finding"] == "cannot tell"
    assert found["age"]["ante_mortem"] == text


def test_a_stature_that_nobody_has_is_not_compared() -> None:
    assert told_of(Person(ref="P-4", stature_cm=0)).stature is None


def test_an_examination_adds_what_the_row_lacks() -> None:
    examined = PostMortem(sex=SexFound("male", "external"), died=DateSpan(date(2024, 3, 1), date(2024, 3, 10)))
    assert found_on(BODY, examined).recovered == BODY.recovered_on
    found = by_name(PERSON, BODY, examined=examined)
    assert found["sex"]["finding"] == "contradicts"


def test_a_missing_child_is_warned_of() -> None:
    child = Person(ref="P-5", birth_date="2010", last_seen_on="2024")
    assert "child-protection" in compared(child, BODY).warning
    living = Subject(code="S-5", kind=SubjectKind.UNABLE, recovered_on=date(2024, 5, 1))
    assert found_on(living).alive
    assert "child-protection" in compared(child, living).warning
    assert "child-protection" not in compared(PERSON, BODY).warning
