"""About this installation, and the choice between light and dark."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from antigone.web import appearance as theme
from antigone.web.guards import Visit, signed_in


@require_safe
@signed_in
def about(request: Visit) -> HttpResponse:
    return render(request, "web/about/about.html")


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme and go back; for everybody, also before signing in."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    theme.keep(response, request.POST.get("theme", ""))
    return response
