"""Acts that cannot be taken back: a page that says what follows, and asks why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from antigone.web.errors import said_on
from antigone.web.guards import Visit
from antigone.web.once import done_apart, done_once
from antigone.web.showing import Words


class ReasonForm(forms.Form):
    """Why it is done; the reason goes with the entry in the ledger."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One or two sentences. Write no name: the reason stays in the ledger."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


UNDONE = _("This cannot be undone")


@dataclass(frozen=True)
class Confirmation:
    """What the page says: `verb` is the button's words, `consequences` what follows, `back` where cancelling leads."""

    title: Words
    verb: Words
    consequences: Sequence[Words]
    back: str
    back_label: Words
    warning: Words = UNDONE


def confirmed(
    request: Visit,
    confirm: Confirmation,
    act: Callable[[str], str],
    *,
    apart: bool = False,
    ask_why: bool = True,
) -> HttpResponse:
    """The whole view: asks on GET; on POST calls `act(reason)`, once, and goes to the address it returns.

    `apart` is for what no transaction may hold, such as destroying a key (`done_apart`); without `ask_why` no reason
    is asked for, because none is owed.
    """
    given = request.POST if request.method == "POST" else None
    form = ReasonForm(given) if ask_why else forms.Form(given)
    if request.method == "POST" and form.is_valid():
        with said_on(form):
            done = done_apart if apart else done_once
            return done(request, lambda: act(form.cleaned_data.get("reason", "")))
    status = 422 if form.errors else 200
    return render(request, "web/confirm.html", {"confirm": confirm, "form": form}, status=status)
