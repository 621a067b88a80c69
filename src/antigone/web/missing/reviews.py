"""Reviews and ends: what is due within thirty days, kept on with a reason, or let go."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.missing import own, queries, retention, reviews, rules
from antigone.missing.models import Portrait
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.missing import record
from antigone.web.once import done_once
from antigone.web.paging import Pager

LINES = 30


class KeepForm(forms.Form):
    """Until when it is kept, and why."""

    review_on = forms.DateField(
        label=gettext_lazy("Next review on"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    until = forms.DateField(
        label=gettext_lazy("Or a last day"),
        help_text=gettext_lazy("After it, it is searched no more, and erased thirty days later."),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why it is kept"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_safe
@needs(Permission.RETENTION_REVIEW)
def due(request: Visit) -> HttpResponse:
    """Portraits and persons that are due, those due longest first."""
    who, today = request.operator, timezone.now().date()
    persons = request.GET.get("of") == "persons"
    after = _cursor(request.GET.get("after", ""), persons)
    if persons:
        lines = reviews.persons_due(today, who.agency_id, after=after, limit=LINES + 1)
    else:
        lines = reviews.reviews_due(today, who.agency_id, after=after, limit=LINES + 1)
    shown = lines[:LINES]
    last = shown[-1] if len(lines) > LINES else None
    counts = queries.counts(who)
    context = {
        "lines": shown,
        "persons": persons,
        "counts": counts,
        "today": today,
        "pager": Pager(next=f"{last.on.isoformat()}_{last.person if persons else last.portrait}" if last else None),
    }
    return render(request, "web/missing/reviews.html", context)


def _cursor(text: str, persons: bool) -> Any:
    """(day, number or id) of the last line seen, or None for anything that is no cursor."""
    day, _mark, which = text.partition("_")
    try:
        return (date.fromisoformat(day), int(which) if persons else str(UUID(which)))
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@needs(Permission.RETENTION_REVIEW)
def keep_portrait(request: Visit, pk: UUID) -> HttpResponse:
    """Keep a portrait on after a review."""
    who = request.operator
    found = own.portrait_for(queries.portrait(who, pk), who, Permission.RETENTION_REVIEW)

    def keep(data: dict[str, Any]) -> Portrait:
        return reviews.renew(found, who, until=data["until"], review_on=data["review_on"], reason=data["reason"])

    form = KeepForm(request.POST or None, initial={"review_on": _in_a_year()})
    return _keep(request, form, keep, found.person, portrait=found)


@require_http_methods(["GET", "POST"])
@needs(Permission.RETENTION_REVIEW)
def keep_person(request: Visit, pk: int) -> HttpResponse:
    """Keep a person's record on after a review."""
    who = request.operator
    person = own.person_for(pk, who, Permission.RETENTION_REVIEW)
    form = KeepForm(request.POST or None, initial={"review_on": _in_a_year()})
    del form.fields["until"]
    form.fields["review_on"].required = True

    def keep(data: dict[str, Any]) -> Any:
        return reviews.renew_person(person, who, review_on=data["review_on"], reason=data["reason"])

    return _keep(request, form, keep, person)


def _keep(request: Visit, form: KeepForm, keep: Any, person: Any, *, portrait: Portrait | None = None) -> HttpResponse:
    opened = record.of(person, request.operator)

    def do() -> str:
        keep(form.cleaned_data)
        messages.success(request, _("Kept on, with your reason."))
        return reverse("web:missing:reviews")

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {
        "record": opened,
        "form": form,
        "portrait": portrait,
        "longest_days": retention.LONGEST.days,
        "grace_days": retention.REVIEW_GRACE.days,
    }
    return render(request, "web/missing/keep.html", context, status=422 if form.errors else 200)


def _in_a_year() -> str:
    return (timezone.now().date() + rules.REVIEW_AFTER).isoformat()
