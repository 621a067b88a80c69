"""What of the cases and of their own work awaits a person today, each in one query and bounded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from antigone.access import services
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.models import Case
from antigone.casework.narrowing import comparable, latest_search
from antigone.casework.narrowing import recalled as last_recalled
from antigone.casework.queries import open_to
from antigone.jobs import queries as jobs
from antigone.jobs.models import State
from antigone.remains import own
from antigone.remains.rules import FOR_CARE_AND_TRACING

FAILED_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Awaited:
    """One thing that awaits somebody: the number and name of what it is, and since when."""

    pk: int
    name: str
    at: datetime | None
    note: str = ""


def recalled(who: Operator, limit: int) -> list[Awaited]:
    """Cases whose last search was recalled."""
    services.require(who, Permission.CASE_READ, object=f"agency:{who.agency_id}")
    rows = last_recalled().filter(case__agency=who.agency_id, case__closed_at=None)
    if not own.sees_the_living(who):
        rows = rows.exclude(case__subject__kind__in=FOR_CARE_AND_TRACING)
    rows = rows.select_related("case").defer("answer").order_by("recalled_at", "pk")
    return [Awaited(each.case_id, each.case.code, each.recalled_at, each.recalled_why) for each in rows[:limit]]


def unsearched(who: Operator, limit: int) -> list[Awaited]:
    """Cases that have a photograph to be compared and no search, the oldest first."""
    rows = _mine(who).filter(comparable(), ~latest_search()).order_by("opened_at", "pk")
    return [Awaited(case.pk, case.code, case.opened_at) for case in rows[:limit]]


def without_photograph(who: Operator, limit: int) -> list[Awaited]:
    """Cases without a photograph, or with none that can be compared, the oldest first."""
    rows = _mine(who).filter(~comparable()).order_by("opened_at", "pk")
    return [Awaited(case.pk, case.code, case.opened_at) for case in rows[:limit]]


def failed(who: Operator, limit: int) -> list[Awaited]:
    """What this person asked for in the last week and failed, the newest first."""
    since = timezone.now() - FAILED_WITHIN
    rows = jobs.mine(who, states=(State.FAILED,), limit=limit)
    return [
        Awaited(job.pk, job.title, job.finished_at, job.sentence)
        for job in rows
        if job.finished_at is not None and job.finished_at >= since
    ]


def _mine(who: Operator) -> QuerySet[Case]:
    return open_to(who).filter(agency=who.agency_id, closed_at=None)
