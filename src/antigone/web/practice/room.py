"""The room itself: what one can practise, what is begun, and the way to one's own record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from antigone.access.permissions import Permission
from antigone.casework.errors import ExaminationRefused
from antigone.casework.models import PracticeKind
from antigone.casework.practice import exercises, pool
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once

OFFERED = (
    (
        PracticeKind.SORTING,
        _("Sort a block of eight"),
        _("Eight pairs, one after the other, as triage is done. Told when the block is sealed. About five minutes."),
    ),
    (
        PracticeKind.EXAMINING,
        _("Examine three pairs"),
        _("At the examination desk, with its components and its scale. Each is told when you have sealed it."),
    ),
    (
        PracticeKind.BOTH,
        _("Sort eight, then examine what you kept"),
        _("The whole of step 9. What you set aside is told at the end, what you examine as you seal it."),
    ),
)


@require_safe
@needs(Permission.PRACTICE_DO)
def room(request: Visit) -> HttpResponse:
    who = request.operator
    context = {
        "there": pool.there(),
        "begun": exercises.open_one(who),
        "past": exercises.past(who),
        "offered": OFFERED,
    }
    return render(request, "web/practice/room.html", context)


@require_POST
@needs(Permission.PRACTICE_DO)
def begin(request: Visit) -> HttpResponse:
    """Draw an exercise; where that is refused, the room says why."""
    try:
        return done_once(request, lambda: _begun(request))
    except ExaminationRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(reverse("web:practice:room"))


def _begun(request: Visit) -> str:
    key = exercises.begin(request.POST.get("kind", ""), request.operator)
    return reverse("web:practice:exercise", args=[key])
