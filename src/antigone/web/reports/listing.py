"""The reports of one's agency, and which can be asked for."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from antigone.casework.models import ReportKind
from antigone.casework.reporting import frame, making, reading
from antigone.web.addresses import number
from antigone.web.described import names_of
from antigone.web.guards import Visit, signed_in
from antigone.web.paging import Pager


@require_safe
@signed_in
def reports(request: Visit) -> HttpResponse:
    """Whoever reads no records has no reports: the page says so."""
    who = request.operator
    kinds = making.may_make(who)
    page = reading.reports(who, after=number(request.GET.get("after", ""))) if kinds else reading.Page((), None)
    names = names_of(each.made_by for each in page.lines)
    context = {
        "kinds": kinds,
        "persons": ReportKind.SAME_PERSON in kinds,
        "remains": ReportKind.SAME_BODY in kinds,
        "bodies": ReportKind.BODY_PERSON in kinds,
        "decisions": ReportKind.IDENTIFICATION in kinds,
        "lines": [(each, names.get(each.made_by, ""), frame.language_name(each.language)) for each in page.lines],
        "pager": Pager(next=page.after),
    }
    return render(request, "web/reports/list.html", context)
