"""Pictures: behind the veil until a logged click, for one person and minutes, made anew without metadata."""

from __future__ import annotations

import re

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from antigone.access.rules import Role
from antigone.ledger.models import Entry
from tests.web import records
from tests.web.people import Agencies, ClientAs, client_of, somebody


def lifted(client: Client, pk: object) -> str:
    """The address of the picture in the answer to a lifted veil."""
    answer = client.post(reverse("web:photograph-lift", args=[pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 200
    found = re.search(r'<img[^>]* src="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1].replace("&amp;", "&")


def looks(action: str) -> int:
    return Entry.objects.filter(action=action).count()


def test_a_lifted_veil_is_in_the_ledger_and_gives_the_picture_without_metadata(
    agencies: Agencies, client_as: ClientAs
) -> None:
    photograph, client = records.photograph(agencies.ours), client_as(Role.MORTUARY_EXAMINER)
    url = lifted(client, photograph.pk)
    assert looks("remains:photograph:look") == 1
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"\xff\xd8")
    assert b"a maker" in records.jpeg()
    assert b"a maker" not in answer.content


def test_the_address_of_a_picture_is_good_for_one_person_and_one_picture(
    agencies: Agencies, client_as: ClientAs
) -> None:
    photograph, other = records.photograph(agencies.ours), records.photograph(agencies.ours)
    url = lifted(client_as(Role.MORTUARY_EXAMINER), photograph.pk)
    colleague = client_of(somebody(agencies.ours, Role.MORTUARY_EXAMINER, name="a colleague"))
    assert colleague.get(url).status_code == 404
    swapped = url.replace(str(photograph.pk), str(other.pk), 1)
    assert client_as(Role.MORTUARY_EXAMINER).get(swapped).status_code == 404


def test_the_address_of_a_picture_expires(
    agencies: Agencies, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    photograph, client = records.photograph(agencies.ours), client_as(Role.MORTUARY_EXAMINER)
    url = lifted(client, photograph.pk)
    later = signing.time.time() + 121
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert client.get(url).status_code == 404


def test_a_page_with_a_veil_holds_no_address_of_the_picture(agencies: Agencies, client_as: ClientAs) -> None:
    from django.template import Context, Template
    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.operator = somebody(agencies.ours, Role.MORTUARY_EXAMINER)  # type: ignore[attr-defined]
    photograph = records.photograph(agencies.ours)
    page = Template("{% load pages %}{% veil photograph %}").render(
        Context({"request": request, "photograph": photograph})
    )
    assert photograph.subject.code in page
    assert "<img" not in page
    assert looks("remains:photograph:look") == 0


def test_a_portrait_is_a_look_too(agencies: Agencies, client_as: ClientAs) -> None:
    portrait = records.portrait(agencies.ours)
    answer = client_as(Role.TRACING_OFFICER).get(reverse("web:portrait", args=[portrait.pk]))
    assert answer.status_code == 200
    assert b"a maker" not in answer.content
    assert looks("missing:portrait:look") == 1
