"""What one may sort, and the beginning of it."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from antigone.access.permissions import Permission
from antigone.casework.judging import desk, triage
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once
from antigone.web.triage import keeping


@require_safe
@needs(Permission.TRIAGE_DO)
def to_sort(request: Visit) -> HttpResponse:
    return render(request, "web/triage/list.html", {"rows": desk.to_sort(request.operator)})


@require_POST
@needs(Permission.TRIAGE_DO)
def begin(request: Visit, search: int) -> HttpResponse:
    """Begin to sort what a search lists, or go on; a second click begins nothing anew."""
    return done_once(request, lambda: reverse("web:triage:block", args=[triage.begin(search, request.operator)]))


@require_POST
@needs(Permission.TRIAGE_DO)
def keys(request: Visit) -> HttpResponse:
    """Turn single keys on or off, for as long as one is signed in here."""
    request.session[keeping.SINGLE_KEYS] = request.POST.get("keys") == "on"
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("web:triage:list")
    return HttpResponseRedirect(back)
