"""The cohort's invented texts become entries that the vocabulary takes, and every role has a sign-in."""

from __future__ import annotations

from antigone.access.rules import Role
from antigone.demo import particulars, people, staff
from antigone.description import statements
from antigone.description.bases import LegalBasis
from antigone.description.catalogue import FIELDS
from antigone.description.given import Given

ROWS = [*people.rows("manifest.csv"), *people.rows("remains.csv")]


def test_every_mark_of_the_cohort_is_cut_into_a_kind_and_a_place() -> None:
    marks = [value for row in ROWS for value in particulars.marks(row["marks"])]
    assert len(marks) > 100
    for value in marks:
        statements.checked(FIELDS["mark"], Given(value, basis=LegalBasis.STATUTE.value))
        assert (value["kind"], value["region"]) != ("other", "whole"), value


def test_left_and_right_are_kept() -> None:
    (mark,) = particulars.marks("Old scar through the left eyebrow")
    assert (mark["kind"], mark["region"], mark["side"]) == ("scar", "eyebrow", "left")


def test_every_effect_of_the_cohort_is_taken_under_its_key() -> None:
    things = [thing for row in ROWS for thing in particulars.things(row["effects"])]
    assert {key for key, _value in things} == {"effect", "clothing"}
    for key, value in things:
        statements.checked(FIELDS[key], Given(value, basis=LegalBasis.STATUTE.value))


def test_every_giver_of_the_cohort_is_somebody_to_the_person() -> None:
    assert all(particulars.relation(row["given_by"]) != "other" for row in people.rows("manifest.csv"))


def test_each_role_has_somebody_and_the_procedure_can_be_walked() -> None:
    roles = [role for _name, role in staff.STAFF]
    assert set(roles) == set(Role)
    assert roles.count(Role.MORTUARY_EXAMINER) == 3
    # Three who vote, and one who records the primary result and so does not.
    assert roles.count(Role.BOARD_MEMBER) == 4
