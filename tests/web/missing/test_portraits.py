"""Portraits: several at once, each refused by itself with its sentence, the others kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from antigone.access.rules import Role
from antigone.demo.people import COHORT
from antigone.missing import consents
from antigone.missing.models import Person, Portrait
from tests.web import missed, records
from tests.web.missing.conftest import PersonOf
from tests.web.people import Agencies, ClientAs

HOSTILE = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def _file(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def _face(number: int = 1) -> bytes:
    return (COHORT / f"portraits/M-0001/{number}.jpg").read_bytes()


def _send(clerk: Client, person: Person, files: list[SimpleUploadedFile], **more: str) -> object:
    form = {"basis": "family-consent", "given_by": "the aunt", "taken_on": "2014", "shows": "smiling", **more}
    return clerk.post(f"/missing/{person.pk}/portraits/add/", {**form, "pictures": files})


def test_what_is_a_face_is_kept_and_the_rest_told(client_as: ClientAs, missing: PersonOf, models: Path) -> None:
    person = missing()
    clerk = client_as(Role.BUREAU_CLERK)
    files = [_file("one.jpg", _face()), _file("no-face.jpg", records.jpeg()), _file("evil.svg", HOSTILE)]
    answer = _send(clerk, person, files)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "1 portrait is on record." in page
    assert "<strong>no-face.jpg</strong>: No face was found" in page
    assert "<strong>evil.svg</strong>:" in page
    kept = Portrait.objects.get()
    assert (kept.given_by, kept.taken_on, kept.shows) == ("the aunt", "2014", "smiling")
    again = _send(clerk, person, [_file("one.jpg", _face())])
    assert again["Location"] == f"/missing/{person.pk}/#portraits"  # type: ignore[index]
    assert Portrait.objects.count() == 1
    assert "Searched" in clerk.get(f"/missing/{person.pk}/").content.decode()


def test_a_family_picture_needs_the_consent_of_its_giver(
    client_as: ClientAs, missing: PersonOf, agencies: Agencies, models: Path
) -> None:
    from antigone.intake.filing import Agreed

    person = missing()
    relative = person.relatives.get()
    clerk = client_as(Role.BUREAU_CLERK)
    refused = _send(clerk, person, [_file("one.jpg", _face())], giver=str(relative.pk))
    assert "No consent of whoever gave it stands on record" in refused.content.decode()  # type: ignore[attr-defined]
    today = person.recorded_at.date()  # type: ignore[union-attr]
    consents.record_consent(relative, Agreed("1", today, "signed"), missed.tracer(agencies.ours))
    taken = _send(clerk, person, [_file("one.jpg", _face())], giver=str(relative.pk))
    assert taken.status_code == 302  # type: ignore[attr-defined]
    assert Portrait.objects.get().giver == relative


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"basis": "found-online"}, "found-online is not one of the available choices"),
        ({"given_by": ""}, "Say who gave the pictures"),
        ({"until": "2001-01-01"}, "The last day on which it may be searched has passed"),
        ({"taken_on": "next year"}, "This is not read as a date"),
        ({"giver": "9999"}, "9999 is not one of the available choices"),
    ],
)
def test_terms_that_cannot_be(client_as: ClientAs, missing: PersonOf, wrong: dict[str, str], said: str) -> None:
    person = missing()
    answer = _send(client_as(Role.BUREAU_CLERK), person, [_file("one.jpg", records.jpeg())], **wrong)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    # A picture without a face would be refused too, for another reason.
    assert said in answer.content.decode()  # type: ignore[attr-defined]
    assert not Portrait.objects.exists()


def test_what_is_said_of_a_portrait_is_changed(client_as: ClientAs, missing: PersonOf, agencies: Agencies) -> None:
    person = missing()
    portrait = records.portrait(agencies.ours)
    Portrait.objects.filter(pk=portrait.pk).update(person=person)
    clerk = client_as(Role.BUREAU_CLERK)
    url = f"/missing/portraits/{portrait.pk}/"
    assert f"/pictures/portraits/{portrait.pk}/" in clerk.get(url).content.decode()
    assert clerk.post(url, {"once": "1", "taken_on": "2014-05", "shows": "teeth are seen"}).status_code == 302
    portrait.refresh_from_db()
    assert (portrait.taken_on, portrait.shows) == ("2014-05", "teeth are seen")
    assert "taken May 2014" in clerk.get(f"/missing/{person.pk}/").content.decode()
