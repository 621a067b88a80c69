"""Mandates: for what the agency may search, on which basis in law, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import administer, queries
from antigone.access.mandates import fault_of, year_after
from antigone.access.models import Mandate
from antigone.access.permissions import Permission
from antigone.access.rules import SUBJECT_KINDS, Purpose
from antigone.remains.models import SubjectKind
from antigone.web.administration.forms.mandates import MandateForm
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
    """A mandate in the list: what it is for in words, and how it stands today."""

    mandate: Mandate
    purpose: str
    kinds: str
    issued_by: str
    fault: str | None
    days_left: int

    @property
    def soon(self) -> bool:
        return self.fault is None and self.days_left <= SOON.days


def purpose_of(mandate: Mandate) -> str:
    """What it is for, in words that begin a line."""
    words = str(Purpose(mandate.purpose).words)
    return words[:1].upper() + words[1:]


def lines(found: list[Mandate], today: date) -> list[Line]:
    names = names_of(each.issued_by for each in found)
    kinds = dict(SubjectKind.choices)
    return [
        Line(
            each,
            purpose_of(each),
            # Only where it covers less than its purpose does is there something to say.
            ""
            if set(each.subject_kinds) >= set(SUBJECT_KINDS[Purpose(each.purpose)])
            else ", ".join(str(kinds.get(kind, kind)) for kind in each.subject_kinds),
            names[each.issued_by],
            fault_of(each, today),
            (each.valid_until - today).days,
        )
        for each in found
    ]


@require_safe
@needs(Permission.MANDATE_MANAGE)
def mandates(request: Visit) -> HttpResponse:
    found = queries.mandates_of(request.operator, after=after_row(request) or 0)
    context = {"lines": lines(found.rows, timezone.now().date()), "pager": Pager(next=found.after)}
    return page(request, "web/administration/mandates.html", "mandates", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANDATE_MANAGE)
def issue(request: Visit) -> HttpResponse:
    today = timezone.now().date()
    form = MandateForm(request.POST or None, initial={"valid_from": today, "valid_until": year_after(today)})

    def do() -> str:
        given = form.cleaned_data
        made = administer.issue_mandate(
            request.operator,
            given["purpose"],
            given["legal_basis"],
            given["valid_until"],
            valid_from=given["valid_from"],
            subject_kinds=given["subject_kinds"] or None,
        )
        messages.success(request, _("Mandate %(number)s is issued.") % {"number": made.pk})
        return reverse("web:administration:mandates")

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    status = 422 if form.errors else 200
    return page(request, "web/administration/mandate.html", "mandates", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANDATE_MANAGE)
def revoke(request: Visit, pk: int) -> HttpResponse:
    mandate = queries.mandate_numbered(request.operator.agency, pk)
    if mandate is None:
        raise Http404

    def do(reason: str) -> str:
        administer.revoke_mandate(request.operator, mandate, reason)
        messages.success(request, _("Mandate %(number)s is revoked.") % {"number": mandate.pk})
        return reverse("web:administration:mandates")

    confirm = Confirmation(
        title=_("Revoke mandate %(number)s") % {"number": pk},
        verb=_("Revoke it now"),
        consequences=[
            _("It is to %(purpose)s, until %(day)s.")
            % {"purpose": Purpose(mandate.purpose).words, "day": mandate.valid_until.isoformat()},
            _("From this moment no search is run under it; without another mandate, none at all."),
            _("What was searched under it stays as it is, with its number."),
        ],
        back=reverse("web:administration:mandates"),
        back_label=_("Mandates"),
    )
    return confirmed(request, confirm, do)
