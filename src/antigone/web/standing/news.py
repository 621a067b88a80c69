"""Whom a standing search found anew: ranked output, after the question whether somebody will forgo examining."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.casework import services
from antigone.casework.knowing import has_seen
from antigone.casework.receivers import ERASED
from antigone.casework.searching import standing_seen
from antigone.casework.searching.sides import Change
from antigone.web.cases import record
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs


@dataclass(frozen=True)
class NewLead:
    """A lead that the former answer did not have, never a name."""

    rank: int
    ref: str
    erased: bool
    score: str
    passes: bool


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_READ)
def ask(request: Visit, pk: int) -> HttpResponse:
    """Asks whoever has not seen ranked output of the case, as before every ranked answer."""
    run = standing_seen.run_numbered(pk, request.operator)
    search = services.answered(int(run.search_id or 0), request.operator)
    shown = reverse("web:standing:news", args=[pk])
    if request.method != "POST" and has_seen(request.operator, search.case_id):
        return HttpResponseRedirect(shown)
    confirm = Confirmation(
        title=_("What is new in %(code)s") % {"code": search.case.code},
        verb=_("I will not examine this case; show it"),
        consequences=[
            _("Whoever sees ranked output of this case cannot examine it: the examinations are made blind to it."),
            _("That you saw it is on record under your name from then on, before anything is shown."),
        ],
        back=record.address(search.case),
        back_label=search.case.code,
    )

    def act(_reason: str) -> str:
        services.forgo_examining(search.pk, request.operator)
        return shown

    return confirmed(request, confirm, act, ask_why=False)


@require_safe
@needs(Permission.CASE_READ)
def new(request: Visit, pk: int) -> HttpResponse:
    """The candidates who were not in the former answer, for whoever said before that they will not examine."""
    run = standing_seen.run_numbered(pk, request.operator)
    search = services.answered(int(run.search_id or 0), request.operator)
    if not has_seen(request.operator, search.case_id):
        return HttpResponseRedirect(reverse("web:standing:news-ask", args=[pk]))
    told = standing_seen.what_is_new(pk, request.operator)
    context = {
        "case": told.search.case,
        "case_url": record.address(told.search.case),
        "search": told.search,
        "former": told.former,
        "changes": [Change(each).label for each in told.run.changes],
        "leads": [
            NewLead(
                int(each["rank"]),
                str(each["person_ref"]),
                each["person_ref"] == ERASED,
                f"{each['score']:.3f}",
                bool(each.get("passes")),
            )
            for each in told.candidates
        ],
    }
    return render(request, "web/standing/new.html", context)
