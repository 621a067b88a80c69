"""What one may examine, the beginning of it, and one's own that came to an end."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from antigone.access.permissions import Permission
from antigone.casework.judging import desk, examination, findings
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once

SHOWN = 30


@require_safe
@needs(Permission.EXAMINATION_DO)
def to_examine(request: Visit) -> HttpResponse:
    """The comparisons on this person's desk, and what of their own came to an end."""
    who = request.operator
    context = {
        "rows": desk.to_examine(who),
        "ended": desk.ended(who, limit=SHOWN),
        "settled": findings.to_read(who, SHOWN),
    }
    return render(request, "web/examining/list.html", context)


@require_safe
@needs(Permission.EXAMINATION_DO)
def ended(request: Visit) -> HttpResponse:
    """All of one's own that are sealed or given up."""
    return render(request, "web/examining/ended.html", {"ended": desk.ended(request.operator)})


@require_POST
@needs(Permission.EXAMINATION_DO)
def begin(request: Visit, comparison: UUID) -> HttpResponse:
    """Begin an examination, or go on with it; a second click begins nothing anew."""
    return done_once(
        request, lambda: reverse("web:examining:desk", args=[examination.begin(comparison, request.operator)])
    )
