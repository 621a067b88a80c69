"""The page of one person: what is stated and by whom, what is not for everybody, and the look in the ledger."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from antigone.access.rules import Role
from antigone.description.given import Given
from antigone.ledger.services import entries_about
from antigone.missing import describing
from antigone.missing.describing import Said
from antigone.missing.models import Person
from tests.web import missed
from tests.web.missing.conftest import PersonOf
from tests.web.people import Agencies, ClientAs

BASIS = "family-choice"


def _describe(person: Person, agencies: Agencies) -> None:
    describing.state_many(
        person,
        [
            Said("occupation", Given("electrician", basis=BASIS, source="the sister")),
            Said("desc.eye_colour", Given(None, basis=BASIS, certainty="unknown")),
            Said("nationality", Given(None, basis=BASIS, certainty="absent")),
            Said("religion", Given("Orthodox", basis=BASIS)),
            Said("account", Given({"service": "a network", "name": "https://example.org/ivan"}, basis=BASIS)),
        ],
        missed.tracer(agencies.ours),
    )


def test_what_is_known_unknown_and_absent_are_told_apart(
    client_as: ClientAs, missing: PersonOf, agencies: Agencies
) -> None:
    person = missing()
    _describe(person, agencies)
    page = client_as(Role.TRACING_OFFICER).get(f"/missing/{person.pk}/").content.decode()
    assert "electrician" in page
    assert "Asked, and not known" in page
    assert "Looked for, and not there" in page
    assert "Nothing recorded yet" in page
    assert f"/missing/{person.pk}/block/dental/" in page
    assert "Olha Kovalenko" in page


def test_an_account_is_text_and_no_link(client_as: ClientAs, missing: PersonOf, agencies: Agencies) -> None:
    person = missing()
    _describe(person, agencies)
    page = client_as(Role.TRACING_OFFICER).get(f"/missing/{person.pk}/").content.decode()
    assert "https://example.org/ivan" in page
    assert 'href="https://example.org' not in page


def test_what_is_sensitive_is_for_who_works_with_it(client_as: ClientAs, missing: PersonOf, agencies: Agencies) -> None:
    person = missing()
    _describe(person, agencies)
    liaison = client_as(Role.LIAISON_OFFICER)
    page = liaison.get(f"/missing/{person.pk}/").content.decode()
    assert "electrician" in page
    assert "Orthodox" not in page
    assert "example.org" not in page
    assert "Something sensitive is on record" in page
    assert liaison.get(f"/missing/{person.pk}/history/religion/").status_code == 404
    assert "Orthodox" in client_as(Role.BOARD_MEMBER).get(f"/missing/{person.pk}/").content.decode()


def test_opening_a_record_is_a_look_in_the_ledger_that_the_page_does_not_tell(
    client_as: ClientAs, missing: PersonOf
) -> None:
    person = missing()
    client_as(Role.LIAISON_OFFICER).get(f"/missing/{person.pk}/")
    looks = [each for each in entries_about(f"person:{person.pk}") if each.action == "missing:person:look"]
    assert len(looks) == 1
    page = client_as(Role.BUREAU_CLERK).get(f"/missing/{person.pk}/").content.decode()
    assert "looked at" in page  # that it stands in the ledger, and not who
    assert "liaison-officer" not in page
    assert "/audit/" not in page
    reviewer = client_as(Role.DATA_PROTECTION_REVIEWER)
    assert f"/audit/about/?object=person:{person.pk}" in reviewer.get(f"/missing/{person.pk}/").content.decode()


def test_who_examines_the_dead_opens_none_of_it(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing()
    examiner = client_as(Role.MORTUARY_EXAMINER)
    for url in ("/missing/", f"/missing/{person.pk}/", "/holdings/", "/enquiries/"):
        assert examiner.get(url).status_code == 403, url
    assert "Missing persons" not in examiner.get("/").content.decode()


def test_a_child_is_for_the_child_protection_lead(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing(birth__date="2015")
    page = client_as(Role.BUREAU_CLERK).get(f"/missing/{person.pk}/").content.decode()
    assert "child-protection lead" in page


def test_a_page_costs_the_same_with_much_on_record(client_as: ClientAs, missing: PersonOf, agencies: Agencies) -> None:
    plain, full = missing("Bondar", "Ivan"), missing("Marchuk", "Petro")
    who = missed.tracer(agencies.ours)
    for number in range(30):
        describing.state(full, "residence", Given({"address": f"Street {number}"}, basis=BASIS), who)
    for _time in range(10):
        from antigone.missing.relatives import record_relative

        record_relative(full, missed.reporter(f"Relative {_time}"), who)
    clerk = client_as(Role.BUREAU_CLERK)
    clerk.get(f"/missing/{plain.pk}/")
    costs = []
    for person in (plain, full):
        with CaptureQueriesContext(connection) as made:
            clerk.get(f"/missing/{person.pk}/")
        costs.append(len(made))
    assert costs[0] == costs[1]
