"""The two pictures of a pair whose truth was told, behind their veil."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from antigone.access.permissions import Permission
from antigone.casework.practice import own, telling
from antigone.web.guards import Visit, needs
from antigone.web.pictures import making
from antigone.web.practice import jpegs


@require_POST
@needs(Permission.PRACTICE_DO)
def show(request: Visit, pair: UUID) -> HttpResponse:
    """Lift the veil of a pair that was told; a page of its own without htmx."""
    who = request.operator
    exercise = own.pair(pair, who).exercise_id
    found = next(
        (each for each in telling.told(exercise, who) if isinstance(each, telling.Told) and each.pair == pair), None
    )
    if found is None:
        raise Http404
    context = {
        "exercise": exercise,
        "one": found,
        "photographs": [_address(request, pair, each) for each in found.photographs],
        "portrait": _address(request, pair, found.portrait),
    }
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "web/practice/shown.html" if fragment else "web/practice/shown_page.html", context)


@require_safe
@needs(Permission.PRACTICE_DO)
def picture(request: Visit, pair: UUID, picture: UUID) -> HttpResponse:
    jpegs.check(request, picture)
    return making.jpeg(telling.picture(pair, picture, request.operator))


def _address(request: Visit, pair: UUID, picture: UUID) -> str:
    token = jpegs.token(request.operator, picture)
    return f"{reverse('web:practice:told-picture', args=[pair, picture])}?token={token}"
