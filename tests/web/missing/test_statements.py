"""A block is stated at a time; two writers choose; a statement is taken back with a reason; histories are read."""

from __future__ import annotations

import uuid

from antigone.access.rules import Role
from antigone.description.given import Given
from antigone.missing import describing
from antigone.missing.models import Person, Statement
from tests.web import missed
from tests.web.missing.conftest import PersonOf
from tests.web.people import Agencies, ClientAs


def _form(**values: str) -> dict[str, str]:
    said = {"said/basis": "family-choice", "said/how": "reported", "said/source": "the sister"}
    return {"once": str(uuid.uuid4()), **said, **values}


def _now(person: Person, key: str) -> list[object]:
    return [each.value for each in Statement.objects.filter(person=person, key=key, ended_at=None)]


def test_what_was_changed_is_stated_and_the_rest_left(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing(birth__date="1990", birth__place="Kharkiv")
    before = Statement.objects.get(person=person, key="birth.place").pk
    clerk = client_as(Role.BUREAU_CLERK)
    url = f"/missing/{person.pk}/block/birth/"
    assert "1990" in clerk.get(url).content.decode()
    dated = Statement.objects.get(person=person, key="birth.date").pk
    form = _form(
        **{
            "birth.date//expects": str(dated),
            "birth.date//value": "1991-03",
            "birth.place//expects": str(before),
            "birth.place//value": "Kharkiv",
        }
    )
    answer = clerk.post(url, form)
    assert answer.status_code == 302
    assert answer["Location"] == f"/missing/{person.pk}/#block-birth"
    assert clerk.post(url, form)["Location"] == answer["Location"]  # a double click
    person.refresh_from_db()
    assert person.birth_date == "1991-03"
    assert Statement.objects.filter(person=person, key="birth.date").count() == 2
    assert Statement.objects.get(person=person, key="birth.place", ended_at=None).pk == before


def test_two_writers_are_asked_to_choose(client_as: ClientAs, missing: PersonOf, agencies: Agencies) -> None:
    person = missing(occupation="baker")
    seen = Statement.objects.get(person=person, key="occupation").pk
    describing.state(person, "occupation", Given("miller", basis="family-choice"), missed.tracer(agencies.ours))
    clerk = client_as(Role.BUREAU_CLERK)
    form = _form(**{"occupation//expects": str(seen), "occupation//value": "cook"})
    answer = clerk.post(f"/missing/{person.pk}/block/person/", form)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "cook" in page
    assert "miller" in page
    assert _now(person, "occupation") == ["miller"]


def test_a_fault_keeps_what_was_typed(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing()
    form = _form(**{"birth.date//expects": "0", "birth.date//value": "31 June", "birth.place//value": "Izium"})
    answer = client_as(Role.BUREAU_CLERK).post(f"/missing/{person.pk}/block/birth/", form)
    assert answer.status_code == 422
    assert "Izium" in answer.content.decode()
    assert not _now(person, "birth.place")


def test_a_block_that_there_is_not(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing()
    clerk = client_as(Role.BUREAU_CLERK)
    assert clerk.get(f"/missing/{person.pk}/block/condition/").status_code == 404
    assert clerk.get(f"/missing/{person.pk}/history/no.such/").status_code == 404
    assert clerk.get(f"/missing/{person.pk}/history/sex/?item=x").status_code == 404


def test_a_statement_is_taken_back_with_a_reason_and_stays_in_the_history(
    client_as: ClientAs, missing: PersonOf
) -> None:
    person = missing(occupation="baker")
    statement = Statement.objects.get(person=person, key="occupation")
    clerk = client_as(Role.BUREAU_CLERK)
    url = f"/missing/statements/{statement.pk}/take-back/"
    assert "“baker” no longer stands" in clerk.get(url).content.decode()
    assert clerk.post(url, {"reason": ""}).status_code == 422
    assert clerk.post(url, {"reason": "told of another person"}).status_code == 302
    assert not _now(person, "occupation")
    history = clerk.get(f"/missing/{person.pk}/history/occupation/").content.decode()
    assert "told of another person" in history
    assert "<html" in history
    fragment = clerk.get(f"/missing/{person.pk}/history/occupation/", headers={"HX-Request": "true"}).content.decode()
    assert "told of another person" in fragment
    assert "<html" not in fragment
    assert clerk.post(url, {"reason": "again"}).status_code == 409


def test_who_only_reads_is_offered_no_taking_back(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing(occupation="baker")
    page = client_as(Role.LIAISON_OFFICER).get(f"/missing/{person.pk}/history/occupation/").content.decode()
    assert "baker" in page
    assert "take-back" not in page
