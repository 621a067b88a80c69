"""Incident mode of an agency: declared by the board with a reason, and ended with one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.casework.judging import incidents
from antigone.casework.models import Incident
from antigone.web.described import names_of
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before, done_once
from antigone.web.triage.forms import IncidentForm


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.INCIDENT_DECLARE)
def incident(request: Visit) -> HttpResponse:
    """Whether an incident is under way, and the form to declare one."""
    return _answer(request, incidents.declare, _("The incident is declared: one finished triage may order samples."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.INCIDENT_DECLARE)
def end(request: Visit) -> HttpResponse:
    """Say that it is over; what was ordered stays ordered."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("web:triage:incident"))
    return _answer(request, incidents.end, _("The incident is over. What was ordered stays ordered."))


def _answer(request: Visit, service: Callable[..., Incident], said: str) -> HttpResponse:
    if request.method == "POST" and (before := done_before(request)) is not None:
        return before
    who = request.operator
    form = IncidentForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        service(form.cleaned_data["why"], who)
        messages.success(request, said)
        return reverse("web:triage:incident")

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    found = incidents.under_way(who.agency_id)
    context = {"form": form, "incident": found, "by": names_of([found.declared_by])[found.declared_by] if found else ""}
    return render(request, "web/triage/incident.html", context, status=422 if form.errors else 200)
