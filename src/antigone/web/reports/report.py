"""A report as it was made: read, printed, taken as a file, made anew."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.casework.models import RecipientRole
from antigone.casework.reporting import exhibits, making, pdf, reading
from antigone.casework.reporting.pdf import Stamp
from antigone.casework.reporting.reading import Read
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.described import names_of
from antigone.web.guards import Visit, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ask(request: Visit, pk: int) -> HttpResponse:
    """Asks whoever could still examine; that they will not is on record before anything is shown."""
    who = request.operator
    found = reading.report(pk, who)
    shown = reverse("web:reports:report", args=[pk])
    if request.method != "POST" and not reading.unblinds(found, who):
        return HttpResponseRedirect(shown)
    confirm = Confirmation(
        title=_("Report %(serial)s") % {"serial": found.serial},
        verb=_("I will not examine this case; show it"),
        consequences=[
            _("This report says what the records hold for and against a person. Whoever reads it cannot examine the "
              "case: the examinations are made blind to it."),
            _("That you read it is on record under your name from then on, before anything is shown."),
        ],
        back=reverse("web:reports:list"),
        back_label=_("Reports"),
    )  # fmt: skip

    def act(_reason: str) -> str:
        reading.forgo(found, who)
        return shown

    return confirmed(request, confirm, act, ask_why=False)


@require_safe
@signed_in
def report(request: Visit, pk: int) -> HttpResponse:
    """The report on a page that prints on A4."""
    who = request.operator
    found = reading.report(pk, who)
    if reading.unblinds(found, who):
        return HttpResponseRedirect(reverse("web:reports:ask", args=[pk]))
    read = reading.read(pk, who)
    stamp = _stamp(read)
    with translation.override(read.report.language):
        opening, closing = pdf.opening(read.content, stamp), pdf.closing(stamp)
        ledger = _("This report and the ledger")
    given = reading.exhibits_of(read.report)
    names = names_of(each.made_by for each in given)
    context = {
        "report": read.report,
        "content": read.content,
        "whole": read.whole,
        "opening": opening,
        "closing": closing,
        "ledger": ledger,
        "files": pdf.available(),
        "may_exhibit": exhibits.may_make(who) and bool(exhibits.to_choose(read.report, who)),
        "exhibits": [(each, RecipientRole(each.role).label, names.get(each.made_by, "")) for each in given],
    }
    return render(request, "web/reports/report.html", context)


@require_safe
@signed_in
def file(request: Visit, pk: int) -> HttpResponse:
    """The report as PDF; the same report is the same bytes. That it was set is in the ledger."""
    read = reading.read(pk, request.operator, as_file=True)
    answer = HttpResponse(pdf.render(read.content, _stamp(read)), content_type="application/pdf")
    return _as_file(answer, f"{read.report.serial}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def again(request: Visit, pk: int) -> HttpResponse:
    """The same question about the records as they stand today, as a new report."""
    who = request.operator
    found = reading.report(pk, who)
    back = reverse("web:reports:report", args=[pk])
    confirm = Confirmation(
        title=_("Make %(serial)s anew") % {"serial": found.serial},
        verb=_("Make it anew"),
        consequences=[
            _("A new report is made of the records as they stand today, in the language in which you read now, under "
              "a number of its own."),
            _("The earlier one stays as it was made."),
        ],
        back=back,
        back_label=found.serial,
        warning=_("What follows"),
    )  # fmt: skip

    def act(_reason: str) -> str:
        made = making.again(found, who)
        messages.success(request, _("The report %(serial)s is made and kept.") % {"serial": made.serial})
        return reverse("web:reports:report", args=[made.pk])

    return confirmed(request, confirm, act, ask_why=False)


def _as_file(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _stamp(read: Read) -> Stamp:
    found = read.report
    return Stamp(
        serial=found.serial,
        digest=found.digest,
        agency=found.agency.name,
        made_by=names_of([found.made_by])[found.made_by],
        made_at=found.made_at,
        language=found.language,
        entry=read.place.entry,
        checkpoint=read.place.checkpoint,
    )
