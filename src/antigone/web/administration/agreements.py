"""Agreements between agencies: what one discloses to another, signed by a person of each side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import agreements as access
from antigone.access import queries
from antigone.access.mandates import year_after
from antigone.access.models import Agency, Agreement, Operator
from antigone.access.permissions import Permission
from antigone.access.scope import Scope
from antigone.web.administration.forms.agreements import AgreementForm
from antigone.web.administration.parts import page
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.described import names_of
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once
from antigone.web.paging import Pager, after_row

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Line:
    """An agreement as one side sees it."""

    agreement: Agreement
    other: Agency
    gives: bool
    scopes: list[str]
    fault: str | None
    awaits_us: bool
    awaits_them: bool
    soon: bool

    @property
    def direction(self) -> str:
        words = _("Your agency discloses to %(other)s") if self.gives else _("%(other)s discloses to your agency")
        return words % {"other": self.other.name}


def seen_by(who: Operator, agreement: Agreement) -> Line:
    today = timezone.now().date()
    gives = agreement.discloses_id == who.agency_id
    labels = {scope.value: str(scope.label) for scope in Scope}
    open_still = agreement.accepted_at is None and agreement.ended_at is None and agreement.valid_until >= today
    ours = agreement.proposing_id == who.agency_id
    fault = access.fault_of(agreement, today)
    return Line(
        agreement,
        agreement.receives if gives else agreement.discloses,
        gives,
        [labels.get(each, each) for each in agreement.scopes],
        fault,
        awaits_us=open_still and not ours,
        awaits_them=open_still and ours,
        soon=fault is None and agreement.valid_until - today <= SOON,
    )


def _agreement(request: Visit, pk: int) -> Agreement:
    found = queries.agreement(request.operator, pk)
    if found is None:
        raise Http404
    return found


def of(agreement: Agreement) -> str:
    return reverse("web:administration:agreement", args=[agreement.pk])


@require_safe
@needs(Permission.AGREEMENT_READ)
def agreements(request: Visit) -> HttpResponse:
    who = request.operator
    found = queries.agreements_of(who, after=after_row(request) or 0)
    context = {
        "lines": [seen_by(who, each) for each in found.rows],
        "pager": Pager(next=found.after),
        "alone": not queries.other_agencies(who),
    }
    return page(request, "web/administration/agreements.html", "agreements", context)


@require_safe
@needs(Permission.AGREEMENT_READ)
def agreement(request: Visit, pk: int) -> HttpResponse:
    """One agreement, with who signed it on each side."""
    found = _agreement(request, pk)
    names = names_of([found.proposed_by, found.accepted_by, found.ended_by])
    context = {"line": seen_by(request.operator, found), "agreement": found, "names": names}
    context |= {
        "proposed_by": names.get(found.proposed_by, ""),
        "accepted_by": names.get(found.accepted_by, ""),
        "ended_by": names.get(found.ended_by, ""),
    }
    return page(request, "web/administration/agreement.html", "agreements", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.AGREEMENT_MANAGE)
def propose(request: Visit) -> HttpResponse:
    who, today = request.operator, timezone.now().date()
    others = queries.other_agencies(who)
    form = AgreementForm(
        request.POST or None, others=others, initial={"valid_from": today, "valid_until": year_after(today)}
    )

    def do() -> str:
        given = form.cleaned_data
        made = access.propose(
            who,
            next(each for each in others if each.pk == given["other"]),
            given["scopes"],
            given["citation"],
            given["valid_until"],
            receiving=given["direction"] == "receive",
            valid_from=given["valid_from"],
        )
        messages.success(request, _("Proposed. It discloses nothing until a person of the other agency accepts it."))
        return of(made)

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    status = 422 if form.errors else 200
    return page(
        request, "web/administration/propose.html", "agreements", {"form": form, "others": others}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.AGREEMENT_MANAGE)
def accept(request: Visit, pk: int) -> HttpResponse:
    found, form = _agreement(request, pk), forms.Form(request.POST or None)
    line = seen_by(request.operator, found)

    def do() -> str:
        access.accept(request.operator, found)
        messages.success(request, _("Accepted. Within its dates it is in force."))
        return of(found)

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    proposed_by = names_of([found.proposed_by])[found.proposed_by]
    context = {"form": form, "line": line, "agreement": found, "proposed_by": proposed_by}
    status = 422 if form.errors else 200
    return page(request, "web/administration/accept.html", "agreements", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.AGREEMENT_MANAGE)
def end(request: Visit, pk: int) -> HttpResponse:
    """End an agreement, or withdraw or decline a proposal; either side may."""
    found = _agreement(request, pk)
    line = seen_by(request.operator, found)

    def do(reason: str) -> str:
        access.end(request.operator, found, reason)
        messages.success(request, _("It has ended; nothing is disclosed under it any more."))
        return of(found)

    if line.awaits_us:
        title, verb = _("Decline the agreement with %(other)s"), _("Decline it")
    elif line.awaits_them:
        title, verb = _("Withdraw the proposal to %(other)s"), _("Withdraw it")
    else:
        title, verb = _("End the agreement with %(other)s"), _("End it now")
    confirm = Confirmation(
        title=title % {"other": line.other.name},
        verb=verb,
        consequences=[
            _("From this moment nothing is seen or searched under it, on either side."),
            _("What was found under it before stays on record where it was found."),
            _("To disclose again, a new agreement is proposed and accepted. The other agency reads your reason."),
        ],
        back=of(found),
        back_label=_("Agreement %(number)s") % {"number": pk},
    )
    return confirmed(request, confirm, do)
