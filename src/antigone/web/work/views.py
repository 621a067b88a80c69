"""Work that takes a while, one's own or the agency's: how far it is, and stopping it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from antigone.access import queries as access
from antigone.jobs import queries
from antigone.jobs.models import ENDED, OPEN, Job, State
from antigone.upkeep import (
    joblist,
    tasks,  # noqa: F401  (so that the instance's own daily work has its title here)
)
from antigone.web.guards import Visit, signed_in
from antigone.web.once import done_once
from antigone.web.paging import Pager, after_row

LINES = 20
STATES: dict[str, tuple[str, ...]] = {"open": OPEN, "ended": ENDED, "failed": (State.FAILED,)}


@dataclass(frozen=True)
class Line:
    """A job in the list, with who asked for it in words."""

    job: Job
    asked_by: str
    may_stop: bool


@require_safe
@signed_in
def jobs(request: Visit) -> HttpResponse:
    """One's own work, the newest first; that of the whole agency for whoever runs the machine."""
    who = request.operator
    runs = joblist.runs_machine(who)
    of_all = runs and request.GET.get("of") == "agency"
    states = STATES.get(request.GET.get("state", ""), ())
    seen = after_row(request)
    if of_all:
        found = queries.of_agency(who.agency_id, states=states, after=seen, limit=LINES + 1)
    else:
        found = queries.mine(who, states=states, after=seen, limit=LINES + 1)
    shown = found[:LINES]
    names = access.names_within(who, (each.asked_by for each in shown)) if of_all else {}
    for_all = not of_all or joblist.stops_for_all(who)
    context = {
        "lines": [
            Line(each, _asker(each.asked_by, names), not each.ended and (for_all or each.agency is not None))
            for each in shown
        ],
        "pager": Pager(next=shown[-1].pk if len(found) > LINES else None),
        "runs": runs,
        "of_all": of_all,
        "of": [("agency", _("the whole agency’s, and the machine’s own"))],
        "states": [("open", _("waiting or running")), ("ended", _("ended")), ("failed", _("failed"))],
        "narrowed": bool(states),
    }
    return render(request, "web/jobs/list.html", context)


def _asker(actor: str, names: dict[str, str]) -> str:
    """Who asked, in words; nobody is said where it is one's own list."""
    if actor.startswith("system:"):
        return _("the daily work")
    return names.get(actor, "") or ""


@require_safe
@signed_in
def job(request: Visit, number: int) -> HttpResponse:
    """One job: a page, or the fragment that htmx asks for again and again."""
    found = joblist.one(number, request.operator)
    fragment = bool(request.headers.get("HX-Request"))
    own = found.asked_by == request.operator.actor
    may_stop = not found.ended and (own or found.agency is not None or joblist.stops_for_all(request.operator))
    context = {"job": found, "own": own, "may_stop": may_stop}
    answer = render(request, "web/jobs/fragment.html" if fragment else "web/jobs/job.html", context)
    if fragment and found.ended:
        # A page that shows what the work came to asks for it anew.
        answer["HX-Trigger-After-Settle"] = "job-ended"
    return answer


@require_POST
@signed_in
def stop(request: Visit, number: int) -> HttpResponse:
    """Stop a job that waits or runs; what it has committed stays."""
    found = joblist.one(number, request.operator)

    def do() -> str:
        joblist.stop(found.pk, request.operator)
        messages.success(
            request, _("“%(title)s” was stopped. What it had done by then is kept.") % {"title": found.title}
        )
        return reverse("web:job", args=[found.pk])

    if found.ended:
        messages.info(request, _("It had ended before. Nothing was changed."))
        return done_once(request, lambda: reverse("web:job", args=[found.pk]))
    return done_once(request, do)
