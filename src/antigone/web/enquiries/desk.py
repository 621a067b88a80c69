"""What of the enquiries awaits somebody: those that nobody has taken up or answered yet."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.intake import queries
from antigone.intake.choices import Stage
from antigone.web.desk.sections import SHOWN, Awaiting, section


def _filed(stage: str, days: int) -> str:
    said = {"stage": Stage(stage).label, "days": days}
    if not days:
        return _("%(stage)s, filed today") % said
    return ngettext("%(stage)s, filed %(days)d day ago", "%(stage)s, filed %(days)d days ago", days) % said


@section(
    "enquiries:waiting",
    gettext_lazy("Enquiries that wait"),
    order=20,
    any_of=[Permission.ENQUIRY_FILE],
    more="web:enquiries:list",
)
def waiting(who: Operator) -> list[Awaiting]:
    now = timezone.now()
    found = queries.waiting(who, limit=SHOWN + 1)
    return [
        Awaiting(
            title=f"{each.names[0]} · {each.reference}" if each.names else each.reference,
            url=reverse("web:enquiries:enquiry", args=[each.pk]),
            note=_filed(each.stage, days),
        )
        for each in found
        for days in [(now - each.filed_at).days]
    ]
