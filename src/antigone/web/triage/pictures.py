"""The two pictures of a pair, while its veil is lifted: made from pixels, kept by nobody on the way."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from antigone.access.permissions import Permission
from antigone.casework.judging import triage
from antigone.web.guards import Visit, needs
from antigone.web.pictures import making, tokens

PHOTOGRAPH, PORTRAIT = "triage-photograph", "triage-portrait"


@require_GET
@needs(Permission.TRIAGE_DO)
def photograph(request: Visit, pk: UUID, picture: UUID) -> HttpResponse:
    if not tokens.holds(request.GET.get("token", ""), request.operator, PHOTOGRAPH, picture):
        raise Http404
    return making.jpeg(triage.photograph(pk, picture, request.operator))


@require_GET
@needs(Permission.TRIAGE_DO)
def portrait(request: Visit, pk: UUID, item: UUID) -> HttpResponse:
    """The portrait of the pair that is shown; from this moment the time of its judgement counts."""
    if not tokens.holds(request.GET.get("token", ""), request.operator, PORTRAIT, item):
        raise Http404
    return making.jpeg(triage.portrait(item, request.operator))
