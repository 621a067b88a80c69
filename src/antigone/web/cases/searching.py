"""A search before it is made: which photographs take part, and how each stands; asked for here, done by the worker."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from antigone.access.permissions import Permission
from antigone.casework.searching.preparing import Prepared, Readiness, prepared_in
from antigone.casework.tasks import ask_faces, ask_search
from antigone.web.cases import progress, quality, record
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.once import done_once

TAKES = "takes"
"""The name of the boxes: the value is the photograph and the version of what was decided about it."""


@dataclass(frozen=True)
class Row:
    """A photograph in the list: the value of its box, what it is called, and how much of its quality is low."""

    of: Prepared
    value: str
    title: str
    takes: bool
    low: int


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEARCH_RUN)
def search(request: Visit, pk: int) -> HttpResponse:
    """Which photographs take part, how each stands, and the question whether somebody will forgo examining."""
    opened = record.own(request.operator, pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        form.is_valid()
        with said_on(form):
            return done_once(request, lambda: _ask(request, opened))
    found = prepared_in(opened.case, request.operator)
    return render(
        request,
        "web/cases/search.html",
        {
            "opened": opened,
            "case": opened.case,
            "form": form,
            "photographs": found,
            "rows": [_row(at, each, request) for at, each in enumerate(found, start=1)],
            "unsought": sum(each.sought is None and not each.photograph.faces for each in found),
            "undecided": sum(each.readiness in (Readiness.SEVERAL, Readiness.NONE) for each in found),
            "may_look": Permission.PHOTOGRAPH_LOOK in opened.allowed,
            "work": progress.searching(request.operator, opened.case),
            "seeking": progress.seeking(request.operator, opened.case),
        },
        status=422 if form.errors else 200,
    )


def _ask(request: Visit, opened: record.Opened) -> str:
    ask_search(opened.case, request.operator, photographs=_chosen(request))
    messages.success(request, _("The search is asked for. It goes on also when you leave this page."))
    return opened.url


def _row(number: int, of: Prepared, request: Visit) -> Row:
    value = f"{of.photograph.pk}.{of.version}"
    report = quality.report(of.face)
    return Row(
        of,
        value,
        _("%(number)d. %(shot)s") % {"number": number, "shot": of.photograph.shot or _("photograph")},
        takes=of.ready and (request.method != "POST" or value in request.POST.getlist(TAKES)),
        low=len(report.hindering) if report is not None and of.ready else 0,
    )


def _chosen(request: Visit) -> dict[UUID, str]:
    """The photographs that take part, each with its version; what is no photograph is one that the case has not."""
    chosen = {}
    for value in request.POST.getlist(TAKES):
        pk, _dot, version = value.partition(".")
        try:
            chosen[UUID(pk)] = version
        except ValueError:
            chosen[UUID(int=0)] = ""
    return chosen


@require_POST
@needs(Permission.SEARCH_RUN)
def find_faces(request: Visit, pk: int) -> HttpResponse:
    """Ask that the faces be found in the photographs where that was not done."""
    opened = record.own(request.operator, pk)

    def do() -> str:
        if ask_faces(opened.case, request.operator) is None:
            messages.info(request, _("The faces of every photograph have been looked for. Nothing is to be done."))
        return reverse("web:cases:search", args=[pk])

    return done_once(request, do)
