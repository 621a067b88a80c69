"""Reports are asked for here: of two records, of a case and a person, of a decision."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.casework import queries as cases
from antigone.casework.errors import ReportRefused
from antigone.casework.models import Report
from antigone.casework.reporting import blinding, called, making
from antigone.missing.errors import NotHere as NoPerson
from antigone.web.addresses import number
from antigone.web.cases import record as case_record
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once
from antigone.web.reports.forms import CaseForm, PersonsForm, RemainsForm


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_READ)
def persons(request: Visit) -> HttpResponse:
    """Two records of missing persons; `?one=12&other=34` fills in their references."""
    who = request.operator
    initial = {name: called.name_of(pk, who) for name in ("one", "other") if (pk := number(request.GET.get(name, "")))}
    form = PersonsForm(request.POST if request.method == "POST" else None, initial=initial)

    def make() -> Report:
        one, other = (called.person(form.cleaned_data[name], who) for name in ("one", "other"))
        return making.same_person(one.pk, other.pk, who)

    return _asked(request, form, make, "persons", reverse("web:reports:list"), _("Reports"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SUBJECT_READ)
def remains(request: Visit) -> HttpResponse:
    """Two remains; `?one=CODE&other=CODE` fills in their codes."""
    who = request.operator
    initial = {name: request.GET.get(name, "")[:120] for name in ("one", "other")}
    form = RemainsForm(request.POST if request.method == "POST" else None, initial=initial)

    def make() -> Report:
        one, other = (called.subject(form.cleaned_data[name], who) for name in ("one", "other"))
        return making.same_body(one.pk, other.pk, who)

    return _asked(request, form, make, "remains", reverse("web:reports:list"), _("Reports"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_READ, Permission.PERSON_READ, Permission.SUBJECT_READ)
def case(request: Visit, pk: int) -> HttpResponse:
    """The subject of a case and a missing person: whoever asks is told first that they will examine it no more."""
    who = request.operator
    found = cases.case_numbered(who, pk)
    concerned = blinding.cases_about(found.subject_id)
    blinding.ready(concerned, who)
    initial = {"person": called.name_of(one, who) if (one := number(request.GET.get("person", ""))) else ""}
    form = CaseForm(request.POST if request.method == "POST" else None, initial=initial)

    def make() -> Report:
        person = called.person(form.cleaned_data["person"], who)
        try:
            making.sides_of(found.pk, person.pk, who)
        except NoPerson:
            raise ReportRefused(_("No missing person goes by that here. Nothing was made.")) from None
        blinding.forgo(concerned, who)
        return making.body_person(found.pk, person.pk, who)

    return _asked(
        request,
        form,
        make,
        "case",
        case_record.address(found),
        found.code,
        ends=blinding.ends_blindness(concerned, who),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.POSTERIOR_READ)
def decision(request: Visit, serial: str) -> HttpResponse:
    """The report of an identification or an exclusion, by its number."""
    who = request.operator
    found = making.decision_for(serial, who)
    confirm = Confirmation(
        title=_("Report of %(serial)s") % {"serial": found.serial},
        verb=_("Make the report"),
        consequences=[
            _("The report is written from what the board signed, in the language in which you read now, under a "
              "number of its own. It is kept as it is made."),
            _("It holds no picture. Pictures of the dead go to a named professional alone, as a sealed exhibit."),
            _("Whoever reads it examines no more in the case; that you made it is on record."),
        ],
        back=reverse("web:reports:list"),
        back_label=_("Reports"),
        warning=_("What follows"),
    )  # fmt: skip

    def act(_reason: str) -> str:
        return address(making.of_decision(serial, who))

    return confirmed(request, confirm, act, ask_why=False)


def address(made: Report) -> str:
    """Where a report is read."""
    return reverse("web:reports:report", args=[made.pk])


def _asked(
    request: Visit,
    form: forms.Form,
    make: Callable[[], Report],
    kind: str,
    back: str,
    label: str,
    *,
    ends: bool = False,
) -> HttpResponse:
    def do() -> str:
        made = make()
        messages.success(request, _("The report %(serial)s is made and kept.") % {"serial": made.serial})
        return address(made)

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {"form": form, "kind": kind, "back": back, "back_label": label, "ends": ends}
    return render(request, "web/reports/ask.html", context, status=422 if form.errors else 200)
