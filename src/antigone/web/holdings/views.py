"""Holdings: what the agency answers for, opened by one person and approved by a second."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.missing import queries, services
from antigone.web.described import names_of
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once


class HoldingForm(forms.Form):
    """The name of a new holding."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("What it is and where it comes from: “Families, Kharkiv counter”."),
        max_length=120,
    )


@require_safe
@needs(Permission.HOLDING_READ)
def holdings(request: Visit) -> HttpResponse:
    lines = queries.holdings_for(request.operator)
    allowed = access.permissions_held(request.operator)
    context = {
        "lines": lines,
        "may_open": Permission.HOLDING_OPEN in allowed,
        "may_read_persons": Permission.PERSON_READ in allowed,
        "unapproved": [line for line in lines if not line.approved],
        "alone": [line for line in lines if line.approved and line.awaiting],
    }
    return render(request, "web/holdings/list.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.HOLDING_OPEN)
def new(request: Visit) -> HttpResponse:
    form = HoldingForm(request.POST or None)

    def do() -> str:
        holding = services.open_holding(form.cleaned_data["name"].strip(), request.operator)
        if holding.self_approved:
            messages.warning(
                request,
                _("“%(name)s” is open. Nobody else could approve it, so you did; every answer of a search says so "
                  "until a second person does.") % {"name": holding.name},
            )  # fmt: skip
        elif holding.approved_at is None:
            messages.success(
                request,
                _("“%(name)s” is open. It is searched once another person approves it.") % {"name": holding.name},
            )
        else:
            messages.info(request, _("There was a holding of this name already: “%(name)s”.") % {"name": holding.name})
        return reverse("web:holdings:list")

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    return render(request, "web/holdings/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.HOLDING_OPEN)
def approve(request: Visit, pk: int) -> HttpResponse:
    """The second person's word; what it means stands above the button."""
    who = request.operator
    holding = queries.holding(who, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)

    def do() -> str:
        services.approve_holding(holding, who)
        messages.success(request, _("“%(name)s” is approved; it is searched from now on.") % {"name": holding.name})
        return reverse("web:holdings:list")

    if request.method == "POST" and form.is_valid():
        return done_once(request, do)
    line = next((each for each in queries.holdings(who.agency) if each.pk == holding.pk), None)
    context = {
        "form": form,
        "holding": holding,
        "line": line,
        "own": holding.opened_by == who.actor,
        "done": holding.approved_at is not None and not holding.self_approved,
        "opened_by": names_of([holding.opened_by])[holding.opened_by],
    }
    return render(request, "web/holdings/approve.html", context)
