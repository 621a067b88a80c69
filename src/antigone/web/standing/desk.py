"""What of standing searches awaits somebody: what they found, for those who may know, and those that stopped."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.searching import standing_seen
from antigone.web.desk.sections import SHOWN, Awaiting, section


@section(
    "standing:ran",
    gettext_lazy("Standing searches that ran again"),
    order=15,
    any_of=[Permission.SEARCH_RUN, Permission.POSTERIOR_READ],
)
def ran(who: Operator) -> list[Awaiting]:
    """Nobody who may examine reads here that something was found: `ran_again` leaves those cases out."""
    return [
        Awaiting(
            title=each.name,
            url=reverse("web:standing:news-ask", args=[each.pk]),
            note=_("Searched again on %(when)s UTC.")
            % {"when": date_format(each.at, "DATETIME_FORMAT") if each.at else ""},
            badge=ngettext("%(number)d new", "%(number)d new", new) % {"number": new} if new else _("nothing new"),
            badge_kind="note" if new else "plain",
        )
        for each, new in standing_seen.ran_again(who, SHOWN + 1)
    ]


@section(
    "standing:stopped",
    gettext_lazy("Standing searches that stopped"),
    order=25,
    any_of=[Permission.SEARCH_RUN],
)
def stopped(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(title=each.name, url=reverse("web:standing:case", args=[each.pk]), note=each.note)
        for each in standing_seen.stopped(who, SHOWN + 1)
    ]
