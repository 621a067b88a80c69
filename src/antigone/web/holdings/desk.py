"""What of the holdings awaits somebody: a second person's approval."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.missing import queries
from antigone.web.desk.sections import SHOWN, Awaiting, section


@section(
    "holdings:approval",
    gettext_lazy("Holdings that a second person is to approve"),
    order=20,
    any_of=[Permission.HOLDING_OPEN],
    more="web:holdings:list",
)
def approvals(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            title=holding.name,
            url=reverse("web:holdings:approve", args=[holding.pk]),
            note=_("Searched meanwhile; every answer says that nobody else approved it.")
            if holding.approved_at
            else _("Not searched until you approve it."),
        )
        for holding in queries.approvals_awaited(who, limit=SHOWN + 1)
    ]
