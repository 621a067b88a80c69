"""Searching again with the photographs that a case has: asked for here, done by the worker."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.casework.tasks import ask_search
from antigone.web.cases import record
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEARCH_RUN)
def again(request: Visit, pk: int) -> HttpResponse:
    opened = record.own(request.operator, pk)
    confirm = Confirmation(
        title=_("Search in %(code)s") % {"code": opened.case.code},
        verb=_("Search"),
        consequences=[
            _("Whoever asks for a search counts as having seen its ranked output, and cannot examine this case."),
            _(
                "Every photograph that the case has is compared, with the face that was chosen in it, with every "
                "portrait that the mandate allows."
            ),
            _("The search and its answer are kept, and are on record under your name."),
            _("It takes from seconds to minutes. The page of the case shows how far it is."),
        ],
        back=opened.url,
        back_label=opened.case.code,
        warning=_("Whoever is to examine this case leaves the search to somebody else"),
    )

    def act(_reason: str) -> str:
        ask_search(opened.case, request.operator)
        messages.success(request, _("The search is asked for. It goes on also when you leave this page."))
        return opened.url

    return confirmed(request, confirm, act, ask_why=False)
