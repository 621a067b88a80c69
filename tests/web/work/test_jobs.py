"""Work under way: one's own, the agency's for whoever runs the machine, stopped, failed with its sentence."""

from __future__ import annotations

import html
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from antigone.access.models import Operator
from antigone.access.rules import Role
from antigone.jobs import services
from antigone.jobs.models import Job, State
from antigone.upkeep import verifying
from tests.web.people import Agencies, ClientAs, client_of, somebody


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def _asked(who: Operator, number: int = 1) -> list[Job]:
    return [services.ask(verifying.KIND, who.actor, who.agency_id, {"place": place}) for place in range(number)]


def test_one_sees_ones_own_work_and_can_stop_it(agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.AUDITOR)
    client = client_of(who)
    assert "Nothing was asked for" in said(client.get(reverse("web:jobs")))
    (job,) = _asked(who)
    page = said(client.get(reverse("web:jobs")))
    assert "Verify the ledger" in page
    assert "<progress" in page
    answer = client.post(reverse("web:job-stop", args=[job.pk]), {"once": "a"}, follow=True)
    assert "was stopped" in said(answer)
    assert client.post(reverse("web:job-stop", args=[job.pk]), {"once": "a"}).status_code == 302
    assert "had ended before" in said(client.post(reverse("web:job-stop", args=[job.pk]), {"once": "b"}, follow=True))
    job.refresh_from_db()
    assert job.state == State.STOPPED
    assert client.get(reverse("web:job-stop", args=[job.pk])).status_code == 405


def test_what_failed_says_why_and_that_nothing_was_saved_by_halves(agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.AUDITOR)
    (job,) = _asked(who)
    started = services.start(job.pk)
    assert started is not None
    services.fail(started, "The list names a person twice. Mend it.")
    page = said(client_of(who).get(reverse("web:job", args=[job.pk])))
    assert "The list names a person twice. Mend it." in page
    assert "nothing was saved by halves" in page
    assert "names a person twice" in said(client_of(who).get(reverse("web:jobs"), {"state": "failed"}))


def test_whoever_runs_the_machine_sees_the_agencys_work_and_no_other(agencies: Agencies, client_as: ClientAs) -> None:
    auditor = somebody(agencies.ours, Role.AUDITOR, name="Kaspar Brenn")
    (ours,), (theirs,) = _asked(auditor), _asked(somebody(agencies.theirs, Role.AUDITOR))
    admin = client_as(Role.ADMINISTRATOR)
    page = said(admin.get(reverse("web:jobs"), {"of": "agency"}))
    assert "Kaspar Brenn" in page
    assert reverse("web:job", args=[theirs.pk]) not in page
    assert admin.get(reverse("web:job", args=[theirs.pk])).status_code == 404
    assert admin.post(reverse("web:job-stop", args=[theirs.pk]), {"once": "a"}).status_code == 404
    assert admin.post(reverse("web:job-stop", args=[ours.pk]), {"once": "b"}).status_code == 302
    other = client_as(Role.TRACING_OFFICER)
    assert "Kaspar Brenn" not in said(other.get(reverse("web:jobs"), {"of": "agency"}))


def test_three_jobs_cost_what_twenty_do(agencies: Agencies) -> None:
    who = somebody(agencies.ours, Role.ADMINISTRATOR)
    client = client_of(who)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("web:jobs"), {"of": "agency"})
        return len(asked)

    _asked(who, 3)
    queries()
    few = queries()
    _asked(who, 30)
    assert queries() == few
    assert 'rel="next"' in said(client.get(reverse("web:jobs")))
