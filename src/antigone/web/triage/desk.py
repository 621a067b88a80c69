"""What of triage and sampling awaits somebody; of the searches to sort no line tells what they came to."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.judging import desk, incidents, sampling
from antigone.web.desk.sections import SHOWN, Awaiting, section


@section(
    "triage:sort",
    gettext_lazy("Pairs to sort, blind"),
    order=20,
    any_of=[Permission.TRIAGE_DO],
    more="web:triage:list",
)
def to_sort(who: Operator) -> list[Awaiting]:
    found = []
    for each in desk.to_sort(who)[: SHOWN + 1]:
        begun = each.triage is not None
        url = reverse("web:triage:block", args=[each.triage]) if begun else reverse("web:triage:list")
        found.append(Awaiting(each.case, url, _("begun by you; go on") if begun else _("not begun by you")))
    return found


@section("triage:samples", gettext_lazy("Samples to take"), order=40, any_of=[Permission.SUBJECT_RECORD])
def samples(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            each.code,
            f"{reverse('web:remains:subject', args=[each.subject])}#samples",
            _("ordered: %(kinds)s") % {"kinds": ", ".join(each.identifiers)},
        )
        for each in sampling.to_take(who, SHOWN + 1)
    ]


@section("triage:incident", gettext_lazy("Incident mode"), order=50, any_of=[Permission.INCIDENT_DECLARE])
def incident(who: Operator) -> list[Awaiting]:
    if incidents.under_way(who.agency_id) is None:
        return []
    note = _("one finished triage may order samples; end it when it is over")
    return [Awaiting(_("An incident is under way"), reverse("web:triage:incident"), note)]
