"""Keeping a draft while one types, and throwing it away."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from antigone.web.drafts import keeping
from antigone.web.guards import Visit, signed_in

KEY_LENGTH = 120


@require_POST
@signed_in
def keep(request: Visit, key: str) -> HttpResponse:
    """Keep what is typed; answers with the line under the form."""
    saved_at = keeping.keep(request.operator, key[:KEY_LENGTH], request.POST)
    if saved_at is None:
        return HttpResponse(status=204)
    return HttpResponse(_("Draft kept at %(time)s UTC") % {"time": date_format(saved_at, "H:i")})


@require_POST
@signed_in
def drop(request: Visit, key: str) -> HttpResponse:
    """Throw a draft away and go back to its form."""
    keeping.drop(request.operator, key[:KEY_LENGTH])
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if safe else "/")
