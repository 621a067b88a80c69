"""A new missing person, recorded at the counter: what is told first, and who may be the same."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.missing import finding, queries, recording
from antigone.web.drafts import keeping
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.missing.forms.persons import NewPersonForm
from antigone.web.once import done_before, done_once

DRAFT = "missing:new"


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def new(request: Visit) -> HttpResponse:
    """Ask, warn of records that may be of the same person, and record."""
    who = request.operator
    holdings = queries.holdings_to_choose(who)

    def make(data: QueryDict | None) -> NewPersonForm:
        return NewPersonForm(data, holdings=holdings)

    if request.method != "POST":
        form, draft = keeping.begun(request, DRAFT, make)
        return _page(request, form, draft=draft, holdings=holdings)
    if (before := done_before(request)) is not None:
        return before
    form = make(request.POST)
    if not form.is_valid():
        return _page(request, form, holdings=holdings)
    alike = finding.alike(who, form.names(), form.cleaned_data["sex"] or "unknown", form.birth())
    seen = {each for each in request.POST.get("seen", "").split(",") if each}
    if any(str(hit.pk) not in seen for hit in alike):
        return _page(request, form, alike=alike, holdings=holdings)
    with said_on(form):
        return done_once(request, lambda: _record(request, form))
    return _page(request, form, holdings=holdings)


def _record(request: Visit, form: NewPersonForm) -> str:
    holding = queries.holding(request.operator, int(form.cleaned_data["holding"]))
    person = recording.record_person(holding, form.new(), request.operator)
    keeping.drop(request.operator, DRAFT)
    messages.success(
        request,
        _("Recorded under the reference %(ref)s. Add a portrait, and what else is known, when you can.")
        % {"ref": person.ref},
    )
    return reverse("web:missing:person", args=[person.pk])


def _page(request: Visit, form: BaseForm, **context: Any) -> HttpResponse:
    faulty = bool(request.method == "POST" and (form.errors or context.get("alike")))
    context["draft_key"] = DRAFT
    context["form"] = form
    context["seen"] = ",".join(str(hit.pk) for hit in context.get("alike") or ())
    return render(request, "web/missing/new.html", context, status=422 if faulty else 200)
