"""Ranked output: leads of a search, after the question whether somebody will forgo examining the case."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.casework import services
from antigone.casework.knowing import has_seen
from antigone.web import described
from antigone.web.cases import basis, leads, record
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_READ)
def ask(request: Visit, pk: int) -> HttpResponse:
    """Asks whoever has not seen ranked output of the case; that they will is on record before anything is shown."""
    search = services.answered(pk, request.operator)
    shown = reverse("web:cases:ranked", args=[pk])
    if request.method != "POST" and has_seen(request.operator, search.case_id):
        return HttpResponseRedirect(shown)
    confirm = Confirmation(
        title=_("Ranked output of %(code)s") % {"code": search.case.code},
        verb=_("I will not examine this case; show it"),
        consequences=[
            _("Whoever sees ranked output of this case cannot examine it: the examinations are made blind to it."),
            _("That you saw it is on record under your name from then on, before anything is shown."),
            _("Leads are shown, never names. “None of these” is a normal answer."),
        ],
        back=record.address(search.case),
        back_label=search.case.code,
    )

    def act(_reason: str) -> str:
        services.forgo_examining(pk, request.operator)
        return shown

    return confirmed(request, confirm, act, ask_why=False)


@require_safe
@needs(Permission.CASE_READ)
def answer(request: Visit, pk: int) -> HttpResponse:
    """The leads of a search, for whoever said before that they will not examine the case."""
    search = services.answered(pk, request.operator)
    if not has_seen(request.operator, search.case_id):
        return HttpResponseRedirect(reverse("web:cases:ranked-ask", args=[pk]))
    search = services.look_at_answer(pk, request.operator)
    context = {
        "search": search,
        "case": search.case,
        "case_url": record.address(search.case),
        "by": described.names_of([search.actor])[search.actor],
        "answer": leads.shown(search, request.operator),
        "photographs": basis.photographs_of(search),
        "calibrations": basis.calibrations_of(search),
    }
    return render(request, "web/cases/ranked.html", context)
