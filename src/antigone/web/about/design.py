"""The living style guide: every component on one page, with invented content."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from antigone.description.catalogue import FIELDS
from antigone.missing.models import Person, Statement
from antigone.web.drafts import keeping
from antigone.web.forms.described import StatementsForm
from antigone.web.guards import Visit, signed_in
from antigone.web.paging import Pager
from antigone.web.showing import Datum, Moment, Step, Told


class ExampleForm(forms.Form):
    """One field of each sort."""

    code = forms.CharField(
        label=gettext_lazy("Code"), help_text=gettext_lazy("Place, team and count: KHARKIV-A-001"), max_length=40
    )
    found_on = forms.DateField(label=gettext_lazy("Found on"), widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        choices=[
            ("female", gettext_lazy("female")),
            ("male", gettext_lazy("male")),
            ("unknown", gettext_lazy("not known")),
        ],
        widget=forms.RadioSelect,
    )
    sealed = forms.BooleanField(label=gettext_lazy("The bag was sealed"), required=False)


@require_safe
@signed_in
def guide(request: Visit) -> HttpResponse:
    faulty = ExampleForm({"code": "", "found_on": "31 June", "sex": "male"})
    return render(
        request,
        "web/about/design.html",
        {
            "data": _data(),
            "steps": _steps(),
            "moments": _moments(),
            "history": _history(),
            "pager": Pager(next="40", previous="20"),
            "form": ExampleForm(prefix="plain"),
            "faulty": faulty,
            "rows": _rows(),
            "states": [("open", _("open")), ("closed", _("closed"))],
            "photograph": _photograph(),
            "job": SimpleNamespace(
                pk=0,
                title=_("Encode portraits anew"),
                ended=True,
                percent=62,
                sentence=_("62 of 100 portraits are encoded."),
                get_state_display=_("running"),
            ),
        },
    )


def _photograph() -> Any:
    """A photograph that is not there: its veil can be looked at and not lifted."""
    taken_at = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
    return SimpleNamespace(
        pk=UUID(int=0), subject=SimpleNamespace(code="KHARKIV-A-001", kind="deceased"), shot="F1", taken_at=taken_at
    )


DRAFT = "design:statements"
EXAMPLES = ("desc.stature", "desc.hair_colour", "desc.weight", "mark", "desc.words", "blood.group", "dental.chart")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def statements(request: Visit) -> HttpResponse:
    """A form of the catalogue, of a record that is not there; sending it checks it and saves nothing."""

    def made(data: QueryDict | None) -> StatementsForm:
        fields = [FIELDS[key] for key in EXAMPLES if key in FIELDS]
        return StatementsForm(data, model=Statement, record=Person(), fields=fields)

    draft = None
    if request.method == "POST":
        form = made(request.POST)
    else:
        form, draft = keeping.begun(request, DRAFT, made)
    valid = form.is_valid()
    status = 422 if form.errors else 200
    return render(
        request,
        "web/about/statements.html",
        {"form": form, "valid": valid, "draft": draft, "draft_key": DRAFT},
        status=status,
    )


def _data() -> list[Datum]:
    def said(label: str, value: str = "", **more: Any) -> Datum:
        return Datum(
            label, value, recorded_by="O. Marchenko", recorded_at=datetime(2026, 5, 4, 9, 30, tzinfo=UTC), **more
        )

    mother, family = _("the mother"), _("the family's choice")
    return [
        said(_("Name"), "Шевченко Олена Петрівна", source=mother, how=_("reported"), said_on="2026-05-03",
             basis=family),
        said(_("Stature"), "172 cm", how=_("measured"), basis=_("a statute")),
        said(_("Blood group"), state="unknown", source=mother, how=_("reported")),
        said(_("Tattoos"), state="absent", how=_("observed")),
        said(_("Diagnoses"), _("asthma, since childhood"), source=mother, how=_("reported"), sensitive=True),
        Datum(_("Former names"), state="not-asked"),
    ]  # fmt: skip


def _history() -> list[Told]:
    return [
        Told("172 cm", how=_("measured"), recorded_by="O. Marchenko",
             recorded_at=datetime(2026, 5, 4, 9, 30, tzinfo=UTC)),
        Told("170 cm", how=_("estimated"), recorded_by="I. Bondar", recorded_at=datetime(2026, 5, 1, 8, 0, tzinfo=UTC),
             ended_at=datetime(2026, 5, 4, 9, 30, tzinfo=UTC), ended_by="O. Marchenko"),
    ]  # fmt: skip


def _steps() -> list[Step]:
    return [
        Step(_("Recorded"), "done", "4 May"),
        Step(_("Examined"), "done", "6 May"),
        Step(_("Searched"), "now", _("two leads wait")),
        Step(_("Board"), "later"),
        Step(_("Told"), "later"),
    ]


def _moments() -> list[Moment]:
    return [
        Moment(_("Recovered"), date(2026, 5, 3), "I. Bondar", _("By the river, with papers carried.")),
        Moment(_("Photographed"), datetime(2026, 5, 4, 9, 30, tzinfo=UTC), "O. Marchenko", url="#timeline"),
        Moment(_("Dental record asked for"), datetime(2026, 5, 6, 11, 0, tzinfo=UTC), "V. Koval"),
        Moment(_("The dental record of the clinic"), awaited=True, text=_("Without it the board cannot decide.")),
    ]


def _rows() -> list[dict[str, str]]:
    return [
        {"code": "KHARKIV-A-001", "place": "Kharkiv", "on": "2026-05-03", "state": _("open")},
        {"code": "KHARKIV-A-002", "place": "Izium", "on": "2026-05-04", "state": _("closed")},
    ]
