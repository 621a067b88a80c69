"""One act under a record, or of a board, as a page: a form, what it means, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from antigone.web.drafts import keeping
from antigone.web.errors import said_on
from antigone.web.guards import Visit
from antigone.web.once import done_once
from antigone.web.showing import Words

KEY_LENGTH = 120


@dataclass(frozen=True)
class Sheet:
    """What the page says around its form: `why` in a box above, `verb` on its button, `back` where cancelling leads.

    What is typed is kept as a draft, except where it is to be read anew each time.
    """

    title: Words
    verb: Words
    back: str
    back_label: Words = ""
    note: Words = ""
    why: Words = ""
    why_title: Words = ""
    grave: bool = False
    draft: bool = True


def answered(
    request: Visit,
    form: BaseForm,
    sheet: Sheet,
    do: Callable[[dict[str, Any]], object],
    said: Words,
    *,
    to: str = "",
    template: str = "web/remains/sheet.html",
    **context: Any,
) -> HttpResponse:
    """The whole view: shows the form; when it is sent, does it once, says so, and goes back.

    `do` is given what was filled in; where it returns an address, that is where one goes.
    """

    key = draft_key(request) if sheet.draft else ""

    def deed() -> str:
        address = do(form.cleaned_data)
        keeping.drop(request.operator, key)
        messages.success(request, str(said))
        return address if isinstance(address, str) else to or sheet.back

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, deed)
    draft = None
    if request.method != "POST" and key:
        form, draft = keeping.begun(request, key, lambda data: form if data is None else _filled(form, data))
    status = 422 if request.method == "POST" else 200
    return render(
        request, template, {**context, "form": form, "sheet": sheet, "draft": draft, "draft_key": key}, status=status
    )


def draft_key(request: Visit) -> str:
    """The name under which what is typed on this page is kept: its route, its record and what its address names."""
    match = request.resolver_match
    named = [str(each) for each in match.kwargs.values()] if match else []
    asked = [str(request.GET[name]) for name in ("item", "sample") if name in request.GET]
    return ":".join([match.view_name if match else "", *named, *asked]).replace("/", "-")[:KEY_LENGTH]


def _filled(form: BaseForm, data: QueryDict) -> BaseForm:
    """The same form with what was typed before in it."""
    form.data, form.is_bound = data, True
    return form
