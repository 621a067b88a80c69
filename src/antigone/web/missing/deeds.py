"""What ends or resumes the search for a person: closed, opened again, spoken for themselves, erased."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.missing import erasure, own, reports, speaking
from antigone.missing.models import Person, ReportState
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.missing import record
from antigone.web.missing.record import Opened
from antigone.web.once import done_before, done_once


class CloseForm(forms.Form):
    """Why the search ends; that somebody is identified is a board's word and not said here."""

    state = forms.ChoiceField(
        label=gettext_lazy("Why it ends"),
        choices=[
            (ReportState.FOUND.value, gettext_lazy("they were found, by themselves or by others")),
            (ReportState.WITHDRAWN.value, gettext_lazy("whoever reported them withdraws the report")),
        ],
        widget=forms.RadioSelect,
    )


class IdentityForm(forms.Form):
    """How the check of identity ended."""

    confirmed = forms.ChoiceField(
        label=gettext_lazy("Who it was"),
        choices=[
            ("yes", gettext_lazy("it is the person themselves: the search stays ended, and their wishes decide")),
            ("no", gettext_lazy("it was somebody else: the search is taken up again as it was")),
        ],
        widget=forms.RadioSelect,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_CLOSE)
def close(request: Visit, pk: int) -> HttpResponse:
    person, opened = _opened(request, pk)
    form = CloseForm(request.POST or None)

    def do() -> str:
        left = reports.close_person(person, form.cleaned_data["state"], request.operator)
        said = _("The report is closed, and no portrait is searched.")
        if left:
            said = _("The report is closed. Portraits that stay searchable on a cited service basis: %(number)d.") % {
                "number": left
            }
        messages.success(request, said)
        return opened.url

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    return render(
        request, "web/missing/close.html", {"record": opened, "form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_CLOSE)
def reopen(request: Visit, pk: int) -> HttpResponse:
    person, opened = _opened(request, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> str:
        reports.reopen_person(person, request.operator)
        messages.success(request, _("The report is open again; portraits that nobody withdrew are searched."))
        return opened.url

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {"record": opened, "form": form, "waits": person.identity_check_at is not None}
    return render(request, "web/missing/reopen.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_CLOSE)
def speaks(request: Visit, pk: int) -> HttpResponse:
    """“I am this person, and not missing”: the search ends at once, then who says so is checked."""
    person, opened = _opened(request, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> str:
        speaking.person_speaks(person, request.operator)
        messages.success(
            request,
            _("The search has ended. Check who it is before you tell them anything: who filed this, or what it holds."),
        )
        return opened.url

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    return render(request, "web/missing/speaks.html", {"record": opened, "form": form})


@require_http_methods(["GET", "POST"])
@needs(Permission.REPORT_CLOSE)
def identity(request: Visit, pk: int) -> HttpResponse:
    """How the check of identity ended."""
    person, opened = _opened(request, pk)
    form = IdentityForm(request.POST or None)

    def do() -> str:
        confirmed = form.cleaned_data["confirmed"] == "yes"
        speaking.identity_checked(person, request.operator, confirmed=confirmed)
        messages.success(
            request,
            _("Recorded. Ask what they wish: what stays, what goes, and who may be told.")
            if confirmed
            else _("Recorded. The search is taken up again as it was."),
        )
        return opened.url

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {"record": opened, "form": form}
    return render(request, "web/missing/identity.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_ERASE)
def erase(request: Visit, pk: int) -> HttpResponse:
    """Erase a person with everything that was given about them."""
    if (before := done_before(request)) is not None:
        return before
    who = request.operator
    person = own.person_for(pk, who, Permission.PERSON_ERASE)
    opened = record.of(person, who)
    confirm = Confirmation(
        title=_("Erase %(name)s") % {"name": opened.title},
        verb=_("Erase everything for good"),
        consequences=[
            _("Everything that was said of this person goes: statements, names, relatives, consents, enquiries."),
            _("Every portrait, its template and its key are destroyed; no backup brings them back."),
            _("Records that were merged into this one go with it."),
            _("The reference cannot come back by mistake with a later enrolment."),
            _("The ledger keeps that a record was there and that you erased it, and not whose it was."),
        ],
        back=opened.url,
        back_label=opened.title,
    )

    def act(reason: str) -> str:
        gone = erasure.erase_person(person, who, reason)
        if gone.verified:
            messages.success(request, _("Erased, and nothing was found afterwards."))
        else:
            messages.warning(
                request, _("Erased from the records. The galleries are still being rewritten; the daily job goes on.")
            )
        return reverse("web:missing:list")

    return confirmed(request, confirm, act, apart=True)


def _opened(request: Visit, pk: int) -> tuple[Person, Opened]:
    person = own.person_for(pk, request.operator, Permission.REPORT_CLOSE)
    return person, record.of(person, request.operator)
