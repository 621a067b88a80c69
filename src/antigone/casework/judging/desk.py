"""What awaits a person's blind work: searches to sort, and comparisons to examine, in an order that tells nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.judging import blind
from antigone.casework.judging.conduct import OPEN
from antigone.casework.judging.settling import TRIAGES
from antigone.casework.models import (
    Case,
    Comparison,
    Examination,
    NamedCandidate,
    RankedView,
    Search,
    Stage,
    Triage,
)
from antigone.remains import own
from antigone.remains.rules import FOR_CARE_AND_TRACING

MOST = 100
HOLDS = timedelta(days=7)
"""For so long work that was begun and not finished keeps a place from being offered to others."""


@dataclass(frozen=True)
class Sorting:
    """A search to sort, by its case; `triage` is one's own that was begun, or None."""

    search: int
    case: str
    triage: UUID | None


@dataclass(frozen=True)
class Examining:
    """A comparison to examine, by its case; `examination` is one's own that was begun, or None."""

    comparison: UUID
    case: str
    examination: UUID | None


def to_sort(who: Operator) -> list[Sorting]:
    """The newest search of each case that lists somebody and that fewer than two people have in hand."""
    access.require(who, Permission.TRIAGE_DO, object=f"agency:{who.agency_id}")
    triages = Triage.objects.filter(lineup__search=OuterRef("pk"))
    mine = triages.filter(actor=who.actor)
    in_hand = triages.exclude(actor=who.actor).filter(
        Q(finished_at__isnull=False) | Q(begun_at__gt=timezone.now() - HOLDS)
    )
    newer = Search.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    rows = (
        _open(Search.objects.filter(recalled_at=None), "case", who)
        .filter(Exists(NamedCandidate.objects.filter(search=OuterRef("pk"))), ~Exists(newer), lineup__ready_at=None)
        .filter(~Exists(mine.filter(finished_at__isnull=False)))
        .alias(hands=_counted(in_hand, "lineup__search"))
        .filter(Q(hands__lt=TRIAGES) | Exists(mine))
        .order_by("case__opened_at", "case_id")  # One search of each case: as the index of open cases has them.
        .values_list("pk", "case__code")[:MOST]
    )
    found = list(rows)
    begun = dict(
        Triage.objects.filter(lineup__search__in=[pk for pk, _ in found], actor=who.actor).values_list(
            "lineup__search", "pk"
        )
    )
    return [Sorting(pk, code, begun.get(pk)) for pk, code in found]


def to_examine(who: Operator) -> list[Examining]:
    """The comparisons that need an examination which this person can give, in an order of their own.

    One that needs a third looks like one that needs a first.
    """
    access.require(who, Permission.EXAMINATION_DO, object=f"agency:{who.agency_id}")
    examinations = Examination.objects.filter(comparison=OuterRef("pk"))
    mine = examinations.filter(actor=who.actor)
    ended = mine.filter(stage__in=(Stage.SEALED, Stage.ABANDONED))
    in_hand = examinations.exclude(actor=who.actor).filter(
        Q(stage=Stage.SEALED) | Q(begun_at__gt=timezone.now() - HOLDS, stage__in=OPEN)
    )
    rows = (
        _open(Comparison.objects.filter(lineup__search__recalled_at=None), "lineup__search__case", who)
        .filter(~Exists(ended), settled_at=None, lineup__ready_at__isnull=False)
        .alias(hands=_counted(in_hand, "comparison"))
        .filter(Exists(mine) | Q(hands__lt=2) | Q(third_called_at__isnull=False, hands__lt=3))
        .annotate(code=F("lineup__search__case__code"))
        .order_by("pk")[:MOST]
    )
    found = list(rows)
    may_be_shown = blind.shown(found, who)
    begun = dict(
        Examination.objects.filter(comparison__in=[each.pk for each in found], actor=who.actor).values_list(
            "comparison", "pk"
        )
    )
    found.sort(key=lambda each: hashlib.sha256(f"{who.actor}:{each.pk}".encode()).digest())
    return [Examining(each.pk, each.code, begun.get(each.pk)) for each in found if each.pk in may_be_shown]


@dataclass(frozen=True)
class Ended:
    """An examination of one's own that came to its end, sealed or not."""

    examination: UUID
    case: str
    sealed: bool
    at: datetime


def ended(who: Operator, before: tuple[datetime, UUID] | None = None, limit: int = MOST) -> list[Ended]:
    """One's own examinations that are sealed or given up, the last first; `before` is the place of the last one seen.

    Nothing of what others did shows here: an ended one looks the same whether its comparison is settled or not.
    """
    access.require(who, Permission.EXAMINATION_DO, object=f"agency:{who.agency_id}")
    rows = Examination.objects.filter(
        actor=who.actor, stage__in=(Stage.SEALED, Stage.ABANDONED), ended_at__isnull=False
    )
    if before is not None:
        at, pk = before
        rows = rows.filter(Q(ended_at__lt=at) | Q(ended_at=at, pk__lt=pk))
    rows = rows.order_by("-ended_at", "-pk")
    found = rows.values_list("pk", "comparison__lineup__search__case__code", "stage", "ended_at")[: min(limit, MOST)]
    return [Ended(pk, code, stage == Stage.SEALED, at) for pk, code, stage, at in found if at is not None]


def _counted(rows: QuerySet, by: str) -> Coalesce:  # type: ignore[type-arg]
    """How many of these there are, asked beside what they belong to.

    Joined to it, the count would group by every column, and sort kept answers to do so.
    """
    return Coalesce(Subquery(rows.values(by).annotate(hands=Count("pk")).values("hands")), 0)


def _open(rows: QuerySet, case: str, who: Operator) -> QuerySet:  # type: ignore[type-arg]
    """Those of the cases on which this person may work blind now, as `blind.open_case_for` decides for one."""
    seen = RankedView.objects.filter(actor=who.actor).values("case")
    rows = rows.filter(**{f"{case}__agency__in": blind.agencies_worked_for(who), f"{case}__closed_at": None})
    rows = rows.exclude(**{f"{case}__in": seen})
    living = Case.objects.filter(subject__kind__in=FOR_CARE_AND_TRACING)
    if own.sees_the_living(who):
        living = living.exclude(agency=who.agency_id)
    return rows.exclude(**{f"{case}__in": living})
