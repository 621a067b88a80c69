"""The daily work of all agencies is not stopped by the administrator of one of them."""

from __future__ import annotations

import uuid

from django.test import Client
from django.utils import timezone

from antigone.access.rules import Role
from antigone.jobs import registry
from antigone.jobs.models import Job
from tests.web.people import Agencies, ClientAs


def stop(client: Client, job: Job) -> int:
    status: int = client.post(f"/work/{job.pk}/stop/", {"once": str(uuid.uuid4())}).status_code
    return status


def test_the_daily_work_of_all_is_stopped_by_who_founded_the_instance(agencies: Agencies, client_as: ClientAs) -> None:
    kind = registry.daily_kinds()[0]
    daily, of_ours, of_theirs = (
        Job.objects.create(kind=kind, asked_by="system:daily", agency=agency, created_at=timezone.now())
        for agency in (None, agencies.ours.pk, agencies.theirs.pk)
    )
    theirs = client_as(Role.ADMINISTRATOR, agency=agencies.theirs)
    assert "/stop/" not in theirs.get(f"/work/{daily.pk}/").content.decode()
    assert f"/work/{daily.pk}/stop/" not in theirs.get("/work/?of=agency").content.decode()
    assert stop(theirs, daily) == 404
    assert stop(theirs, of_ours) == 404
    assert theirs.get(f"/work/{of_ours.pk}/").status_code == 404
    assert stop(theirs, of_theirs) == 302
    ours = client_as(Role.ADMINISTRATOR)
    assert "/stop/" in ours.get(f"/work/{daily.pk}/").content.decode()
    assert stop(ours, daily) == 302
    daily.refresh_from_db()
    assert daily.state == "stopped"
