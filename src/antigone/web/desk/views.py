"""The desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from antigone.web.desk.sections import shown_to
from antigone.web.guards import Visit, signed_in


@require_safe
@signed_in
def desk(request: Visit) -> HttpResponse:
    return render(request, "web/desk/desk.html", {"sections": shown_to(request.operator)})
