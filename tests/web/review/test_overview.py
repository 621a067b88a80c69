"""The reviewer's first page, what ends, and what the daily work came to."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from antigone.access.rules import Role
from antigone.jobs import daily, running
from antigone.jobs.models import Job
from antigone.missing.models import Portrait
from tests.web import records
from tests.web.people import Agencies, ClientAs

TODAY = timezone.now().date()


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_the_first_page_counts_what_is_due(client_as: ClientAs, agencies: Agencies) -> None:
    portrait = records.portrait(agencies.ours)
    Portrait.objects.filter(pk=portrait.pk).update(review_on=TODAY)
    theirs = records.portrait(agencies.theirs)
    Portrait.objects.filter(pk=theirs.pk).update(review_on=TODAY)
    page = said(client_as(Role.DATA_PROTECTION_REVIEWER).get(reverse("web:review:overview")))
    assert f'<a href="{reverse("web:missing:reviews")}">1</a>' in page
    assert "None was drawn yet" in page


def test_what_ends_stands_by_its_reference_and_can_be_kept(client_as: ClientAs, agencies: Agencies) -> None:
    ours, theirs = records.portrait(agencies.ours), records.portrait(agencies.theirs)
    Portrait.objects.update(until=TODAY + timedelta(days=3))
    page = said(client_as(Role.DATA_PROTECTION_REVIEWER).get(reverse("web:review:ending")))
    assert ours.person.ref in page
    assert reverse("web:missing:portrait-keep", args=[ours.pk]) in page
    assert theirs.person.ref not in page
    assert "has not run yet" in page
    assert "<img" not in page


def test_what_the_daily_work_did_is_told_in_words(client_as: ClientAs, agencies: Agencies) -> None:
    Portrait.objects.filter(pk=records.portrait(agencies.ours).pk).update(review_on=TODAY)
    for job in daily.ask_due(TODAY):
        if job.kind in ("missing:reviews", "remains:open-source"):
            running.run(job.pk)
    page = said(client_as(Role.DATA_PROTECTION_REVIEWER).get(reverse("web:review:ending")))
    assert "Warned of for the first time: 1." in page
    assert "Nothing was due." in page
    Job.objects.filter(kind="missing:reviews").update(result={"erased": 2, "verified": False})
    page = said(client_as(Role.DATA_PROTECTION_REVIEWER).get(reverse("web:review:ending")))
    assert "Erased: 2; the galleries were still being rewritten." in page
