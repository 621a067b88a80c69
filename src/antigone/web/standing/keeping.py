"""The standing search of a case: whether one is kept, when it ran and why; setting it and ending it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.casework.models import Ending, StandingSearch
from antigone.casework.searching import standing, standing_seen
from antigone.casework.searching.standing_seen import SeenRun
from antigone.web import described
from antigone.web.cases import record
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs


@dataclass(frozen=True)
class Ended:
    """A standing search that has ended."""

    standing: StandingSearch
    set_by: str
    why: str


@dataclass(frozen=True)
class Run:
    """One run in a line."""

    run: SeenRun
    why: str
    came_to: str


@require_safe
@needs(Permission.SEARCH_RUN)
def case(request: Visit, pk: int) -> HttpResponse:
    """What it says of a run depends on who reads: an examiner is told that it ran, and not what came of it."""
    who = request.operator
    found = standing.case_for(pk, who)
    told = standing_seen.seen(found, who)
    kept = told.in_force
    names = described.names_of({each.set_by for each in (*told.ended, *((kept,) if kept else ()))})
    context = {
        "case": found,
        "case_url": record.address(found),
        "kept": kept,
        "set_by": names.get(kept.set_by, "") if kept else "",
        "ended": [Ended(each, names.get(each.set_by, ""), str(Ending(each.ended_why).label)) for each in told.ended],
        "runs": [Run(each, _why(each), _came_to(each)) for each in told.runs],
        "known": told.outcome_known,
        "closed": found.closed_at is not None,
    }
    return render(request, "web/standing/case.html", context)


def _why(run: SeenRun) -> str:
    return "; ".join(str(each.label) for each in run.changes)


def _came_to(run: SeenRun) -> str:
    if run.unusable:
        return _("not searched: %(why)s") % {"why": run.unusable}
    if run.found_new is None:
        return ""
    if not run.found_new:
        return _("nothing new")
    return ngettext("%(number)d lead was not there before", "%(number)d leads were not there before", run.found_new) % {
        "number": run.found_new
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEARCH_RUN)
def keep(request: Visit, pk: int) -> HttpResponse:
    """Have the case searched again whenever either side changes."""
    found = standing.case_for(pk, request.operator)
    here = reverse("web:standing:case", args=[pk])
    if request.method != "POST" and standing.standing_of(found) is not None:
        messages.info(request, _("The search of this case is kept standing already; nothing was changed."))
        return HttpResponseRedirect(here)
    confirm = Confirmation(
        title=_("Keep the search of %(code)s standing") % {"code": found.code},
        verb=_("Keep it standing"),
        consequences=[
            _("The case is searched again when photographs or portraits come, or when its last search is recalled."),
            _("You answer for each of these searches as if you had made it; each is on record under your name."),
            _("You count as having seen the ranked output of this case, and cannot examine it."),
            _(
                "It ends by itself when the case is closed, when you may not search any more, or when no mandate for "
                "it is in force; the desk says so."
            ),
        ],
        back=here,
        back_label=found.code,
        warning=_("Whoever is to examine this case leaves this to somebody else"),
    )

    def act(_reason: str) -> str:
        standing.keep_standing(found.code, request.operator)
        messages.success(request, _("The search is kept standing, and you answer for it."))
        return here

    return confirmed(request, confirm, act, ask_why=False)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEARCH_RUN)
def end(request: Visit, pk: int) -> HttpResponse:
    """It is searched again only when somebody asks."""
    found = standing.case_for(pk, request.operator)
    here = reverse("web:standing:case", args=[pk])
    if request.method != "POST" and standing.standing_of(found) is None:
        messages.info(request, _("The search of this case is not kept standing; nothing was changed."))
        return HttpResponseRedirect(here)
    confirm = Confirmation(
        title=_("End the standing search of %(code)s") % {"code": found.code},
        verb=_("End it"),
        consequences=[
            _("The case is not searched again by itself: new portraits and photographs wait until somebody asks."),
            _("What was searched stays as it was answered."),
        ],
        back=here,
        back_label=found.code,
        warning=_("It can be set standing again"),
    )

    def act(reason: str) -> str:
        standing.end_standing(found.code, request.operator, reason)
        messages.success(request, _("The standing search has ended."))
        return here

    return confirmed(request, confirm, act)
