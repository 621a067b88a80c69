"""What awaits a person today: cases, attestations, recalled searches, holdings and work that failed; each bounded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antigone.access import rules, services
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.models import Case
from antigone.casework.queries import latest_search, open_to, photographed
from antigone.casework.queries import recalled as last_recalled
from antigone.casework.waiting import SOON
from antigone.jobs import queries as jobs
from antigone.jobs.models import State
from antigone.missing.queries import approvals_awaited
from antigone.remains import own
from antigone.remains.models import SubjectKind
from antigone.remains.rules import ATTESTATION_HOLDS, FOR_CARE_AND_TRACING

FAILED_WITHIN = timedelta(days=7)
LIMIT = 9


class Kind(StrEnum):
    """What kind of thing awaits somebody, the most urgent first."""

    ATTESTATION = "attestation"
    RECALLED = "recalled"
    UNSEARCHED = "unsearched"
    NO_PHOTOGRAPH = "no-photograph"
    HOLDING = "holding"
    FAILED = "failed"

    @property
    def label(self) -> Promise:
        return _LABELS[self]


_LABELS: dict[Kind, Promise] = {
    Kind.ATTESTATION: _("attestation ended, or ending within twelve hours"),
    Kind.RECALLED: _("to be searched again: what the last search rested on was decided anew"),
    Kind.UNSEARCHED: _("photographed, and not searched yet"),
    Kind.NO_PHOTOGRAPH: _("no photograph yet"),
    Kind.HOLDING: _("holding to be approved by a second person"),
    Kind.FAILED: _("work that failed"),
}


@dataclass(frozen=True)
class Awaited:
    """One thing that awaits somebody: its kind, the number and name of what it is, and since or until when."""

    kind: Kind
    pk: int
    name: str
    at: datetime | None
    note: str = ""


def awaits(who: Operator, limit: int = LIMIT) -> list[Awaited]:
    """What awaits this person, the most urgent first, at most `limit` of each kind: one query a kind."""
    allowed = rules.permissions_of(services.roles_of(who)) if who.active else frozenset()
    found: list[Awaited] = []
    for kind, (permission, asked) in _ASKED.items():
        of_cases = kind not in (Kind.HOLDING, Kind.FAILED)
        if (permission is None or permission in allowed) and (not of_cases or Permission.CASE_READ in allowed):
            found += asked(who, limit)
    return found


def attestations(who: Operator, limit: int = LIMIT) -> list[Awaited]:
    """Living subjects whose attestation has ended or ends soon, those longest without one first."""
    ends_soon = timezone.now() - ATTESTATION_HOLDS + SOON
    rows = (
        _mine(who)
        .filter(subject__kind=SubjectKind.UNABLE, subject__spoke_at=None)
        .annotate(attested=Max("subject__attestations__attested_at"))
        .filter(attested__lt=ends_soon)
        .order_by("attested", "pk")
    )
    return [Awaited(Kind.ATTESTATION, case.pk, case.code, case.attested + ATTESTATION_HOLDS) for case in rows[:limit]]


def recalled(who: Operator, limit: int = LIMIT) -> list[Awaited]:
    """Cases whose last search was recalled."""
    services.require(who, Permission.CASE_READ, object=f"agency:{who.agency_id}")
    rows = last_recalled().filter(case__agency=who.agency_id, case__closed_at=None)
    if not own.sees_the_living(who):
        rows = rows.exclude(case__subject__kind__in=FOR_CARE_AND_TRACING)
    rows = rows.select_related("case").defer("answer").order_by("recalled_at", "pk")
    return [
        Awaited(Kind.RECALLED, each.case_id, each.case.code, each.recalled_at, each.recalled_why)
        for each in rows[:limit]
    ]


def unsearched(who: Operator, limit: int = LIMIT) -> list[Awaited]:
    """Cases that have a photograph and no search, the oldest first."""
    rows = _mine(who).filter(photographed(), ~latest_search()).order_by("opened_at", "pk")
    return [Awaited(Kind.UNSEARCHED, case.pk, case.code, case.opened_at) for case in rows[:limit]]


def without_photograph(who: Operator, limit: int = LIMIT) -> list[Awaited]:
    """Cases without a photograph, the oldest first."""
    rows = _mine(who).filter(~photographed()).order_by("opened_at", "pk")
    return [Awaited(Kind.NO_PHOTOGRAPH, case.pk, case.code, case.opened_at) for case in rows[:limit]]


def holdings(who: Operator, limit: int = LIMIT) -> list[Awaited]:
    """Holdings that somebody else opened, and that no second person approved."""
    return [
        Awaited(Kind.HOLDING, holding.pk, holding.name, holding.opened_at) for holding in approvals_awaited(who, limit)
    ]


def failed(who: Operator, limit: int = LIMIT) -> list[Awaited]:
    """What this person asked for in the last week and failed, the newest first."""
    since = timezone.now() - FAILED_WITHIN
    rows = jobs.mine(who, states=(State.FAILED,), limit=limit)
    return [
        Awaited(Kind.FAILED, job.pk, job.title, job.finished_at, job.sentence)
        for job in rows
        if job.finished_at is not None and job.finished_at >= since
    ]


def _mine(who: Operator) -> QuerySet[Case]:
    return open_to(who).filter(agency=who.agency_id, closed_at=None).select_related("subject")


Asked = Callable[[Operator, int], Sequence[Awaited]]

# What is asked of whom: nobody is shown what they cannot do anything about.
_ASKED: dict[Kind, tuple[Permission | None, Asked]] = {
    Kind.ATTESTATION: (Permission.ATTESTATION_RECORD, attestations),
    Kind.RECALLED: (Permission.SEARCH_RUN, recalled),
    Kind.UNSEARCHED: (Permission.SEARCH_RUN, unsearched),
    Kind.NO_PHOTOGRAPH: (Permission.PHOTOGRAPH_ADD, without_photograph),
    Kind.HOLDING: (Permission.HOLDING_OPEN, holdings),
    Kind.FAILED: (None, failed),
}
