"""Pixels leave by a deliberate, recorded look, to whoever may, for minutes, and without what a camera wrote."""

from __future__ import annotations

import io
import struct
import uuid
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from antigone.access.rules import Role
from antigone.enrolment.models import Template
from antigone.intake.filing import Likeness
from antigone.ledger.models import Entry
from antigone.remains.models import Photograph
from antigone.vault import store
from antigone.web.pictures import tokens
from tests.web import found, missed, records
from tests.web.people import Agencies, ClientAs, client_of, somebody


def looks() -> int:
    return Entry.objects.filter(action="remains:photograph:look").count()


def address(lifted: Any) -> str:
    text: str = lifted.content.decode()
    begin = text.index("/pictures/photographs/")
    return str(text)[begin : text.index('"', begin)].replace("&amp;", "&")


def test_a_lifted_veil_is_one_persons_for_one_picture_and_for_minutes(
    agencies: Agencies, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = records.photograph(agencies.ours), records.photograph(agencies.ours)
    examiner = client_as(Role.MORTUARY_EXAMINER)
    plain = reverse("web:photograph", args=[one.pk])
    for path in (plain, f"{plain}?token=", f"{plain}?token=x:y:z"):
        assert examiner.get(path).status_code == 404
    assert examiner.get(reverse("web:photograph-lift", args=[one.pk])).status_code == 405
    assert looks() == 0
    lifted = address(examiner.post(reverse("web:photograph-lift", args=[one.pk])))
    assert looks() == 1
    shown = examiner.get(lifted)
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "no-store"
    assert not Image.open(io.BytesIO(shown.content)).getexif()
    # Not another picture, not another person, not another kind of picture, not tomorrow.
    token = lifted.partition("?token=")[2]
    assert examiner.get(f"{reverse('web:photograph', args=[other.pk])}?token={token}").status_code == 404
    colleague = client_of(somebody(agencies.ours, Role.MORTUARY_EXAMINER, name="a colleague"))
    assert colleague.get(lifted).status_code == 404
    assert client_as(Role.AUDITOR).get(lifted).status_code == 403
    assert Client(HTTP_HOST="localhost").get(lifted).status_code == 302
    who = somebody(agencies.ours, Role.MORTUARY_EXAMINER)
    for kind in ("found-document", "open-source", "sample"):
        assert examiner.get(f"{plain}?token={tokens.token_for(who, kind, one.pk)}").status_code == 404
    monkeypatch.setattr(tokens, "HOLDS", timedelta(seconds=-1))
    assert examiner.get(lifted).status_code == 404
    assert looks() == 1


def test_the_look_is_in_the_ledger_or_nothing_is_shown(
    agencies: Agencies, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    from antigone.ledger.errors import LedgerError
    from antigone.remains import looking

    def full(*_args: Any, **_kwargs: Any) -> None:
        raise LedgerError("The ledger cannot go on.")

    monkeypatch.setattr(looking, "record", full)
    photograph = records.photograph(agencies.ours)
    answer = client_as(Role.MORTUARY_EXAMINER).post(reverse("web:photograph-lift", args=[photograph.pk]))
    assert answer.status_code == 503
    assert "?token=" not in answer.content.decode()


def test_a_portrait_is_shown_without_what_the_camera_wrote(agencies: Agencies, client_as: ClientAs) -> None:
    portrait = records.portrait(agencies.ours)
    answer = client_as(Role.TRACING_OFFICER).get(reverse("web:portrait", args=[portrait.pk]))
    assert answer.status_code == 200
    assert not Image.open(io.BytesIO(answer.content)).getexif()
    assert Entry.objects.filter(action="missing:portrait:look", object=f"portrait:{portrait.pk}").exists()


def hostile() -> dict[str, bytes]:
    """Files that are no picture, or too much of one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000, 9)) + chunk(b"IEND", b"")
    real = records.jpeg()
    return {
        "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><image href="file:///etc/passwd"/></svg>',
        "bomb.png": bomb,
        "page.jpg": b"<!doctype html><script>alert(1)</script>",
        "cut.jpg": real[: len(real) // 3],
        "empty.jpg": b"\xff\xd8\xff",
        "../../../etc/passwd.jpg": b"GIF89a" + b"\0" * 40,
        '"><img src=x onerror=alert(1)>.jpg': b"%PDF-1.7 " + b"\0" * 100,
    }


def test_what_is_no_picture_is_kept_nowhere(agencies: Agencies, client_as: ClientAs) -> None:
    body = found.body(agencies.ours)
    recorder = client_as(Role.FIELD_RECORDER)
    for name, data in hostile().items():
        sent = {"photographs": SimpleUploadedFile(name, data, content_type="image/jpeg"), "taken_by": "A"}
        answer = recorder.post(reverse("web:remains:photographs-add", args=[body.pk]), sent)
        assert answer.status_code == 422, name
        text = answer.content.decode()
        assert "<img src=x" not in text
        assert "Traceback" not in text
        assert "/tmp" not in text
    assert not Photograph.objects.filter(subject=body).exists()


def test_a_picture_with_a_page_behind_it_is_shown_as_a_picture_alone(agencies: Agencies, client_as: ClientAs) -> None:
    """What hides behind the last pixel is sealed with the original, and never leaves by a page."""
    body = found.body(agencies.ours)
    data = records.jpeg() + b"<script>alert(1)</script>"
    recorder = client_as(Role.FIELD_RECORDER)
    sent = {"photographs": SimpleUploadedFile("a.jpg", data, content_type="text/html"), "taken_by": "A"}
    recorder.post(reverse("web:remains:photographs-add", args=[body.pk]), sent)
    photograph = Photograph.objects.get(subject=body)
    assert store.open(str(photograph.pk)) == data
    answer = recorder.get(address(recorder.post(reverse("web:photograph-lift", args=[photograph.pk]))))
    assert answer["Content-Type"] == "image/jpeg"
    assert b"script" not in answer.content


def test_nothing_public_comes_near_a_gallery(agencies: Agencies) -> None:
    body = found.body(agencies.ours)
    found.item(body, approved=True)
    found.document(body)
    found.photograph(body)
    assert not Template.objects.exists()


def test_pictures_of_an_enquiry_are_its_agencys(agencies: Agencies, client_as: ClientAs) -> None:
    enquiry = missed.enquiry(agencies.ours, portraits=[Likeness(records.jpeg())])
    picture = reverse("web:enquiries:picture", args=[enquiry.portraits.get().pk])
    theirs = client_as(Role.TRACING_OFFICER, agency=agencies.theirs)
    assert theirs.get(picture).status_code == 404
    assert theirs.get(reverse("web:enquiries:picture", args=[uuid.uuid4()])).status_code == 404
    assert client_as(Role.MORTUARY_EXAMINER).get(picture).status_code == 403
    answer = client_as(Role.TRACING_OFFICER).get(picture)
    assert answer.status_code == 200
    assert not Image.open(io.BytesIO(answer.content)).getexif()
    assert Entry.objects.filter(action="intake:portrait:look").count() == 1
