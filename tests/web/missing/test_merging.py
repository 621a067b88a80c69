"""Two records are compared, made one and taken apart."""

from __future__ import annotations

from antigone.access.rules import Role
from antigone.missing.models import Kinship, Merge
from tests.web import missed
from tests.web.missing.conftest import PersonOf
from tests.web.people import Agencies, ClientAs


def test_a_merge_is_seen_before_it_is_made_and_can_be_undone(client_as: ClientAs, missing: PersonOf) -> None:
    kept = missing("Kovalenko", "Ivan", ref="M-KEPT", sex="male")
    other = missing("Kovalenko", "Ivan", ref="M-OTHER", sex="male", occupation="baker")
    tracer = client_as(Role.TRACING_OFFICER)
    assert "There may be two records of this person" in tracer.get(f"/missing/{kept.pk}/").content.decode()
    assert "M-OTHER" in tracer.get(f"/missing/{kept.pk}/merge/").content.decode()
    assert "M-OTHER" in tracer.get(f"/missing/{kept.pk}/merge/", {"q": "kovalenko"}).content.decode()
    url = f"/missing/{kept.pk}/merge/{other.pk}/"
    moving, staying = tracer.get(url).content.decode().split("What stays with the other record")
    assert "Occupation: baker" in moving
    assert "Sex: male" in staying
    assert tracer.post(url, {"once": "0", "reason": ""}).status_code == 422
    for _time in range(2):
        assert tracer.post(url, {"once": "1", "reason": "the same passport"})["Location"] == f"/missing/{kept.pk}/"
    merge = Merge.objects.get()
    led = tracer.get(f"/missing/{other.pk}/")
    assert led["Location"] == f"/missing/{kept.pk}/"
    page = tracer.get(f"/missing/{kept.pk}/").content.decode()
    assert "baker" in page
    assert f"/missing/merges/{merge.pk}/undo/" in page
    assert "the same passport" in page
    undone = tracer.post(f"/missing/merges/{merge.pk}/undo/", {"once": "2", "reason": "two brothers"})
    assert undone.status_code == 302
    assert tracer.get(f"/missing/{other.pk}/").status_code == 200
    assert "two brothers" in tracer.get(f"/missing/{kept.pk}/").content.decode()
    assert tracer.get(f"/missing/merges/{merge.pk}/undo/").status_code == 404


def test_what_cannot_be_merged_says_why_and_offers_no_button(client_as: ClientAs, missing: PersonOf) -> None:
    one, other = missing("Bondar", "Ivan"), missing("Bondar", "Petro")
    tracer = client_as(Role.TRACING_OFFICER)
    from antigone.missing.kinship import record_kinship

    record_kinship(one, other, "sibling", missed.tracer(one.holding.agency))
    page = tracer.get(f"/missing/{one.pk}/merge/{other.pk}/").content.decode()
    assert "on record as kin of each other" in page
    assert "Make them one" not in page
    assert Kinship.objects.count() == 1
    assert tracer.post(f"/missing/{one.pk}/merge/{other.pk}/", {"once": "1", "reason": "x"}).status_code == 422
    assert tracer.post(f"/missing/{one.pk}/merge/{one.pk}/", {"once": "2", "reason": "x"}).status_code == 422


def test_a_record_of_another_agency_is_not_merged(client_as: ClientAs, missing: PersonOf, agencies: Agencies) -> None:
    ours, theirs = missing(), missing(agency=agencies.theirs)
    tracer = client_as(Role.TRACING_OFFICER)
    assert tracer.get(f"/missing/{ours.pk}/merge/{theirs.pk}/").status_code == 404
    assert tracer.post(f"/missing/{ours.pk}/merge/{theirs.pk}/", {"reason": "x"}).status_code == 404


def test_a_clerk_does_not_merge(client_as: ClientAs, missing: PersonOf) -> None:
    person = missing()
    page = client_as(Role.BUREAU_CLERK).get(f"/missing/{person.pk}/").content.decode()
    assert "/merge/" not in page
