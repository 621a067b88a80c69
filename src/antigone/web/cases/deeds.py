"""Ending a case and opening it again, each with its reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.casework import services
from antigone.web.cases import record
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_OPEN)
def close(request: Visit, pk: int) -> HttpResponse:
    """No search is made in it from then on."""
    if request.method == "POST" and (before := done_before(request)) is not None:
        return before
    opened = record.own(request.operator, pk)
    if opened.closed:
        messages.info(request, _("The case is closed already; nothing was changed."))
        return HttpResponseRedirect(opened.url)
    confirm = Confirmation(
        title=_("Close %(code)s") % {"code": opened.case.code},
        verb=_("Close the case"),
        consequences=[
            _("No search is made in it from now on, and it waits for nothing."),
            _("What was done in it stays, with the searches as they were answered."),
            _("Its subject, and their photographs, stay on record."),
        ],
        back=opened.url,
        back_label=opened.case.code,
        warning=_("It can be opened again, with a reason"),
    )

    def act(reason: str) -> str:
        services.close_case(opened.case.code, request.operator, reason)
        messages.success(request, _("The case is closed."))
        return opened.url

    return confirmed(request, confirm, act)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CASE_OPEN)
def reopen(request: Visit, pk: int) -> HttpResponse:
    """Unless its subject can state their identity: then the service refuses, and says so."""
    if request.method == "POST" and (before := done_before(request)) is not None:
        return before
    opened = record.own(request.operator, pk)
    if not opened.closed:
        messages.info(request, _("The case is open; nothing was changed."))
        return HttpResponseRedirect(opened.url)
    confirm = Confirmation(
        title=_("Open %(code)s again") % {"code": opened.case.code},
        verb=_("Open it again"),
        consequences=[
            _("It can be searched again, under the mandate that is in force on that day."),
            _("It stands on the desks of those whom it waits for."),
        ],
        back=opened.url,
        back_label=opened.case.code,
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        services.reopen_case(opened.case.code, request.operator, reason)
        messages.success(request, _("The case is open again."))
        return opened.url

    return confirmed(request, confirm, act)
