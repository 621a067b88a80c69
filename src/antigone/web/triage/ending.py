"""The end of a triage: asked once more, and told in the same words whoever else has finished."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.casework.judging import incidents, sampling, triage
from antigone.remains.models import Subject
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TRIAGE_DO)
def finish(request: Visit, pk: UUID) -> HttpResponse:
    if request.method == "POST" and (before := done_before(request)) is not None:
        return before
    sheet = triage.sheet(pk, request.operator)
    back = reverse("web:triage:block", args=[pk])
    if request.method != "POST" and sheet.now is not None:
        return HttpResponseRedirect(back)
    confirm = Confirmation(
        title=_("Finish sorting %(case)s") % {"case": sheet.case},
        verb=_("Finish"),
        consequences=[
            _("What you judged stays as it is; you cannot change it any more."),
            _("Nobody is told what you judged, and you are not told what anybody else judged."),
            _("What either of two people kept is examined later, among others that neither may have kept."),
        ],
        back=back,
        back_label=_("Back to the pairs"),
    )

    def act(_reason: str) -> str:
        triage.finish(pk, request.operator)
        return reverse("web:triage:finished", args=[pk])

    return confirmed(request, confirm, act, ask_why=False)


@require_safe
@needs(Permission.TRIAGE_DO)
def finished(request: Visit, pk: UUID) -> HttpResponse:
    """One and the same page, whatever was judged here or elsewhere."""
    who = request.operator
    found = triage.finished(pk, who)
    context = {
        "case": found.case,
        "subject": found.subject,
        "samples": found.ours and access.allows(who, Permission.SAMPLING_ORDER),
        # From one's own work alone; nothing that one judged makes a difference.
        "may_order": found.ours and not sampling.fault_for(Subject.objects.get(pk=found.subject), who),
        "incident": found.ours and incidents.under_way(who.agency_id) is not None,
    }
    return render(request, "web/triage/finished.html", context)
