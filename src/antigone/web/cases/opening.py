"""Opening a case: about a subject under a new code, or about one that is on record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access import services as access
from antigone.access.models import Mandate
from antigone.access.permissions import Permission
from antigone.casework import queries, services
from antigone.casework.models import Case
from antigone.casework.services import purpose_for
from antigone.remains import queries as remains
from antigone.remains.models import SubjectKind
from antigone.web.cases import record
from antigone.web.cases.forms import MandateForm, OpenForm
from antigone.web.drafts import keeping
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before, done_once

DRAFT = "cases:new"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_OPEN)
def new(request: Visit) -> HttpResponse:
    who = request.operator
    if request.method == "POST" and (before := done_before(request)) is not None:
        return before
    mandates = access.in_force_today(who.agency)
    if request.method != "POST":
        begun, draft = keeping.begun(request, DRAFT, lambda data: OpenForm(data, mandates=mandates))
        return _new_page(request, begun, mandates, draft=draft)
    form = OpenForm(request.POST, mandates=mandates)
    if form.is_valid():
        with said_on(form):
            return done_once(request, lambda: _open(request, form))
    return _new_page(request, form, mandates)


def _new_page(request: Visit, form: BaseForm, mandates: Sequence[Mandate], *, draft: Any = None) -> HttpResponse:
    context = {"form": form, "draft": draft, "draft_key": DRAFT, "mandates": mandates}
    return render(request, "web/cases/new.html", context, status=422 if form.errors else 200)


def _open(request: Visit, form: OpenForm) -> str:
    given = form.cleaned_data
    case = services.open_case(
        given["code"], given["kind"], form.particulars(), request.operator, mandate_number=form.chosen
    )
    keeping.drop(request.operator, DRAFT)
    return _said(request, case)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_OPEN)
def about(request: Visit, subject: int) -> HttpResponse:
    """Open one about a subject on record, or lead to the one that there is."""
    who = request.operator
    if request.method == "POST" and (before := done_before(request)) is not None:
        return before
    found = remains.subject_numbered(who, subject)
    if found.agency_id != who.agency_id:
        raise queries.not_here()
    if request.method != "POST" and (known := queries.cases_of_subject(who, subject)):
        messages.info(request, _("There is a case about this subject already; this is it."))
        return HttpResponseRedirect(record.at(known[0].pk))
    mandates = access.in_force_today(who.agency, [purpose_for(found.kind)])
    form = MandateForm(request.POST if request.method == "POST" else None, mandates=mandates)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(
                request,
                lambda: _said(request, services.open_case_about(found, who, mandate_number=form.chosen)),
            )
    context = {
        "form": form,
        "subject": found,
        "kind": SubjectKind(found.kind).label,
        "purpose": purpose_for(found.kind).words,
        "mandates": mandates,
    }
    return render(request, "web/cases/about.html", context, status=422 if request.method == "POST" else 200)


def _said(request: Visit, case: Case) -> str:
    messages.success(request, _("The case %(code)s is open.") % {"code": case.code})
    return record.address(case)
