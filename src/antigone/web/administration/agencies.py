"""Opening another agency in this instance."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from antigone.access import administer
from antigone.access.permissions import Permission
from antigone.web.administration.forms.agreements import AgencyForm
from antigone.web.administration.parts import page
from antigone.web.administration.people import slip
from antigone.web.administration.slips import shown_once
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPERATOR_MANAGE)
def found(request: Visit) -> HttpResponse:
    """Open an agency, and give its first administrator the code; only the founding agency does."""
    if not administer.founds_agencies(request.operator):
        raise Http404
    form = AgencyForm(request.POST or None)

    def do() -> tuple[str, dict[str, Any]]:
        first, code = administer.found_agency(
            request.operator, form.cleaned_data["name"], form.cleaned_data["administrator"]
        )
        return reverse("web:administration:agreements"), slip(request, first, code)

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return shown_once(request, "web/administration/slip.html", do)
    status = 422 if form.errors else 200
    return page(request, "web/administration/agency.html", "agreements", {"form": form}, status=status)
