"""The daily work of all agencies is not stopped by the administrator of one of them."""

from __future__ import annotations

import uuid

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from antigone.access.rules import Role
from antigone.jobs import registry
from antigone.jobs.models import Job
from tests.web.people import Agencies, ClientAs


def page(job: Job) -> str:
    return reverse("web:job", args=[job.pk])


def stopping(job: Job) -> str:
    return reverse("web:job-stop", args=[job.pk])


def stop(client: Client, job: Job) -> int:
    status: int = client.post(stopping(job), {"once": str(uuid.uuid4())}).status_code
    return status


def test_the_daily_work_of_all_is_stopped_by_who_founded_the_instance(agencies: Agencies, client_as: ClientAs) -> None:
    kind = registry.daily_kinds()[0]
    daily, of_ours, of_theirs = (
        Job.objects.create(kind=kind, asked_by="system:daily", agency=agency, created_at=timezone.now())
        for agency in (None, agencies.ours.pk, agencies.theirs.pk)
    )
    theirs = client_as(Role.ADMINISTRATOR, agency=agencies.theirs)
    assert "/stop/" not in theirs.get(page(daily)).content.decode()
    assert stopping(daily) not in theirs.get(reverse("web:jobs") + "?of=agency").content.decode()
    assert stop(theirs, daily) == 404
    assert stop(theirs, of_ours) == 404
    assert theirs.get(page(of_ours)).status_code == 404
    assert stop(theirs, of_theirs) == 302
    ours = client_as(Role.ADMINISTRATOR)
    assert "/stop/" in ours.get(page(daily)).content.decode()
    assert stop(ours, daily) == 302
    daily.refresh_from_db()
    assert daily.state == "stopped"
