"""Individuals: which units are thought to be of one person, and the decisions that say so, each of them revisable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services
from antigone.access.permissions import Permission
from antigone.casework import queries as casework
from antigone.remains import associating, individuals, own, queries
from antigone.remains.errors import NotHere, RecordRefused
from antigone.remains.individuals import Decision
from antigone.remains.models import Association, Deed, Individual, Subject, SubjectKind
from antigone.web.addresses import number
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.described import names_of
from antigone.web.guards import Visit, needs
from antigone.web.paging import Pager
from antigone.web.remains import record
from antigone.web.remains.answering import Sheet, answered
from antigone.web.remains.forms.found import MergeForm, SplitForm, UnitsForm
from antigone.web.showing import Moment

LINES = 40


def _recalls() -> str:
    return _(
        "Searches about these units are recalled: their answers may rest on photographs of two persons. Their cases "
        "are searched and judged anew."
    )


@require_safe
@needs(Permission.SUBJECT_READ)
def listed(request: Visit) -> HttpResponse:
    """Individuals that have units, the newest first."""
    who = request.operator
    found = individuals.individuals(who, before=number(request.GET.get("after", "")), limit=LINES + 1)
    shown = found[:LINES]
    context = {
        "lines": shown,
        "pager": Pager(next=shown[-1].pk if len(found) > LINES else None),
        "may_decide": services.allows(who, Permission.ASSOCIATION_DECIDE),
    }
    return render(request, "web/remains/individuals.html", context)


@require_safe
@needs(Permission.SUBJECT_READ)
def individual(request: Visit, pk: int) -> HttpResponse:
    """One individual: its units now, and how that came to be thought."""
    who = request.operator
    whole = individuals.whole(individuals.individual(who, pk), who)
    names = names_of(each.event.by for each in whole.decisions)
    decides = services.allows(who, Permission.ASSOCIATION_DECIDE) and whole.individual.agency_id == who.agency_id
    reads_cases = services.allows(who, Permission.CASE_READ)
    context = {
        "individual": whole.individual,
        "units": [(unit, SubjectKind(unit.kind).label) for unit in whole.units],
        "moments": [_moment(each, names, decides) for each in whole.decisions],
        "decides": decides and whole.individual.merged_into is None,
        "cases": casework.cases_of_subjects(who, [unit.pk for unit in whole.units]) if reads_cases else [],
    }
    return render(request, "web/remains/individual.html", context)


def _moment(each: Decision, names: dict[str, str], decides: bool) -> Moment:
    event = each.event
    said = str(Deed(event.deed).label)
    title = f"{said[:1].upper()}{said[1:]}: {_codes(each.began) or _codes(each.ends)}"
    text = event.reason
    if each.undone_by is not None:
        text = _("%(reason)s (undone on %(when)s)") % {"reason": text, "when": f"{each.undone_by.at:%Y-%m-%d}"}
    undoable = decides and each.undone_by is None and event.deed != Deed.UNDO
    url = reverse("web:remains:undo", args=[event.pk]) if undoable else ""
    return Moment(title, event.at, names.get(event.by, ""), text, url)


def _codes(rows: Sequence[Association]) -> str:
    return ", ".join(each.unit.code for each in rows)


@require_http_methods(["GET", "POST"])
@needs(Permission.ASSOCIATION_DECIDE)
def associate(request: Visit, pk: int) -> HttpResponse:
    """Say that other units are of the same person as this one; `pk` is the subject's."""
    who = request.operator
    opened = record.mine(who, pk, Permission.ASSOCIATION_DECIDE)
    into = individuals.of_unit(opened.subject, who)
    form = UnitsForm(request.POST if request.method == "POST" else None)
    sheet = Sheet(
        _("Of one person with %(code)s") % {"code": opened.title},
        _("Associate them"),
        opened.url,
        why_title=_("What follows"),
        why=_recalls(),
    )

    def do(data: dict[str, Any]) -> str:
        others = [each for each in _units(data["codes"], who) if each.pk != opened.subject.pk]
        units = others if into is not None else [opened.subject, *others]
        return _url(associating.associate(units, into, data["reason"], who))

    return answered(request, form, sheet, do, _("Associated. The decision can be undone."), record=opened)


