"""Photographs: kept one by one while others are refused, corrected, erased; pictures of papers behind their veil."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from antigone.access.rules import Role
from antigone.ledger.models import Entry
from antigone.remains.models import Photograph
from antigone.vault import store
from antigone.vault.errors import KeyGone
from tests.web import found
from tests.web.people import Agencies, ClientAs

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def add(client: Client, pk: int, files: list[SimpleUploadedFile], **data: Any) -> Any:
    return client.post(reverse("web:remains:photographs-add", args=[pk]), {"photographs": files, **data})


def test_what_cannot_be_used_is_told_and_the_others_are_kept(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    files = [file("a.jpg", found.picture(1)), file("<b>.jpg", SVG), file("c.jpg", b""), file("d.png", found.picture(2))]
    answer = add(client, subject.pk, files, shot="F1", taken_by="me")
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "2 photographs are on record." in shown
    assert "&lt;b&gt;.jpg" in shown
    assert Photograph.objects.filter(subject=subject, shot="F1").count() == 2
    # The same again adds nothing twice.
    assert add(client, subject.pk, [file("a.jpg", found.picture(1))], shot="F1").status_code == 302
    assert Photograph.objects.count() == 2


def test_files_may_be_named_after_their_shots(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    files = [file("F1.jpg", found.picture(1)), file("x d2.jpg", found.picture(2)), file("IMG_7.jpg", found.picture(3))]
    assert add(client, subject.pk, files, shot="as-named", card_visible="yes", cleaned="no").status_code == 302
    assert sorted(Photograph.objects.values_list("shot", flat=True)) == ["", "D2", "F1"]
    assert set(Photograph.objects.values_list("card_visible", "cleaned")) == {(True, False)}


def test_marks_are_numbered_and_faces_are_not(agencies: Agencies, client_as: ClientAs) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    assert add(client, subject.pk, [file("a", found.picture(1))], shot="F1", number="2").status_code == 422
    assert add(client, subject.pk, [file("a", found.picture(1))], shot="D", number="zwei").status_code == 422
    assert add(client, subject.pk, [], shot="D").status_code == 422
    assert add(client, subject.pk, [file("a", found.picture(1))], shot="D", number="3").status_code == 302
    assert Photograph.objects.get().shot == "D3"


def test_how_it_was_taken_is_corrected_and_the_picture_stays(agencies: Agencies, client_as: ClientAs) -> None:
    photograph, client = found.photograph(found.body(agencies.ours), "D2"), client_as(Role.FIELD_RECORDER)
    url = reverse("web:remains:photograph", args=[photograph.pk])
    shown = client.get(url).content.decode()
    assert '<option value="D" selected>' in shown
    assert "<img" not in shown
    seen = shown.partition('name="seen" value="')[2].partition('"')[0]
    sent = {"seen": seen, "shot": "F2", "taken_at": "2026-01-05T10:00", "cleaned": "yes", "once": "a"}
    assert client.post(url, sent).status_code == 302
    before = photograph.sha256
    photograph.refresh_from_db()
    assert (photograph.shot, photograph.cleaned, photograph.card_visible) == ("F2", True, None)
    assert photograph.sha256 == before


def test_erasing_takes_the_key_and_is_for_the_reviewer(agencies: Agencies, client_as: ClientAs) -> None:
    photograph = found.photograph(found.body(agencies.ours))
    client, url = (
        client_as(Role.DATA_PROTECTION_REVIEWER),
        reverse("web:remains:photograph-erase", args=[photograph.pk]),
    )
    assert "no backup brings it back" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    for _click in range(2):
        assert client.post(url, {"reason": "taken by mistake", "once": "a"}).status_code == 302
    assert not Photograph.objects.exists()
    with pytest.raises(KeyGone):
        store.open(str(photograph.pk))
    assert client_as(Role.FIELD_RECORDER).get(url).status_code == 403


def test_a_carried_paper_says_carried_and_its_picture_is_behind_a_logged_click(
    agencies: Agencies, client_as: ClientAs
) -> None:
    subject, client = found.body(agencies.ours), client_as(Role.FIELD_RECORDER)
    given = {
        "kind": "passport",
        "where_on_body": "inside pocket",
        "found_by": "A. Finder",
        "names_on_it": "Olena K.",
        "picture": file("p.png", found.picture(3)),
        "once": "a",
    }
    assert client.post(reverse("web:remains:document-new", args=[subject.pk]), given).status_code == 302
    document = subject.documents.get()
    shown = client.get(reverse("web:remains:subject", args=[subject.pk])).content.decode()
    assert f"Passport carried by {subject.code}, in the name of Olena K." in shown
    assert Entry.objects.filter(action="remains:document:look").count() == 0
    answer = client.post(reverse("web:remains:document-lift", args=[document.pk]), headers={"HX-Request": "true"})
    assert Entry.objects.filter(action="remains:document:look").count() == 1
    source = re.search(r'<img[^>]* src="([^"]+)"', answer.content.decode())
    assert source is not None
    picture = client.get(source[1].replace("&amp;", "&"))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/jpeg")
    stranger = client_as(Role.MORTUARY_EXAMINER, agency=agencies.theirs)
    assert stranger.get(source[1].replace("&amp;", "&")).status_code == 404
    examiner = client_as(Role.MORTUARY_EXAMINER)
    page = examiner.get(reverse("web:remains:subject", args=[subject.pk])).content.decode()
    assert f"Passport carried by {subject.code}" in page
    assert "Olena K." not in page
    assert "not shown to who examines faces" in page
    assert examiner.post(reverse("web:remains:document-lift", args=[document.pk])).status_code == 403
    back = reverse("web:remains:document-withdraw", args=[document.pk])
    assert client.post(back, {"reason": "another body", "once": "b"}).status_code == 302
    assert "taken back" in client.get(reverse("web:remains:subject", args=[subject.pk])).content.decode()
    hostile = {**given, "picture": file("p.svg", SVG), "once": "c"}
    assert client.post(reverse("web:remains:document-new", args=[subject.pk]), hostile).status_code == 422
    assert subject.documents.count() == 1
