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
from antigone.remains.models import Subject
from tests.web import casefile, found, missed
from tests.web.people import Agencies, client_of, somebody
from tests.web.routes import ROUTES

# Whom somebody is missed by, who is missed, and who is said to have been recognised by whom.
OF_THE_MISSING = ("Kovalenko", "Olha", "Bondar", "Maria")
OF_CLAIMS = ("Zenon", "Zoya")
OF_THE_DEAD = ("LIMEN-", "VELDRA-A-00", "quay at", "WARD-")
TYPED = ("", "?q=Kovalenko", "?q=Zoya", "?q=LIMEN", "?q=Bondar")


def recognise(agency: Agency) -> None:
    """Somebody says of each of the dead whom they recognised."""
    claim = NewClaim("Zenon Claimant", "Zoya Named", "body", date(2026, 1, 6), "A. Hearer")
    for body in Subject.objects.filter(agency=agency, kind="deceased").exclude(claims__claimant=claim.claimant):
        claims.add(body, claim, found.staff(agency))


def records(agency: Agency) -> None:
    """What there is to learn in an agency."""
    missed.person(agency)
    missed.enquiry(agency)
    body = found.body(agency)
    found.photograph(body)
    found.item(body)
    found.release(body)
    found.living(agency)
    found.photograph(found.living(agency), shade=9)
    casefile.search(casefile.case(agency, photographs=1), leads=2)
    resting.choose_later_fragments(
        body, "each-time", found.staff(agency), chosen_by="Zlata Kin", relation="sister", chosen_on=date(2026, 1, 7)
    )
    recognise(agency)


def read(client: Client, agency: Agency | None) -> Iterator[tuple[str, Any]]:
    """The answer of every route that is read; with `agency`, also those of one record of it."""
    for route in ROUTES:
        # The style guide shows people who never were.
        if route.method != "get" or route.name in ("account_logout", "web:design"):
            continue
        if route.kwargs is not None and agency is None:
            continue
        kwargs = dict(route.kwargs(agency)) if route.kwargs and agency else {}
        if agency is not None:
            recognise(agency)
        url = reverse(route.name, kwargs=kwargs)
        for query in TYPED if not kwargs else (route.query,):
            yield f"{url}{query}", client.get(url + query)


def tells(answer: Any, words: Iterable[str], path: str) -> list[str]:
    if answer.get("Content-Type", "").startswith("image/"):
        return ["a picture"]
    if answer.get("Content-Type", "") == "application/pdf":
        return ["a report's file"]
    typed = path.partition("?q=")[2] or "-"
    text = answer.content.decode() + str(answer.headers)
    return [word for word in words if word in text and word != typed]


def learnt(client: Client, agency: Agency | None, words: Iterable[str]) -> dict[str, list[str]]:
    """Which of these words each page tells; none may fail."""
    found = {}
    for path, answer in read(client, agency):
        assert answer.status_code < 500, path
        if told := tells(answer, words, path):
            found[path] = told
    return found


@pytest.mark.slow
def test_who_may_read_all_of_it_reads_it(agencies: Agencies) -> None:
    """Otherwise the words stand nowhere, and that the others do not learn them proves nothing."""
    records(agencies.ours)
    working = client_of(somebody(agencies.ours, Role.TRACING_OFFICER, Role.FIELD_RECORDER))
    told = {
        word
        for words in learnt(working, agencies.ours, OF_THE_MISSING + OF_CLAIMS + OF_THE_DEAD).values()
        for word in words
    }
    assert told == {"a picture", "a report's file", *OF_THE_MISSING, *OF_CLAIMS, *OF_THE_DEAD}


@pytest.mark.slow
def test_who_examines_reads_no_name_and_no_claim(agencies: Agencies) -> None:
    records(agencies.ours)
    examiner = client_of(somebody(agencies.ours, Role.MORTUARY_EXAMINER))
    assert learnt(examiner, agencies.ours, OF_THE_MISSING + OF_CLAIMS) == {}


@pytest.mark.slow
def test_who_audits_reads_no_name_and_sees_no_picture(agencies: Agencies) -> None:
    records(agencies.ours)
    auditor = client_of(somebody(agencies.ours, Role.AUDITOR))
    assert learnt(auditor, agencies.ours, OF_THE_MISSING + OF_CLAIMS) == {}


@pytest.mark.slow
def test_who_works_elsewhere_learns_of_nothing(agencies: Agencies) -> None:
    """Lists, searches, desks and counts of another agency, for somebody who may do everything in theirs."""
    records(agencies.theirs)
    everything = client_of(somebody(agencies.ours, *Role, name="everything"))
    told = learnt(everything, None, OF_THE_MISSING + OF_CLAIMS + OF_THE_DEAD)
    # The log is of the whole instance.
    assert {path: words for path, words in told.items() if "/audit/" not in path} == {}


def test_no_page_fails_whatever_stands_in_the_records(agencies: Agencies) -> None:
    """Names with the letters that end an attribute, a script or a header are letters."""
    nasty = "\"><script>alert(1)</script>'{{7*7}}</textarea>"
    person = missed.person(agencies.ours, nasty, nasty, ref="M-nasty")
    missed.person(agencies.ours, nasty, nasty, ref="M-nasty-2")
    tracer = client_of(somebody(agencies.ours, Role.TRACING_OFFICER, Role.DATA_PROTECTION_REVIEWER))
    for path in (
        "/missing/", "/missing/?q=script", f"/missing/?q={nasty}", f"/missing/{person.pk}/",
        f"/missing/{person.pk}/history/name/", f"/missing/{person.pk}/block/names/", f"/missing/{person.pk}/merge/",
        f"/missing/{person.pk}/kin/?q=script", f"/missing/{person.pk}/erase/", f"/missing/{person.pk}/close/",
    ):  # fmt: skip
        answer = tracer.get(path)
        assert answer.status_code == 200, path
        text = answer.content.decode()
        assert "&lt;script&gt;alert(1)" in text, path
        assert "<script>alert" not in text, path
        assert "</textarea>'" not in text, path
        assert "alert(1)" not in answer.headers.get("Content-Security-Policy", "")