@require_http_methods(["GET", "POST"])
@needs(Permission.ASSOCIATION_DECIDE)
def add(request: Visit, pk: int) -> HttpResponse:
    """Say that more units are of this individual."""
    who = request.operator
    found = _mine(request, pk)
    form = UnitsForm(request.POST if request.method == "POST" else None)

    def do(data: dict[str, Any]) -> None:
        associating.associate(_units(data["codes"], who), found, data["reason"], who)

    return _answer(request, found, form, _("More units of this person"), _("Associate them"), do, _("Associated."))


@require_http_methods(["GET", "POST"])
@needs(Permission.ASSOCIATION_DECIDE)
def split(request: Visit, pk: int) -> HttpResponse:
    """Say that some units are of another person."""
    who = request.operator
    found = _mine(request, pk)
    units = {str(unit.pk): unit for unit in individuals.whole(found, who).units}
    form = SplitForm(
        request.POST if request.method == "POST" else None, units=[(key, unit.code) for key, unit in units.items()]
    )

    def do(data: dict[str, Any]) -> str:
        return _url(associating.split(found, [units[key] for key in data["units"]], data["reason"], who))

    return _answer(
        request,
        found,
        form,
        _("Split off units"),
        _("Split them off"),
        do,
        _("Split off. They are another individual now."),
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.ASSOCIATION_DECIDE)
def merge(request: Visit, pk: int) -> HttpResponse:
    """Say that another individual is the same person."""
    who = request.operator
    found = _mine(request, pk)
    form = MergeForm(request.POST if request.method == "POST" else None)

    def do(data: dict[str, Any]) -> None:
        associating.merge(found, _other(data["other"], request), data["reason"], who)

    return _answer(request, found, form, _("The same person as another"), _("Merge the two"), do, _("Merged."))


@require_http_methods(["GET", "POST"])
@needs(Permission.ASSOCIATION_DECIDE)
def undo(request: Visit, pk: int) -> HttpResponse:
    """Take a decision back; `pk` is the decision's."""
    who = request.operator
    decision = individuals.decision(who, pk)
    own.may_in(who, Permission.ASSOCIATION_DECIDE, decision.agency_id, f"association:{pk}")
    held = decision.began.select_related("individual").order_by("pk").first()
    back = _url(held.individual) if held is not None else reverse("web:remains:individuals")
    confirm = Confirmation(
        title=_("Undo: %(deed)s") % {"deed": Deed(decision.deed).label},
        verb=_("Undo the decision"),
        consequences=[
            _("The units are again where they were before. Both decisions stay on record, each with its reason."),
            _recalls(),
            _("A decision on which later ones rest is not undone before those are."),
        ],
        back=back,
        back_label=_("Individual %(number)d") % {"number": held.individual_id} if held else _("Individuals"),
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        associating.undo(decision, reason, who)
        messages.success(request, _("Undone. What rested on it is recalled."))
        return back

    return confirmed(request, confirm, act)


def _mine(request: Visit, pk: int) -> Individual:
    found = individuals.individual(request.operator, pk)
    own.may_in(request.operator, Permission.ASSOCIATION_DECIDE, found.agency_id, f"individual:{pk}")
    return found


def _url(found: Individual) -> str:
    return reverse("web:remains:individual", args=[found.pk])


def _answer(
    request: Visit, found: Individual, form: BaseForm, title: str, verb: str, do: Any, said: str
) -> HttpResponse:
    sheet = Sheet(
        title,
        verb,
        _url(found),
        back_label=_("Individual %(number)d") % {"number": found.pk},
        note=_("Individual %(number)d") % {"number": found.pk},
        why_title=_("What follows"),
        why=_recalls(),
    )
    return answered(request, form, sheet, do, said)


def _units(codes: Sequence[str], who: Any) -> list[Subject]:
    """The units of these codes; a code that is not here is told, so that it can be mended."""
    found = []
    for code in codes:
        try:
            found.append(queries.subject(who, code))
        except NotHere:
            raise RecordRefused(_("There is no unit %(code)s here. Nothing was saved.") % {"code": code}) from None
    return found


def _other(text: str, request: Visit) -> Individual:
    who, text = request.operator, text.strip()
    pk = number(text)
    try:
        if pk is not None:
            return individuals.individual(who, pk)
        held = individuals.of_unit(queries.subject(who, text), who)
    except NotHere:
        held = None
    if held is None:
        raise RecordRefused(
            _("There is no individual %(text)s here, and no unit of this code that is of one. Nothing was saved.")
            % {"text": text}
        )
    return held
