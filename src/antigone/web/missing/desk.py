"""What of the missing persons awaits somebody: identities to check, and reviews that are due."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.missing import queries, reviews
from antigone.missing.listing import Filters
from antigone.web.desk.sections import SHOWN, Awaiting, section


@section(
    "missing:identity",
    gettext_lazy("Somebody says that they are not missing"),
    order=10,
    any_of=[Permission.REPORT_CLOSE],
    more="web:missing:list",
)
def identities(who: Operator) -> list[Awaiting]:
    found = queries.persons(who, Filters(identity_check=True), limit=SHOWN + 1)
    return [
        Awaiting(
            title=each.names[0] if each.names else each.ref,
            url=reverse("web:missing:person", args=[each.pk]),
            note=_("The search has ended. Check who it is before anything is told."),
            badge=_("child") if each.minor.flagged else "",
            badge_kind="warning",
        )
        for each in found.lines
        if each.agency == who.agency_id
    ]


@section(
    "missing:reviews",
    gettext_lazy("Reviews that are due"),
    order=30,
    any_of=[Permission.RETENTION_REVIEW],
    more="web:missing:reviews",
)
def due(who: Operator) -> list[Awaiting]:
    today = timezone.now().date()
    portraits = reviews.reviews_due(today, who.agency_id, limit=SHOWN + 1)
    persons = reviews.persons_due(today, who.agency_id, limit=SHOWN + 1)
    found = sorted([*portraits, *persons], key=lambda line: line.on)[: SHOWN + 1]
    return [
        Awaiting(
            title=_("%(ref)s: a portrait") % {"ref": line.person_ref}
            if line.portrait
            else _("%(ref)s: the record") % {"ref": line.person_ref},
            url=reverse("web:missing:portrait-keep", args=[line.portrait])
            if line.portrait and line.why != "withdrawn"
            else reverse("web:missing:person", args=[line.person])
            if line.portrait
            else reverse("web:missing:keep", args=[line.person]),
            note=f"{line.why.label}, {date_format(line.on, 'DATE_FORMAT')}",
            badge=_("past") if line.on < today else "",
            badge_kind="warning",
        )
        for line in found
    ]
