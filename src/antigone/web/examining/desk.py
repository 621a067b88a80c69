"""What of examinations awaits somebody; no line tells whether anybody else examined."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.judging import desk, findings
from antigone.web.desk.sections import SHOWN, Awaiting, section


@section(
    "examining:examine",
    gettext_lazy("Pairs to examine, blind"),
    order=20,
    any_of=[Permission.EXAMINATION_DO],
    more="web:examining:list",
)
def to_examine(who: Operator) -> list[Awaiting]:
    found = []
    for each in desk.to_examine(who)[: SHOWN + 1]:
        begun = each.examination is not None
        url = reverse("web:examining:desk", args=[each.examination]) if begun else reverse("web:examining:list")
        found.append(Awaiting(each.case, url, _("begun by you; go on") if begun else _("not begun by you")))
    return found


@section(
    "examining:findings",
    gettext_lazy("Examined and sealed: findings to read"),
    order=40,
    any_of=[Permission.EXAMINATION_DO, Permission.POSTERIOR_READ],
    more="web:examining:found",
)
def to_read(who: Operator) -> list[Awaiting]:
    """Those of cases in which this person has seen nothing yet; whoever reads them examines no more of the case."""
    return [
        Awaiting(
            each.case,
            reverse("web:examining:findings-ask", args=[each.search]),
            _("all sealed on %(when)s UTC") % {"when": date_format(each.at, "DATETIME_FORMAT")},
        )
        for each in findings.to_read(who)
        if not each.known
    ][: SHOWN + 1]
