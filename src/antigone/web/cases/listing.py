"""The list of cases: found by their codes, narrowed by what they wait for, paged."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from antigone.access import services
from antigone.access.models import Operator
from antigone.access.permissions import Permission
from antigone.casework import queries
from antigone.casework.knowing import knows_all
from antigone.casework.narrowing import Filters
from antigone.casework.queries import CaseLine
from antigone.casework.waiting import OUTCOMES, Wait
from antigone.remains.models import SubjectKind
from antigone.web.guards import Visit, needs
from antigone.web.paging import Pager

LINES = 30
TYPED = 120

NARROWING = ("q", "state", "kind", "waits", "only")


@dataclass(frozen=True)
class Row:
    """A line of the list, with its words."""

    line: CaseLine
    theirs: bool

    @property
    def kind(self) -> str:
        return str(SubjectKind(self.line.kind).label)

    @property
    def age(self) -> str:
        """How long it has been open, or was."""
        days = ((self.line.closed_at or timezone.now()) - self.line.opened_at).days
        if days < 1:
            return _("less than a day")
        return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}

    @property
    def waits(self) -> list[str]:
        return [str(each.label) for each in self.line.waits]


@require_safe
@needs(Permission.CASE_READ)
def cases(request: Visit) -> HttpResponse:
    who = request.operator
    found = queries.cases(who, filters_of(request), request.GET.get("after") or None, LINES)
    context = {
        "rows": [Row(line, line.agency != who.agency_id) for line in found.lines],
        "pager": Pager(next=found.after),
        "narrowed": any(request.GET.get(name, "").strip() for name in NARROWING),
        "may_open": services.allows(who, Permission.CASE_OPEN),
        "states": [("open", _("open")), ("closed", _("closed"))],
        "kinds": SubjectKind.choices,
        "waits": [(each.value, each.label) for each in shown_waits(who)],
        "more": [("recalled", _("searches recalled"))],
    }
    return render(request, "web/cases/list.html", context)


def shown_waits(who: Operator) -> list[Wait]:
    """What this person can narrow to: either outcome of a search, or neither."""
    hidden = frozenset({Wait.ANSWERED}) if knows_all(who) else OUTCOMES
    return [each for each in Wait if each not in hidden]


def filters_of(request: HttpRequest) -> Filters:
    """The filters in the address; what is none of them narrows nothing."""
    state, kind, waits, only = (request.GET.get(name, "") for name in ("state", "kind", "waits", "only"))
    return Filters(
        code=request.GET.get("q", "")[:TYPED].replace("\x00", ""),
        closed={"open": False, "closed": True}.get(state),
        kind=kind if kind in SubjectKind.values else "",
        waits=Wait(waits) if waits in list(Wait) else None,
        recalled=True if only == "recalled" else None,
    )
