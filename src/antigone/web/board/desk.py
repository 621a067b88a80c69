"""What of the board awaits somebody: votes first, then decisions to look at again and cases that are ready."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework.deciding import queries
from antigone.web.board.forms import kind_words
from antigone.web.desk.sections import SHOWN, Awaiting, section

DOCKET = "web:board:docket"


@section(
    "board:votes", gettext_lazy("Questions that await your vote"), order=20, any_of=[Permission.DECISION_VOTE],
    more=DOCKET,
)  # fmt: skip
def votes(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            title=" · ".join(part for part in (each.code, each.ref) if part),
            url=reverse("web:board:proposal", args=[each.proposal]),
            note=_("%(kind)s Since %(when)s UTC; %(votes)d of %(quorum)d votes.")
            % {
                "kind": f"{kind_words(each.kind).capitalize()}.",
                "when": date_format(each.since, "DATETIME_FORMAT"),
                "votes": each.votes,
                "quorum": each.quorum,
            },
        )
        for each in queries.docket(who, SHOWN + 1).mine
    ]


@section(
    "board:reviews", gettext_lazy("Decisions to be looked at again"), order=20, any_of=[Permission.DECISION_VOTE],
    more="web:board:register?state=review",
)  # fmt: skip
def reviews(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(title=each.serial, url=reverse("web:board:decision", args=[each.serial]), note=str(each.note))
        for each in queries.docket(who, SHOWN + 1).reviews
    ]


@section(
    "board:ready", gettext_lazy("Cases ready for the board"), order=30, any_of=[Permission.DECISION_VOTE], more=DOCKET
)
def ready(who: Operator) -> list[Awaiting]:
    return [
        Awaiting(
            title=each.code,
            url=reverse("web:board:case", args=[each.case]),
            note=_("Opened on %(when)s UTC.") % {"when": date_format(each.since, "DATETIME_FORMAT")},
        )
        for each in queries.docket(who, SHOWN + 1).ready
    ]
