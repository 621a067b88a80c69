"""A picture of the practice room as an answer: kept by nobody on the way, and only for who lifted its veil."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse

from antigone.access.models import Operator
from antigone.web.guards import Visit
from antigone.web.pictures import tokens

KIND = "practice-picture"


def token(who: Operator, picture: UUID) -> str:
    """What the address of a picture carries for the minutes after a veil was lifted."""
    return tokens.token_for(who, KIND, picture)


def check(request: Visit, picture: UUID) -> None:
    """Return where this person lifted the veil of this picture a moment ago; for everybody else there is none."""
    if not tokens.holds(request.GET.get("token", ""), request.operator, KIND, picture):
        raise Http404


def answer(jpeg: bytes) -> HttpResponse:
    response = HttpResponse(jpeg, content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    response["Content-Disposition"] = "inline"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
