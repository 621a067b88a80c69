"""Kin among the missing: the other record is found by typing, and what they are to each other is said."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from antigone.access.permissions import Permission
from antigone.missing import finding, kinship, looking, own, queries
from antigone.missing.finding import Hit
from antigone.missing.models import KinshipKind
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import said_on
from antigone.web.guards import Visit, needs
from antigone.web.missing import record
from antigone.web.missing.record import Opened
from antigone.web.once import done_once

SHOWN = 12


class KinForm(forms.Form):
    """Who, and what they are to each other."""

    other = forms.ChoiceField(label=gettext_lazy("Which record"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=gettext_lazy("This person is"), choices=KinshipKind.choices)
    said_by = forms.CharField(label=gettext_lazy("Who says so"), max_length=200, required=False)

    def __init__(self, data: object = None, *, hits: list[Hit]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["other"].choices = [(str(hit.pk), in_a_line(hit)) for hit in hits]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def choose(request: Visit, pk: int) -> HttpResponse:
    """Find the other record, then say what this person is to them."""
    who = request.operator
    person = own.person_for(pk, who, Permission.PERSON_RECORD)
    opened = record.of(person, who)
    if request.method == "GET":
        looking.looked(person, who)
    text = request.GET.get("q", "")
    hits = others(request, text, opened)
    form = KinForm(request.POST or None, hits=hits)

    def do() -> str:
        data = form.cleaned_data
        other = queries.person(who, int(data["other"]))
        kinship.record_kinship(person, other, data["kind"], who, said_by=data["said_by"])
        messages.success(request, _("Recorded on both records. Their leads are listed together."))
        return f"{opened.url}#kin"

    if request.method == "POST" and form.is_valid():
        with said_on(form):
            return done_once(request, do)
    context = {"record": opened, "form": form, "hits": hits, "text": text}
    return render(request, "web/missing/kin.html", context, status=422 if form.errors else 200)


def others(request: Visit, text: str, opened: Opened) -> list[Hit]:
    """Other records of this agency that what was typed may mean."""
    found = finding.find(request.operator, text[:200], limit=SHOWN + 1)
    agency = request.operator.agency_id
    return [hit for hit in found if hit.pk != opened.person.pk and hit.agency == agency][:SHOWN]


def in_a_line(hit: Hit) -> str:
    """A record in a line, to choose it by."""
    said = [" · ".join(hit.names[:3]) or hit.ref, hit.birth_date, hit.last_seen_place, hit.ref, hit.holding]
    return ", ".join(dict.fromkeys(each for each in said if each))


@require_http_methods(["GET", "POST"])
@needs(Permission.PERSON_RECORD)
def end(request: Visit, pk: int) -> HttpResponse:
    """Take back that two of the missing are kin."""
    who = request.operator
    row = kinship.one(pk, who)
    opened = record.of(row.person, who)
    confirm = Confirmation(
        title=_("Take back that they are kin"),
        verb=_("Take it back"),
        consequences=[
            _("%(one)s is no longer said to be %(kind)s %(other)s.")
            % {"one": row.person.ref, "kind": KinshipKind(row.kind).label, "other": row.other.ref},
            _("It stays on record as ended. It can be recorded anew."),
        ],
        back=opened.url,
        back_label=opened.title,
        warning=_("What follows"),
    )

    def act(_reason: str) -> str:
        kinship.end_kinship(row, who)
        messages.success(request, _("Taken back on both records."))
        return f"{opened.url}#kin"

    return confirmed(request, confirm, act)
