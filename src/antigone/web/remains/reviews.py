"""Reviews: what is due, by code alone; kept on with a reason, or erased."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services
from antigone.access.permissions import Permission
from antigone.remains import retention, rules, waiting
from antigone.remains.models import Photograph, Subject
from antigone.web.guards import Visit, needs
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.subjects import KeepForm

LINES = 200


@require_safe
@needs(Permission.RETENTION_REVIEW)
def due(request: Visit) -> HttpResponse:
    """What is to be reviewed, or ends by itself, now or soon, the longest overdue first."""
    who = request.operator
    context = {
        "lines": waiting.due(who, LINES),
        "most": LINES,
        "may_erase": services.allows(who, Permission.PHOTOGRAPH_ERASE),
    }
    return render(request, "web/remains/reviews.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.RETENTION_REVIEW)
def keep_subject(request: Visit, pk: int) -> HttpResponse:
    """Keep a subject's record on after a review."""
    who = request.operator
    found = retention.subject_to_review(pk, who)

    def keep(data: dict[str, Any]) -> None:
        retention.review_subject(found, data["again_on"], data["reason"], who)

    return _keep(request, found, keep, _("Keep the record of %(code)s") % {"code": found.code})


@require_http_methods(["GET", "POST"])
@needs(Permission.RETENTION_REVIEW)
def keep_photograph(request: Visit, pk: UUID) -> HttpResponse:
    """Keep a photograph on after a review."""
    who = request.operator
    found = retention.photograph_to_review(pk, who)

    def keep(data: dict[str, Any]) -> None:
        retention.review_photograph(found, data["again_on"], data["reason"], who)

    title = _("Keep a photograph of %(code)s") % {"code": found.subject.code}
    return _keep(request, found.subject, keep, title, photograph=found)


def _keep(
    request: Visit, subject: Subject, keep: Any, title: str, *, photograph: Photograph | None = None
) -> HttpResponse:
    again = rules.review_day(subject.kind, timezone.now().date())
    form = KeepForm(request.POST if request.method == "POST" else None, initial={"again_on": again})
    back = reverse("web:remains:reviews")
    sheet = Sheet(
        title,
        _("Keep it on"),
        back,
        back_label=_("Reviews due"),
        note=f"{photograph.shot} · {photograph.added_at:%Y-%m-%d}".strip(" ·") if photograph is not None else "",
        why=_("What is no longer needed is not kept. Say why this still is; somebody looks again within two years."),
    )
    return answered(request, form, sheet, keep, _("Kept on, with your reason."))
