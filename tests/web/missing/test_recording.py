"""A person is recorded by hand: warned of doubles and never hindered, once, and nothing by halves."""

from __future__ import annotations

import uuid

from antigone.access.rules import Role
from antigone.missing.models import Person
from tests.web import missed
from tests.web.missing.conftest import PersonOf
from tests.web.people import Agencies, ClientAs

URL = "/missing/new/"


def _form(agencies: Agencies, **more: str) -> dict[str, str]:
    return {
        "once": str(uuid.uuid4()),
        "surname": "Коваленко",
        "given": "Іван",
        "spelling": "Ivan Kovalenko",
        "sex": "unknown",
        "birth_date": "1990~",
        "last_seen_on": "2024-05",
        "last_seen_place": "Kharkiv",
        "reporter": "Olha Kovalenko",
        "relation": "mother",
        "channel": "phone",
        "contact": "+380 50 000 00 00",
        "may_contact": "on",
        "holding": str(missed.holding(agencies.ours).pk),
        "basis": "family-choice",
        **more,
    }


def test_what_was_told_first_is_stated_with_who_told_it(client_as: ClientAs, agencies: Agencies) -> None:
    tracer = client_as(Role.TRACING_OFFICER)
    answer = tracer.post(URL, _form(agencies))
    person = Person.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/missing/{person.pk}/"
    page = tracer.get(answer["Location"]).content.decode()
    assert "Коваленко Іван" in page
    assert "Ivan Kovalenko" in page
    assert "Asked, and not known" in page
    assert "reported: Olha Kovalenko, mother" in page
    assert person.ref in page
    relative = person.relatives.get()
    assert relative.reporter
    assert relative.contact_by == ["own-agency"]


def test_a_record_like_it_is_a_warning_with_a_way_to_go_on(
    client_as: ClientAs, agencies: Agencies, missing: PersonOf
) -> None:
    known = missing("Kovalenko", "Ivan", ref="M-KNOWN")
    clerk = client_as(Role.BUREAU_CLERK)
    form = _form(agencies)
    warned = clerk.post(URL, form)
    assert warned.status_code == 422
    page = warned.content.decode()
    assert "They may be on record already" in page
    assert "Record anyway" in page
    assert f"/missing/{known.pk}/" in page
    assert Person.objects.count() == 1
    assert clerk.post(URL, {**form, "seen": str(known.pk)}).status_code == 302
    assert Person.objects.count() == 2


def test_a_form_sent_twice_records_one(client_as: ClientAs, agencies: Agencies) -> None:
    clerk = client_as(Role.BUREAU_CLERK)
    form = _form(agencies)
    first, second = clerk.post(URL, form), clerk.post(URL, form)
    assert first["Location"] == second["Location"]
    assert Person.objects.count() == 1


def test_faults_stand_at_their_fields_and_nothing_is_saved(client_as: ClientAs, agencies: Agencies) -> None:
    clerk = client_as(Role.BUREAU_CLERK)
    for wrong, said in (
        ({"surname": "", "given": ""}, "Give a name"),
        ({"birth_date": "31 June"}, "Date of birth"),
        ({"channel": ""}, "Say how to reach them there"),
        ({"reporter": "x" * 500}, "at most 200 characters"),
        ({"ref": "a\x00b"}, "Null characters"),
        ({"holding": "999"}, "Holding"),
    ):
        answer = clerk.post(URL, _form(agencies, **wrong))
        assert answer.status_code == 422, wrong
        assert said in answer.content.decode(), wrong
    assert not Person.objects.exists()


def test_a_reference_that_is_taken_is_told(client_as: ClientAs, agencies: Agencies, missing: PersonOf) -> None:
    missing("Somebody", "Else", ref="M-1")
    answer = client_as(Role.BUREAU_CLERK).post(URL, _form(agencies, ref="M-1"))
    assert answer.status_code == 422
    assert "has a person of the reference “M-1” already" in answer.content.decode()


def test_a_holding_of_another_agency_is_none(client_as: ClientAs, agencies: Agencies) -> None:
    theirs = missed.holding(agencies.theirs)
    answer = client_as(Role.BUREAU_CLERK).post(URL, _form(agencies, holding=str(theirs.pk)))
    assert answer.status_code == 422
    assert not Person.objects.exists()
