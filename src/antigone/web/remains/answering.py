"""One act under the record of a subject, as a page: a form, what it means, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render

from antigone.web.errors import said_on
from antigone.web.guards import Visit
from antigone.web.once import done_once
from antigone.web.showing import Words


@dataclass(frozen=True)
class Sheet:
    """What the page says around its form: `why` in a box above, `verb` on its button, `back` where cancelling leads."""

    title: Words
    verb: Words
    back: str
    back_label: Words = ""
    note: Words = ""
    why: Words = ""
    why_title: Words = ""
    grave: bool = False


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

    def deed() -> str:
        address = do(form.cleaned_data)
        messages.success(request, str(said))
        return address if isinstance(address, str) else to or sheet.back

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, deed)
    status = 422 if request.method == "POST" else 200
    return render(request, template, {**context, "form": form, "sheet": sheet}, status=status)
