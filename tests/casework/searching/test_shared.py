"""Portraits of another agency are compared as far as an agreement and their givers let them, and no further."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from antigone.access import agreements
from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.access.scope import Scope, agencies_open_to
from antigone.casework.models import Case
from antigone.casework.searching import search
from antigone.casework.searching.answer import Answer
from antigone.casework.searching.reading import Clock
from antigone.description.given import Given
from antigone.instance import Instance
from antigone.missing import services
from antigone.missing.models import Person, Portrait
from antigone.remains import describing
from tests import factories
from tests.casework.searching.test_search import open_case, point, reading

__all__ = ["point"]

MATE = factories.unit(1)


def theirs() -> Operator:
    """Somebody of another agency, whose holding has the mate, reported missing there."""
    agency = access.found_agency("Family bureau", "operator:1")
    who = access.add_operator("clerk", agency, "operator:1")
    for role in (Role.ADMINISTRATOR, Role.BUREAU_CLERK):
        access.grant_role(who, role, "operator:1")
    factories.enrol({"T-1": MATE, "T-2": factories.unit(2)}, into=services.open_holding("Families", who))
    Person.objects.update(sex="female")
    return who


def disclose(who: Operator, *scopes: Scope) -> None:
    until = timezone.now().date() + timedelta(days=30)
    agreements.accept(
        factories.operator(), agreements.propose(who, factories.operator().agency, scopes, "a pact", until)
    )


def ask(case: Case) -> Answer:
    who = factories.operator()
    photo = reading(factories.unit(9, near=MATE))
    return search.answer_for(
        case,
        [photo],
        factories.contract(),
        50,
        Clock(),
        agencies=agencies_open_to(who, Scope.SEARCH),
        records=agencies_open_to(who, Scope.PERSONS),
    )


def refs(found: Answer) -> list[str]:
    return [each.person_ref for each in found.candidates]


@pytest.fixture
def case(instance: Instance, point: None) -> Case:
    factories.enrol({"O-1": factories.unit(3)})
    case = open_case()
    Person.objects.update(sex="female")
    male = Given("male", how="observed", basis="statute", citation="code 1")
    describing.state(case.subject, "sex", male, factories.operator())
    return case


def test_no_portrait_of_another_agency_is_compared_without_an_agreement_on_searching(case: Case) -> None:
    there = theirs()
    Portrait.objects.update(basis="partner-agreement")
    assert refs(ask(case)) == ["O-1"]
    disclose(there, Scope.PERSONS, Scope.PORTRAITS)
    found = ask(case)
    assert (refs(found), found.searched_persons) == (["O-1"], 1)


def test_under_one_the_mate_is_found_there_and_the_answer_says_where(case: Case) -> None:
    there = theirs()
    Portrait.objects.update(basis="partner-agreement")
    disclose(there, Scope.SEARCH)
    found = ask(case)
    assert refs(found)[0] == "T-1"
    assert set(refs(found)) == {"T-1", "T-2", "O-1"}
    assert found.searched_persons == 3
    assert any("other agencies were compared" in note and "Family bureau" in note for note in found.notes)
    # Their records may not be read: nothing of them stands in the lead.
    by_ref = {each.person_ref: each for each in found.candidates}
    assert by_ref["T-1"].secondary == ()
    assert "not its record be read" in by_ref["T-1"].secondary_warning
    assert any(line["finding"] == "contradicts" for line in by_ref["O-1"].secondary)
    disclose(there, Scope.PERSONS)
    assert {each.person_ref: bool(each.secondary) for each in ask(case).candidates}["T-1"]


def test_a_giver_who_does_not_share_with_this_agency_is_left_out_before_anything_is_ranked(case: Case) -> None:
    there = theirs()
    Portrait.objects.filter(person__ref="T-2").update(basis="partner-agreement")
    disclose(there, Scope.SEARCH)
    found = ask(case)
    assert set(refs(found)) == {"T-2", "O-1"}
    assert (found.searched, found.searched_persons) == (2, 2)


def test_what_is_agreed_one_way_opens_nothing_the_other_way(case: Case) -> None:
    there = theirs()
    Portrait.objects.update(basis="partner-agreement")
    disclose(there, Scope.SEARCH)
    assert agencies_open_to(there, Scope.SEARCH) == {there.agency_id}
