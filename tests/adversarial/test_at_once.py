"""Forms and keys that are used twice, by others, or for something else."""

from __future__ import annotations

import uuid

import pytest

from antigone.access.models import Once, Operator
from antigone.access.rules import Role
from antigone.missing.models import Holding, Person
from tests.web import missed
from tests.web.people import Agencies, ClientAs, client_of, somebody


def test_a_form_is_done_once_by_one_person_for_one_deed(agencies: Agencies, client_as: ClientAs) -> None:
    clerk, key = client_as(Role.BUREAU_CLERK), str(uuid.uuid4())
    sent = {"name": "Register A", "once": key}
    first = clerk.post("/holdings/new/", sent)
    assert first.status_code == 302
    assert clerk.post("/holdings/new/", sent)["Location"] == first["Location"]
    assert clerk.post("/holdings/new/", {**sent, "name": "Register B"}).status_code == 409
    # The same key of another person, or for another deed of the same person, is another key or none.
    colleague = client_of(somebody(agencies.ours, Role.BUREAU_CLERK, name="a colleague"))
    assert colleague.post("/holdings/new/", {"name": "Register C", "once": key}).status_code == 302
    person = missed.person(agencies.ours)
    assert clerk.post(f"/missing/{person.pk}/close/", {"state": "found", "once": key}).status_code == 409
    person.report.refresh_from_db()
    assert person.report.state == "open"
    assert sorted(Holding.objects.filter(name__startswith="Register").values_list("name", flat=True)) == [
        "Register A",
        "Register C",
    ]


@pytest.mark.parametrize("key", ["x" * 500, "a\nb", "a\u202eb", "\u0000"])
def test_keys_that_cannot_be_kept_do_nothing(agencies: Agencies, client_as: ClientAs, key: str) -> None:
    clerk = client_as(Role.BUREAU_CLERK)
    for _turn in range(2):
        assert clerk.post("/holdings/new/", {"name": "Register", "once": key}).status_code == 422
    assert not Once.objects.exists()
    assert not Holding.objects.filter(name="Register").exists()


@pytest.mark.parametrize("key", ["", " "])
def test_without_a_key_a_holding_is_still_opened_once(agencies: Agencies, client_as: ClientAs, key: str) -> None:
    clerk = client_as(Role.BUREAU_CLERK)
    for _turn in range(2):
        assert clerk.post("/holdings/new/", {"name": "Register", "once": key}).status_code == 302
    assert Holding.objects.filter(name="Register").count() == 1


def test_a_refused_form_leaves_its_key_free(agencies: Agencies, client_as: ClientAs) -> None:
    person, key = missed.person(agencies.ours), str(uuid.uuid4())
    theirs = client_as(Role.BUREAU_CLERK, agency=agencies.theirs)
    assert theirs.post(f"/missing/{person.pk}/close/", {"state": "found", "once": key}).status_code == 404
    assert not Once.objects.filter(key=key).exists()


def test_fields_that_a_form_has_not_change_nothing(agencies: Agencies, client_as: ClientAs) -> None:
    """Who adds fields to a form sets no column by it."""
    client = client_as(Role.BUREAU_CLERK, Role.ADMINISTRATOR)
    more = {"approved_by": "operator:1", "approved_at": "2026-01-01", "agency": agencies.theirs.pk, "opened_by": "x"}
    client.post("/holdings/new/", {"name": "Register", "once": "1", **more})
    holding = Holding.objects.get(name="Register")
    assert holding.agency_id == agencies.ours.pk
    assert holding.opened_by == somebody(agencies.ours, Role.BUREAU_CLERK, Role.ADMINISTRATOR).actor
    sent = {"name": "New colleague", "machine": "1", "agency": agencies.theirs.pk}
    unheard = client.post("/administration/people/new/", {**sent, "once": "2", "roles": ["auditor", "god"]})
    assert unheard.status_code == 422
    assert not Operator.objects.filter(name="New colleague").exists()
    client.post("/administration/people/new/", {**sent, "once": "3", "roles": ["auditor"]})
    found = Operator.objects.get(name="New colleague")
    assert found.agency_id == agencies.ours.pk
    assert not found.machine
    assert [each.role for each in found.grants.all()] == ["auditor"]
    assert not Person.objects.exists()


def test_an_administrator_gives_themselves_no_eyes(agencies: Agencies) -> None:
    """While another administrator is there, nobody makes themselves who looks at faces."""
    first = somebody(agencies.ours, Role.ADMINISTRATOR, name="first administrator")
    somebody(agencies.ours, Role.ADMINISTRATOR, name="second administrator")
    client = client_of(first)
    roles = {"roles": ["administrator", "mortuary-examiner"], "shown": "administrator", "once": "1"}
    answer = client.post(f"/administration/people/{first.pk}/roles/", roles)
    assert answer.status_code == 403
    assert [each.role for each in first.grants.filter(revoked_at=None)] == ["administrator"]
    assert client.get("/missing/").status_code == 403
