"""The list of subjects: found as one types, narrowed, paged."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antigone.access import services
from antigone.access.permissions import Permission
from antigone.remains import own, queries, searching
from antigone.remains.models import SubjectKind
from antigone.remains.queries import Filters
from antigone.remains.searching import Found
from antigone.web.addresses import number
from antigone.web.guards import Visit, needs
from antigone.web.paging import Pager

LINES = 30
TYPED = 200
NARROWING = ("kind", "site", "state", "only")


@dataclass(frozen=True)
class Row:
    """A line of the list as it is shown."""

    found: Found
    theirs: bool

    @property
    def line(self) -> queries.SubjectLine:
        return self.found.line

    @property
    def kind(self) -> str:
        return str(SubjectKind(self.line.kind).label)

    @property
    def because(self) -> list[str]:
        """Why the words led here; a name on a paper says so, because it does not say who they are."""
        hit = self.found.hit
        return [str(each.label) for each in hit.because] if hit else []

    @property
    def aliases(self) -> tuple[str, ...]:
        return self.found.hit.aliases if self.found.hit else ()


@require_safe
@needs(Permission.SUBJECT_READ)
def subjects(request: Visit) -> HttpResponse:
    who = request.operator
    text = request.GET.get("q", "")[:TYPED]
    found = searching.typed(who, text, filters_of(request), request.GET.get("after") or None, LINES)
    whole = not request.headers.get("HX-Request")
    living = own.sees_the_living(who)
    kinds = [(value, label) for value, label in SubjectKind.choices if living or value != SubjectKind.UNABLE]
    context = {
        "rows": [Row(each, each.line.agency != who.agency_id) for each in found.lines],
        "pager": Pager(next=found.after),
        "narrowed": bool(text.strip()) or any(request.GET.get(name) for name in NARROWING),
        "counts": queries.counts(who) if whole else None,
        "living": living,
        "kinds": kinds,
        "sites": [(str(each.pk), each.name) for each in queries.own_sites(who)] if whole else [],
        "states": [
            ("draft", _("where, when or by whom is missing")),
            ("here", _("in our care")),
            ("released", _("released")),
            *([("spoke", _("speaks for themselves now"))] if living else []),
        ],
        "more": [("photographs", _("photographs missing")), ("review", _("review due"))],
        "may_record": services.allows(who, Permission.SUBJECT_RECORD),
        "may_review": services.allows(who, Permission.RETENTION_REVIEW),
    }
    return render(request, "web/remains/list.html", context)


def filters_of(request: HttpRequest) -> Filters:
    """The filters in the address; what is none of them narrows nothing."""
    kind, state, only = (request.GET.get(name, "") for name in ("kind", "state", "only"))
    return Filters(
        kind=kind if kind in SubjectKind.values else "",
        site=number(request.GET.get("site", "")),
        recovery=number(request.GET.get("recovery", "")),
        draft=True if state == "draft" else None,
        released={"released": True, "here": False}.get(state),
        spoke=True if state == "spoke" else None,
        photographs_missing=True if only == "photographs" else None,
        review_due=True if only == "review" else None,
    )
