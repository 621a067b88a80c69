"""Runs standing searches again where either side has changed: as work, for whoever answers for each, nothing twice."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access import services as access
from antigone.access.errors import AccessError
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import services
from antigone.casework.errors import CaseRefused, PictureUnusable
from antigone.casework.models import Case, Ending, NamedCandidate, Search, StandingRun, StandingSearch
from antigone.casework.searching import ending, search, sides, standing
from antigone.casework.searching.sides import Change, Sides
from antigone.jobs.daily import daily
from antigone.jobs.registry import handles
from antigone.jobs.work import Work
from antigone.ledger.services import record, recorded
from antigone.remains import services as remains
from antigone.remains.errors import SubjectRefused

logger = logging.getLogger("antigone.jobs")

DAILY = "casework:standing-daily"

REST = timedelta(minutes=30)
"""So long a standing search rests after it ran where portraits alone came: they come by the thousand, in batches.

What came meanwhile is seen at the next look, at the latest the next day.
"""


@handles(standing.KIND, title=gettext_lazy("Run standing searches whose sides changed"))
def run_standing(work: Work) -> dict[str, Any]:
    """Look at every standing search in force. Killed anywhere it is asked again: a change set is searched once."""
    return _all(work)


def _all(work: Work) -> dict[str, Any]:
    in_force = list(StandingSearch.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True))
    ran, failures = 0, []
    for done, pk in enumerate(in_force):
        work.progress(done, len(in_force))
        try:
            ran += look(pk)
        except Exception as failure:
            # One case whose picture cannot be opened keeps no other from being searched; the work says so at its end.
            logger.exception("standing search %s failed", pk)
            failures.append(failure)
    work.progress(len(in_force), len(in_force))
    if failures:
        raise failures[0]
    # Nothing here tells what a search came to: whoever runs the machine reads it.
    return {"standing": len(in_force), "ran": ran}


@daily(DAILY, title=gettext_lazy("Look at every standing search"))
def run_daily(work: Work) -> dict[str, Any]:
    """Once a day too: mandates end, people leave and holdings are approved without anything else happening."""
    return _all(work)


def look(pk: int) -> bool:
    """Look at one standing search, end it where it has to end, and run it where either side changed; whether it ran."""
    found = StandingSearch.objects.select_related("case__subject", "case__agency").filter(pk=pk, ended_at=None).first()
    if found is None:
        return False
    case = found.case
    who = Operator.objects.select_related("agency").filter(pk=int(found.set_by.rpartition(":")[2])).first()
    why = _has_to_end(case, who)
    if why is not None or who is None:
        ending.end(found, why or Ending.LEFT)
        return False
    last, is_now = sides.last_search(case), sides.now(case)
    held_up = remains.searchable_fault(case.subject) or ""
    if not held_up and not is_now.photographs:
        held_up = _("The case has no photograph that is fit for comparison.")
    if held_up:
        _hold(found, held_up)
        return False
    was = sides.before(case, found.sides, last)
    today = timezone.now().date()
    changed = sides.changes(was, is_now, more=was is not None and sides.grew(was, is_now.holdings, today))
    if not changed or _rests(found, changed) or _searched_before(found, is_now):
        _hold(found, "")
        return False
    return _run(found, who, changed, is_now, last)


def _rests(found: StandingSearch, changed: tuple[Change, ...]) -> bool:
    """Whether it ran a moment ago, and nothing but portraits came since."""
    return changed == (Change.PORTRAITS,) and found.runs.filter(at__gt=timezone.now() - REST).exists()


def _searched_before(found: StandingSearch, is_now: Sides) -> bool:
    """Whether this change set was searched: a run that was killed after it kept its answer is done again."""
    return found.runs.filter(change_set=is_now.digest).exists()


def _has_to_end(case: Case, who: Operator | None) -> Ending | None:
    """Why a standing search ends now: the case, the person or the mandate that it rests on is gone."""
    if case.closed_at is not None:
        return Ending.CLOSED
    if who is None or who.agency_id != case.agency_id or not access.allows(who, Permission.SEARCH_RUN):
        return Ending.LEFT
    in_force = access.in_force_today(case.agency, [services.purpose_for(case.subject.kind)])
    today = timezone.now().date()
    if all(access.fault_of(mandate, today, case.subject.kind) for mandate in in_force):
        return Ending.MANDATE
    return None


def _hold(found: StandingSearch, sentence: str) -> None:
    StandingSearch.objects.filter(pk=found.pk).update(looked_at=timezone.now(), held_up=sentence[:400])


def _run(found: StandingSearch, who: Operator, changed: tuple[Change, ...], is_now: Sides, last: Search | None) -> bool:
    """Search as whoever answers for it may now; what it found new is kept with the search, in one transaction."""
    try:
        case, _mandate = services.authorise_search(found.case.code, who)
        given = search.photographs_of(case)

        def keep(made: Search) -> None:
            seen_before = set() if last is None else set(_persons(last))
            _keep(found, changed, is_now, last, who, made=made, found_new=len(set(_persons(made)) - seen_before))

        search.run(case, given, found.top, who, beside=keep)
    except PictureUnusable as unusable:
        with recorded():
            _keep(found, changed, is_now, last, who, unusable=str(unusable))
    except (AccessError, CaseRefused, SubjectRefused) as refused:
        # What ended meanwhile is found at the next look, which ends or holds it.
        _hold(found, str(refused))
        return False
    return True


def _persons(of: Search) -> list[int]:
    return list(NamedCandidate.objects.filter(search=of).values_list("person", flat=True))


def _keep(
    found: StandingSearch,
    changed: tuple[Change, ...],
    is_now: Sides,
    last: Search | None,
    who: Operator,
    *,
    made: Search | None = None,
    found_new: int | None = None,
    unusable: str = "",
) -> None:
    """Keep that a change set was searched, in the caller's transaction; a second time the database refuses it."""
    run = StandingRun.objects.create(
        standing=found,
        at=timezone.now(),
        changes=[each.value for each in changed],
        change_set=is_now.digest,
        before=last,
        search=made,
        found_new=found_new,
        unusable=unusable[:400],
    )
    rests_on = is_now.as_json()
    if made is not None:
        # What came while it searched, and was searched, is no change any more.
        rests_on.update(search=made.pk, generation=max(is_now.generation, made.generation), recalled=False)
    StandingSearch.objects.filter(pk=found.pk).update(sides=rests_on, looked_at=run.at, held_up="")
    record(
        "casework:standing:run",
        actor=who.actor,
        object=f"case:{found.case_id}",
        standing=found.pk,
        run=run.pk,
        search=None if made is None else made.pk,
        changes=run.changes,
    )
