"""The list of missing persons: found as one types, narrowed, paged."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antigone.access import services
from antigone.access.permissions import Permission
from antigone.missing import queries, searching
from antigone.missing.listing import Filters, PersonLine
from antigone.missing.models import ReportState, Sex
from antigone.web.addresses import number
from antigone.web.guards import Visit, needs
from antigone.web.paging import Pager

LINES = 30
TYPED = 200


@dataclass(frozen=True)
class Row:
    """A line of the list; `alike` where another line on the page may be the same person."""

    line: PersonLine
    alike: bool
    theirs: bool

    @property
    def name(self) -> str:
        return self.line.names[0] if self.line.names else self.line.ref

    @property
    def other_names(self) -> tuple[str, ...]:
        return self.line.names[1:4]

    @property
    def sex(self) -> str:
        return str(Sex(self.line.sex).label) if self.line.sex != Sex.UNKNOWN else ""

    @property
    def state(self) -> str:
        return str(ReportState(self.line.state).label)


@require_safe
@needs(Permission.PERSON_READ)
def persons(request: Visit) -> HttpResponse:
    who = request.operator
    text = request.GET.get("q", "")[:TYPED]
    found = searching.typed(who, text, filters_of(request), request.GET.get("after") or None, LINES)
    alike = searching.alike_among(found.lines)
    rows = [Row(line, line.pk in alike, line.agency != who.agency_id) for line in found.lines]
    allowed = services.permissions_held(who)
    context = {
        "rows": rows,
        "may_record": Permission.PERSON_RECORD in allowed,
        "may_review": Permission.RETENTION_REVIEW in allowed,
        "pager": Pager(next=found.after),
        "narrowed": bool(text.strip()) or any(request.GET.get(name) for name in NARROWING),
        "counts": None if request.headers.get("HX-Request") else queries.counts(who),
        "holdings": [(str(each.pk), each.name) for each in queries.holdings_to_choose(who)],
        "states": [(value, label) for value, label in ReportState.choices if value != ReportState.MERGED],
        "sexes": [(value, label) for value, label in Sex.choices],
        "more": [
            ("no-portrait", _("without a portrait")),
            ("minor", _("children")),
            ("review", _("review due")),
            ("identity", _("identity to be checked")),
        ],
    }
    return render(request, "web/missing/list.html", context)


NARROWING = ("holding", "state", "sex", "age_from", "age_to", "only")


def filters_of(request: HttpRequest) -> Filters:
    """The filters in the address; what is none of them narrows nothing."""
    state, sex, only = (request.GET.get(name, "") for name in ("state", "sex", "only"))
    return Filters(
        holding=number(request.GET.get("holding", "")),
        state=state if state in ReportState.values else "",
        sex=sex if sex in Sex.values else "",
        age_from=number(request.GET.get("age_from", ""), 150),
        age_to=number(request.GET.get("age_to", ""), 150),
        no_portrait=True if only == "no-portrait" else None,
        minor=True if only == "minor" else None,
        review_due=True if only == "review" else None,
        identity_check=True if only == "identity" else None,
    )
