"""One job: a page, or the fragment that htmx asks for again and again."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from antigone.jobs import queries
from antigone.web.guards import Visit, signed_in


@require_safe
@signed_in
def job(request: Visit, number: int) -> HttpResponse:
    found = queries.job(request.operator, number)
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "web/jobs/fragment.html" if fragment else "web/jobs/job.html", {"job": found})
