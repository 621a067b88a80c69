"""What courts and official registers say of a missing person: recorded with its number, and taken back."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.missing import looking, own, registers
from antigone.missing.models import RegisterKind
from antigone.missing.registers import Entered
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.missing import record
from antigone.web.missing.forms.persons import DATE_HELP
from antigone.web.once import done_once


class RegisterForm(forms.Form):
    """What an authority entered or ruled."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=RegisterKind.choices)
    authority = forms.CharField(label=gettext_lazy("Authority"), max_length=200)
    number = forms.CharField(label=gettext_lazy("Number"), max_length=100, required=False)
    dated = forms.CharField(label=gettext_lazy("Dated"), help_text=DATE_HELP, max_length=32, required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def new(request: Visit, pk: int) -> HttpResponse:
    who = request.operator
    person = own.person_for(pk, who, Permission.PERSON_RECORD)
    if request.method == "GET":
        looking.looked(person, who)
    opened = record.of(person, who)
    form = RegisterForm(request.POST or None)

    def do() -> str:
        registers.record_fact(person, Entered(**form.cleaned_data), who)
        messages.success(request, _("Recorded."))
        return f"{opened.url}#registers"

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {"record": opened, "form": form}
    return render(request, "web/missing/register.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def end(request: Visit, pk: int) -> HttpResponse:
    """Take back what was recorded of a register."""
    who = request.operator
    fact = registers.one(pk, who)
    opened = record.of(fact.person, who)
    confirm = Confirmation(
        title=_("Take back what a register says"),
        verb=_("Take it back"),
        consequences=[
            _("“%(kind)s, %(authority)s” no longer stands. It stays on record as ended, with your reason.")
            % {"kind": RegisterKind(fact.kind).label, "authority": fact.authority}
        ],
        back=opened.url,
        back_label=opened.title,
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        registers.end_fact(fact, who, reason=reason)
        messages.success(request, _("Taken back."))
        return f"{opened.url}#registers"

    return confirmed(request, confirm, act)
