"""Which cases a list is narrowed to: what may be asked for, and how each is decided by the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from antigone.casework.models import Case, Search
from antigone.casework.waiting import OUTCOMES, SOON, Wait
from antigone.remains.models import Attestation, Photograph, SubjectKind
from antigone.remains.rules import ATTESTATION_HOLDS


@dataclass(frozen=True)
class Filters:
    """What a list of cases is narrowed to; what is empty narrows nothing. `code` is how codes begin.

    `waits` is one thing that cases wait for, among others maybe.
    """

    kind: str = ""
    closed: bool | None = None
    code: str = ""
    opened_from: date | None = None
    opened_to: date | None = None
    photographed: bool | None = None
    searched: bool | None = None
    recalled: bool | None = None
    waits: Wait | None = None


def recalled() -> QuerySet[Search]:
    """The searches that were recalled and are the last of their case: few, and found by their index."""
    newer = Search.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    return Search.objects.filter(~Exists(newer), recalled_at__isnull=False)


def latest_search(*tests: Q, **conditions: object) -> Exists:
    """Whether the last search of a case (the outer query) meets these conditions."""
    newer = Search.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    return Exists(Search.objects.filter(~Exists(newer), *tests, case=OuterRef("pk"), **conditions))


def photographed() -> Exists:
    """Whether the subject of a case (the outer query) has a photograph."""
    return Exists(Photograph.objects.filter(subject=OuterRef("subject")))


def comparable() -> Exists:
    """Whether the subject of a case (the outer query) has a photograph that was not judged unsuitable."""
    return Exists(Photograph.objects.filter(subject=OuterRef("subject"), not_suitable=None))


def waiting_for(found: QuerySet[Case], wait: Wait, *, all_known: bool) -> QuerySet[Case]:
    """Those of these cases that wait for this, as `waiting.waits` decides it for each.

    For whoever may not know what searches came to, either outcome is the same as ANSWERED.
    """
    if wait in OUTCOMES and not all_known:
        wait = Wait.ANSWERED
    found = found.filter(closed_at=None)
    if wait == Wait.ATTESTATION:
        soon = timezone.now() - ATTESTATION_HOLDS + SOON
        held = Attestation.objects.filter(subject=OuterRef("subject"), attested_at__gte=soon)
        return found.filter(~Exists(held), subject__kind=SubjectKind.UNABLE)
    if wait == Wait.PARTICULARS:
        lacks = Q(subject__place="") | Q(subject__recovered_on=None) | Q(subject__attested_by="")
        return found.exclude(subject__kind=SubjectKind.UNABLE).filter(lacks)
    if wait == Wait.PHOTOGRAPHS:
        return found.filter(~comparable())
    found = found.filter(comparable())
    if wait == Wait.SEARCH:
        return found.filter(~latest_search())
    if wait == Wait.SEARCH_AGAIN:
        return found.filter(pk__in=recalled().values("case"))
    newest = Photograph.objects.filter(
        subject=OuterRef("case__subject"), added_at__gt=OuterRef("at"), not_suitable=None
    )
    if wait == Wait.NEW_PHOTOGRAPHS:
        return found.filter(latest_search(Q(Exists(newest)), recalled_at=None))
    outcome = {} if wait == Wait.ANSWERED else {"none_of_these": wait == Wait.PORTRAITS}
    return found.filter(latest_search(Q(~Exists(newest)), recalled_at=None, **outcome))


def narrowed(found: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    """Those of these cases that agree with the filters, but for what they wait for (`waiting_for`)."""
    if filters.kind:
        found = found.filter(subject__kind=filters.kind)
    if filters.closed is not None:
        found = found.filter(closed_at__isnull=not filters.closed)
    if filters.code.strip():
        found = found.filter(code__istartswith=filters.code.strip())
    if filters.opened_from is not None:
        found = found.filter(opened_at__date__gte=filters.opened_from)
    if filters.opened_to is not None:
        found = found.filter(opened_at__date__lte=filters.opened_to)
    for wanted, holds in (
        (filters.photographed, photographed()),
        (filters.searched, Exists(Search.objects.filter(case=OuterRef("pk")))),
        (filters.recalled, Q(pk__in=recalled().values("case"))),
    ):
        if wanted is not None:
            found = found.filter(holds if wanted else ~holds)
    return found
