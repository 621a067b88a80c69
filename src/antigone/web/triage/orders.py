"""Samples ordered for prints, teeth or DNA, before anybody is identified."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.casework.judging import incidents, sampling
from antigone.casework.models import SamplingOrder
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before, done_once
from antigone.web.remains import record
from antigone.web.triage.forms import CancelForm, OrderForm


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SAMPLING_ORDER)
def new(request: Visit, subject: int) -> HttpResponse:
    """Order samples of a subject; what was taken and ordered already stands beside the form."""
    who = request.operator
    opened = record.mine(who, subject, Permission.SAMPLING_ORDER)
    form = OrderForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        made = sampling.order(opened.subject, form.cleaned_data["identifiers"], form.cleaned_data["why"], who)
        said = ngettext("One sample is ordered.", "%(number)s samples are ordered.", len(made))
        messages.success(request, said % {"number": len(made)})
        return f"{opened.url}#samples"

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context: dict[str, Any] = {
        "record": opened,
        "form": form,
        "fault": sampling.fault_for(opened.subject, who),
        "orders": [each for each in sampling.of_subject(opened.subject, who) if each.open],
        "taken": _taken(opened),
        "may_declare": Permission.INCIDENT_DECLARE in opened.allowed,
        "incident": incidents.under_way(who.agency_id),
    }
    return render(request, "web/triage/order.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SAMPLING_ORDER)
def cancel(request: Visit, pk: int) -> HttpResponse:
    """Take an order back, with a reason."""
    if request.method == "POST" and (before := done_before(request)) is not None:
        return before
    who = request.operator
    of = SamplingOrder.objects.filter(pk=pk).values_list("subject", flat=True).first()
    if of is None:
        raise Http404
    opened = record.mine(who, of, Permission.SAMPLING_ORDER)
    found = next((each for each in sampling.of_subject(opened.subject, who) if each.pk == pk and each.may_cancel), None)
    if found is None:
        raise Http404
    form = CancelForm(request.POST if request.method == "POST" else None)

    def do() -> str:
        sampling.cancel(pk, form.cleaned_data["why"], who)
        messages.success(request, _("The order is cancelled."))
        return f"{opened.url}#samples"

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {"record": opened, "form": form, "order": found}
    return render(request, "web/triage/cancel.html", context, status=422 if form.errors else 200)


def _taken(opened: record.Opened) -> list[tuple[str, str]]:
    there = sampling.taken(opened.subject)
    return [(str(each.label), ", ".join(there[each.value])) for each in sampling.ORDERED if each.value in there]
