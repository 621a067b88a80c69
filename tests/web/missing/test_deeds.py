"""Closing, reopening, speaking for oneself, erasing, reviewing, kin and registers."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from antigone.access.rules import Role
from antigone.missing.models import Kinship, Person, Portrait, RegisterFact, Report
from tests.web import records
from tests.web.missing.conftest import PersonOf
from tests.web.people import Agencies, ClientAs


def test_a_report_is_closed_and_opened_again(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing()
    clerk = client_as(Role.BUREAU_CLERK)
    url = f"/missing/{person.pk}/close/"
    # That somebody is identified is the board's word.
    for wrong in ("identified", "merged", ""):
        assert clerk.post(url, {"once": f"x{wrong}", "state": wrong}).status_code == 422
    assert clerk.post(url, {"once": "1", "state": "found"}).status_code == 302
    assert Report.objects.get(person=person).state == "found"
    assert "Open the report again" in clerk.get(f"/missing/{person.pk}/").content.decode()
    assert clerk.post(f"/missing/{person.pk}/reopen/", {"once": "2"}).status_code == 302
    assert Report.objects.get(person=person).state == "open"


def test_somebody_who_is_not_missing_ends_the_search_and_is_checked(
    client_as: ClientAs, missing: PersonOf, agencies: Agencies
) -> None:
    person = missing()
    portrait = records.portrait(agencies.ours)
    Portrait.objects.filter(pk=portrait.pk).update(person=person)
    clerk = client_as(Role.BUREAU_CLERK)
    assert clerk.post(f"/missing/{person.pk}/speaks/", {"once": "1"}).status_code == 302
    portrait.refresh_from_db()
    assert portrait.withheld_at is not None
    page = clerk.get(f"/missing/{person.pk}/").content.decode()
    assert "Somebody says that they are this person" in page
    desk = clerk.get("/").content.decode()
    assert "Somebody says that they are not missing" in desk
    assert clerk.post(f"/missing/{person.pk}/identity/", {"once": "2"}).status_code == 422
    assert clerk.post(f"/missing/{person.pk}/identity/", {"once": "3", "confirmed": "no"}).status_code == 302
    assert Report.objects.get(person=person).state == "open"
    portrait.refresh_from_db()
    assert portrait.withheld_at is None


def test_a_person_is_erased_once_and_a_second_click_goes_to_the_list(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing()
    reviewer = client_as(Role.DATA_PROTECTION_REVIEWER)
    url = f"/missing/{person.pk}/erase/"
    asked = reviewer.get(url).content.decode()
    assert "This cannot be undone" in asked
    assert reviewer.post(url, {"once": "1", "reason": " "}).status_code == 422
    for _time in range(2):
        answer = reviewer.post(url, {"once": "1", "reason": "the family asked"})
        assert answer["Location"] == "/missing/"
    assert not Person.objects.filter(pk=person.pk).exists()
    assert reviewer.post(url, {"once": "2", "reason": "again"}).status_code == 404


def test_a_portrait_is_erased_by_the_reviewer_alone(client_as: ClientAs, missing: PersonOf, agencies: Agencies) -> None:
    person = missing()
    portrait = records.portrait(agencies.ours)
    Portrait.objects.filter(pk=portrait.pk).update(person=person)
    url = f"/missing/portraits/{portrait.pk}/erase/"
    assert client_as(Role.BUREAU_CLERK).post(url, {"once": "1", "reason": "x"}).status_code == 403
    reviewer = client_as(Role.DATA_PROTECTION_REVIEWER)
    # The reviewer decides on records, and sees no face.
    page = reviewer.get(f"/missing/{person.pk}/").content.decode()
    assert "Your roles do not open portraits" in page
    assert f"/pictures/portraits/{portrait.pk}/" not in page
    assert reviewer.post(url, {"once": "1", "reason": "given by mistake"}).status_code == 302
    assert not Portrait.objects.filter(pk=portrait.pk).exists()


def test_what_is_due_is_kept_with_a_reason(client_as: ClientAs, missing: PersonOf, agencies: Agencies) -> None:
    today = timezone.now().date()
    person = missing(ref="M-DUE")
    Person.objects.filter(pk=person.pk).update(review_on=today + timedelta(days=5))
    portrait = records.portrait(agencies.ours)
    Portrait.objects.filter(pk=portrait.pk).update(person=person, review_on=today - timedelta(days=2))
    reviewer = client_as(Role.DATA_PROTECTION_REVIEWER)
    due = reviewer.get("/missing/reviews/").content.decode()
    assert "M-DUE" in due
    assert ">past<" in due
    assert "M-DUE" in reviewer.get("/missing/reviews/?of=persons").content.decode()
    assert "Reviews that are due" in reviewer.get("/").content.decode()
    url = f"/missing/portraits/{portrait.pk}/keep/"
    later = (today + timedelta(days=200)).isoformat()
    for wrong in (
        {"reason": "", "review_on": later},
        {"reason": "still missed"},
        {"reason": "still missed", "review_on": later, "until": later},
        {"reason": "still missed", "review_on": (today + timedelta(days=9000)).isoformat()},
    ):
        assert reviewer.post(url, wrong).status_code == 422, wrong
    assert reviewer.post(url, {"once": "1", "reason": "still missed", "review_on": later}).status_code == 302
    portrait.refresh_from_db()
    assert portrait.review_on is not None
    assert portrait.review_on.isoformat() == later
    kept = {"once": "2", "reason": "still missed", "review_on": later}
    assert reviewer.post(f"/missing/{person.pk}/keep/", kept).status_code == 302
    assert "Nothing is due" in reviewer.get("/missing/reviews/").content.decode()


def test_kin_is_found_by_typing_and_taken_back(client_as: ClientAs, missing: PersonOf) -> None:
    one, other = missing("Bondar", "Ivan", ref="M-1"), missing("Bondar", "Petro", ref="M-2")
    clerk = client_as(Role.BUREAU_CLERK)
    url = f"/missing/{one.pk}/kin/?q=bondar"
    assert "M-2" in clerk.get(url).content.decode()
    said = {"once": "1", "other": str(other.pk), "kind": "sibling", "said_by": "the mother"}
    assert clerk.post(url, said).status_code == 302
    assert clerk.post(url, said).status_code == 302
    kin = Kinship.objects.get()
    for person, ref in ((one, "M-2"), (other, "M-1")):
        assert ref in clerk.get(f"/missing/{person.pk}/").content.decode()
    assert clerk.post(f"/missing/kin/{kin.pk}/end/", {"once": "2", "reason": "a mistake"}).status_code == 302
    kin.refresh_from_db()
    assert kin.ended_at is not None
    # Nobody is offered themselves.
    assert clerk.post(url, {**said, "once": "3", "other": str(one.pk)}).status_code == 422


def test_what_a_register_says(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing()
    clerk = client_as(Role.BUREAU_CLERK)
    url = f"/missing/{person.pk}/registers/new/"
    assert clerk.post(url, {"kind": "police-report", "authority": "Police", "dated": "tomorrow"}).status_code == 422
    said = {
        "once": "1",
        "kind": "court-missing",
        "authority": "Court of Izium",
        "number": "2-15/24",
        "dated": "2024-06",
    }
    assert clerk.post(url, said).status_code == 302
    fact = RegisterFact.objects.get()
    assert "Court of Izium" in clerk.get(f"/missing/{person.pk}/").content.decode()
    assert clerk.post(f"/missing/registers/{fact.pk}/end/", {"once": "2", "reason": "of another"}).status_code == 302
    assert "Court of Izium" not in clerk.get(f"/missing/{person.pk}/").content.decode()
