"""Every page that can be read, asked for by those who must not learn what stands in the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from antigone.access.models import Agency
from antigone.access.rules import Role
from antigone.remains import claims, resting
from antigone.remains.claims import NewClaim
from tests.web import casefile, found, missed
from tests.web.people import Agencies, client_of, somebody
from tests.web.routes import ROUTES

# Whom somebody is missed by, who is missed, and who is said to have been recognised by whom.
OF_THE_MISSING = ("Kovalenko", "Olha", "Bondar", "Maria")
OF_CLAIMS = ("Zenon", "Zoya")
OF_THE_DEAD = ("LIMEN-", "VELDRA-A-001", "quay at", "WARD-")
TYPED = ("", "?q=Kovalenko", "?q=Zoya", "?q=LIMEN", "?q=Bondar")


def records(agency: Agency) -> None:
    """What there is to learn in an agency."""
    missed.person(agency)
    missed.enquiry(agency)
    body = found.body(agency)
    claims.add(
        body, NewClaim("Zenon Claimant", "Zoya Named", "body", date(2026, 1, 6), "A. Hearer"), found.staff(agency)
    )
    found.photograph(body)
    found.item(body)
    found.release(body)
    found.living(agency)
    found.photograph(found.living(agency), shade=9)
    casefile.search(casefile.case(agency, photographs=1), leads=2)
    resting.choose_later_fragments(
        body, "each-time", found.staff(agency), chosen_by="Zlata Kin", relation="sister", chosen_on=date(2026, 1, 7)
    )


def read(client: Client, agency: Agency | None) -> Iterator[tuple[str, Any]]:
    """The answer of every route that is read; with `agency`, also those of one record of it."""
    for route in ROUTES:
        # The style guide shows people who never were.
        if route.method != "get" or route.name in ("account_logout", "web:design"):
            continue
        if route.kwargs is not None and agency is None:
            continue
        kwargs = dict(route.kwargs(agency)) if route.kwargs and agency else {}
        url = reverse(route.name, kwargs=kwargs)
        for query in TYPED if not kwargs else (route.query,):
            yield f"{url}{query}", client.get(url + query)


def tells(answer: Any, words: Iterable[str], path: str) -> list[str]:
    if answer.get("Content-Type", "").startswith("image/"):
        return ["a picture"]
    typed = path.partition("?q=")[2] or "-"
    text = answer.content.decode() + str(answer.headers)
    return [word for word in words if word in text and word != typed]


@pytest.mark.slow
def test_who_examines_reads_no_name_and_no_claim(agencies: Agencies) -> None:
    records(agencies.ours)
    examiner = client_of(somebody(agencies.ours, Role.MORTUARY_EXAMINER))
    learnt = {
        path: told
        for path, answer in read(examiner, agencies.ours)
        if (told := tells(answer, OF_THE_MISSING + OF_CLAIMS, path)) and answer.status_code < 500
    }
    assert learnt == {}


@pytest.mark.slow
def test_who_audits_reads_no_name_and_sees_no_picture(agencies: Agencies) -> None:
    records(agencies.ours)
    auditor = client_of(somebody(agencies.ours, Role.AUDITOR))
    learnt = {
        path: told
        for path, answer in read(auditor, agencies.ours)
        if (told := tells(answer, OF_THE_MISSING + OF_CLAIMS, path))
    }
    assert learnt == {}


@pytest.mark.slow
def test_who_works_elsewhere_learns_of_nothing(agencies: Agencies) -> None:
    """Lists, searches, desks and counts of another agency, for somebody who may do everything in theirs."""
    records(agencies.theirs)
    everything = client_of(somebody(agencies.ours, *Role, name="everything"))
    learnt = {
        path: told
        for path, answer in read(everything, None)
        if "/audit/" not in path and (told := tells(answer, OF_THE_MISSING + OF_CLAIMS + OF_THE_DEAD, path))
    }
    assert learnt == {}


def test_no_page_fails_whatever_stands_in_the_records(agencies: Agencies) -> None:
    """Names with the letters that end an attribute, a script or a header are letters."""
    nasty = "\"><script>alert(1)</script>'{{7*7}}</textarea>"
    person = missed.person(agencies.ours, nasty, nasty, ref="M-nasty")
    missed.person(agencies.ours, nasty, nasty, ref="M-nasty-2")
    tracer = client_of(somebody(agencies.ours, Role.TRACING_OFFICER, Role.DATA_PROTECTION_REVIEWER))
    for path in (
        "/missing/", "/missing/?q=script", f"/missing/?q={nasty}", f"/missing/{person.pk}/",
        f"/missing/{person.pk}/history/name/", f"/missing/{person.pk}/block/identity/", f"/missing/{person.pk}/merge/",
        f"/missing/{person.pk}/kin/?q=script", f"/missing/{person.pk}/erase/", f"/missing/{person.pk}/close/",
    ):  # fmt: skip
        answer = tracer.get(path)
        assert answer.status_code in (200, 404), path
        text = answer.content.decode()
        assert "<script>alert" not in text, path
        assert "</textarea>'" not in text, path
        assert "alert(1)" not in answer.headers.get("Content-Security-Policy", "")
