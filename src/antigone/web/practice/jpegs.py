"""Who may fetch a picture of the practice room: whoever lifted its veil a moment ago."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

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
