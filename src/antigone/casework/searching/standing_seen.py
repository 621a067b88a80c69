"""What people see of standing searches: that one is kept, when it ran and why, and for whoever may know what was new.

That a standing search ran is no ranked output. Whether it found somebody new is, and so is whom: it is told to those
who may know what a search came to (`knowing`), and whoever opens it counts as having seen ranked output of the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from antigone.access import services as access
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import services
from antigone.casework.awaiting import Awaited
from antigone.casework.errors import NotHere
from antigone.casework.knowing import known_cases, knows_all
from antigone.casework.models import Case, Ending, NamedCandidate, Search, StandingRun, StandingSearch
from antigone.casework.searching.sides import Change
from antigone.ledger.services import record, recorded
from antigone.remains import own
from antigone.remains.rules import FOR_CARE_AND_TRACING

NOTHING_NEW_FOR = timedelta(days=2)
"""So long a desk says that a standing search ran and found nothing new."""

STOPPED_FOR = timedelta(days=14)
"""So long a desk says that a standing search stopped by itself, unless it is set standing again."""


@dataclass(frozen=True)
class SeenRun:
    """One time that it ran; `found_new` and `search` are None for whoever may not know what came of it."""

    pk: int
    at: datetime
    changes: tuple[Change, ...]
    unusable: str
    search: int | None
    found_new: int | None
    read_at: datetime | None


@dataclass(frozen=True)
class SeenStanding:
    """The standing searches of a case, the one in force first, and the runs of all of them, the newest first."""

    in_force: StandingSearch | None
    ended: tuple[StandingSearch, ...]
    runs: tuple[SeenRun, ...]
    outcome_known: bool


def seen(case: Case, who: Operator, limit: int = 50) -> SeenStanding:
    """What somebody sees of the standing searches of a case (`standing.case_for`): a fixed number of queries."""
    rows = list(StandingSearch.objects.filter(case=case).order_by("-pk")[:limit])
    known = case.pk in known_cases(who, [case.pk])
    runs = StandingRun.objects.filter(standing__case=case).order_by("-pk")[:limit]
    return SeenStanding(
        next((row for row in rows if row.ended_at is None), None),
        tuple(row for row in rows if row.ended_at is not None),
        tuple(
            SeenRun(
                run.pk,
                run.at,
                tuple(Change(each) for each in run.changes),
                run.unusable,
                run.search_id if known else None,
                run.found_new if known else None,
                run.read_at if known else None,
            )
            for run in runs
        ),
        known,
    )


def run_numbered(pk: int, who: Operator) -> StandingRun:
    """A run of a standing search whose answer this person may open, for a door that asks first; shows nothing of it.

    Raises NotHere or Refused.
    """
    run = StandingRun.objects.select_related("standing").filter(pk=pk).first()
    if run is None or run.search_id is None:
        raise NotHere(_("There is no such search here."))
    services.answered(run.search_id, who)
    return run


@dataclass(frozen=True)
class WhatIsNew:
    """The candidates of a run who were not in the former answer, as the answer keeps them; leads, never names."""

    run: StandingRun
    search: Search
    candidates: tuple[dict[str, Any], ...]
    former: datetime | None


def what_is_new(pk: int, who: Operator) -> WhatIsNew:
    """Whom a run found who was not in the former answer; from then on this person has seen ranked output of the case.

    Raises NotHere or Refused.
    """
    run = run_numbered(pk, who)
    assert run.search_id is not None
    with recorded():
        search = services.look_at_answer(run.search_id, who)
        if StandingRun.objects.filter(pk=run.pk, read_at=None).update(read_at=timezone.now(), read_by=who.actor):
            run.refresh_from_db()
        record("casework:standing:look", actor=who.actor, object=f"case:{search.case_id}", run=run.pk)
    before = NamedCandidate.objects.filter(search=run.before_id).values("person") if run.before_id else None
    named = NamedCandidate.objects.filter(search=search)
    fresh = set((named if before is None else named.exclude(person__in=before)).values_list("rank", flat=True))
    listed = [each for each in search.answer.get("candidates", ()) if each.get("rank") in fresh]
    former = Search.objects.values_list("at", flat=True).get(pk=run.before_id) if run.before_id else None
    return WhatIsNew(run, search, tuple(listed), former)


def ran_again(who: Operator, limit: int) -> list[tuple[Awaited, int]]:
    """Standing searches that ran and that nobody has read, with how many were new: those with something new first.

    Only of cases of which this person may know it, and for a while only where nothing was new.
    """
    rows = _open_to(who).filter(search__isnull=False, read_at=None, found_new__isnull=False)
    rows = rows.filter(Q(found_new__gt=0) | Q(at__gte=timezone.now() - NOTHING_NEW_FOR))
    newer = StandingRun.objects.filter(standing=OuterRef("standing"), pk__gt=OuterRef("pk"), found_new=0)
    rows = rows.exclude(Q(found_new=0) & Exists(newer))
    found = rows.select_related("standing__case").order_by(F("found_new").desc(), "-at")[:limit]
    return [(Awaited(run.pk, run.standing.case.code, run.at), int(run.found_new or 0)) for run in found]


def stopped(who: Operator, limit: int) -> list[Awaited]:
    """Standing searches that stopped by themselves of late and were not set again, with the sentence that says why."""
    if not access.allows(who, Permission.SEARCH_RUN):
        return []
    again = StandingSearch.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    rows = StandingSearch.objects.filter(
        ~Exists(again),
        case__agency=who.agency_id,
        case__closed_at=None,
        ended_why__in=(Ending.LEFT, Ending.MANDATE),
        ended_at__gte=timezone.now() - STOPPED_FOR,
    )
    if not own.sees_the_living(who):
        rows = rows.exclude(case__subject__kind__in=FOR_CARE_AND_TRACING)
    rows = rows.select_related("case").order_by("-ended_at")[:limit]
    return [Awaited(row.case_id, row.case.code, row.ended_at, str(Ending(row.ended_why).label)) for row in rows]


def _open_to(who: Operator) -> QuerySet[StandingRun]:
    """The runs of the agency's open cases of which this person may know what they came to."""
    rows = StandingRun.objects.filter(standing__case__agency=who.agency_id, standing__case__closed_at=None)
    if not own.sees_the_living(who):
        rows = rows.exclude(standing__case__subject__kind__in=FOR_CARE_AND_TRACING)
    if knows_all(who):
        return rows
    return rows.filter(standing__case__ranked_views__actor=who.actor).distinct()
