"""One exercise: what is to be done in it, and of what is sealed, the truth."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from antigone.access.permissions import Permission
from antigone.casework.models import Stage
from antigone.casework.practice import examining, exercises, telling
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before


@require_safe
@needs(Permission.PRACTICE_DO)
def exercise(request: Visit, key: UUID) -> HttpResponse:
    """Where it stands. A block that waits to be sorted is gone to at once."""
    who = request.operator
    here = exercises.standing(key, who)
    if here.sorting:
        return HttpResponseRedirect(reverse("web:practice:sort", args=[key]))
    pairs = telling.told(key, who)
    told = [each for each in pairs if isinstance(each, telling.Told)]
    context = {
        "exercise": here,
        "told": told,
        "untold": [each for each in pairs if isinstance(each, telling.Untold)],
        "right": sum(each.verdict is telling.Verdict.RIGHT for each in told),
        "sealed": Stage.SEALED,
        "given_up": Stage.ABANDONED,
    }
    return render(request, "web/practice/exercise.html", context)


@require_POST
@needs(Permission.PRACTICE_DO)
def examine(request: Visit, pair: UUID) -> HttpResponse:
    """Begin the examination of a pair, or go on with it, at the desk."""
    key = examining.begin(pair, request.operator)
    return HttpResponseRedirect(reverse("web:practice:desk", args=[key]))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PRACTICE_DO)
def leave(request: Visit, key: UUID) -> HttpResponse:
    """End an exercise early."""
    if request.method == "POST" and (before := done_before(request)):
        return before
    exercises.standing(key, request.operator)
    confirm = Confirmation(
        title=_("Leave this exercise"),
        verb=_("Leave it"),
        consequences=[
            _("What you sealed counts, and its truth stays told."),
            _("Of the rest nothing is told and nothing counts."),
            _("You can draw another exercise at once."),
        ],
        back=reverse("web:practice:exercise", args=[key]),
        back_label=_("The exercise"),
    )
    return confirmed(request, confirm, lambda _reason: _left(request, key), ask_why=False)


def _left(request: Visit, key: UUID) -> str:
    exercises.leave(key, request.operator)
    messages.success(request, _("You left the exercise."))
    return reverse("web:practice:room")
