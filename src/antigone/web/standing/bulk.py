"""An incident searched in one go: what it would do, asking for it, how far it is, and what was refused and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access.permissions import Permission
from antigone.casework import telling
from antigone.casework.models import BulkItem, Outcome
from antigone.casework.searching import bulk
from antigone.casework.searching.bulk import BulkLine, Offer
from antigone.jobs.models import Job
from antigone.web import described
from antigone.web.addresses import number
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs
from antigone.web.paging import Pager

LINES = 50


@dataclass(frozen=True)
class Line:
    """A search in bulk in the list of a site."""

    bulk: BulkLine
    by: str


@require_safe
@needs(Permission.SEARCH_RUN)
def site(request: Visit, pk: int) -> HttpResponse:
    who = request.operator
    offered = bulk.offer(pk, who, number(request.GET.get("recovery", "")))
    made = bulk.bulks_at(pk, who)
    names = described.names_of({each.asked_by for each in made})
    context = {
        "offer": offered,
        "what": _what(offered),
        "lines": [Line(each, names.get(each.asked_by, "")) for each in made],
    }
    return render(request, "web/standing/site.html", context)


def _what(offered: Offer) -> list[str]:
    """What a search in bulk would do, in sentences."""
    found = [
        ngettext(
            "%(number)d case has photographs and no answer that stands: it would be searched.",
            "%(number)d cases have photographs and no answer that stands: they would be searched.",
            offered.to_search,
        )
        % {"number": offered.to_search}
    ]
    if offered.answered:
        found.append(
            ngettext(
                "%(number)d case has an answer that stands, and is left as it is.",
                "%(number)d cases have an answer that stands, and are left as they are.",
                offered.answered,
            )
            % {"number": offered.answered}
        )
    if offered.without_photograph:
        found.append(
            ngettext(
                "%(number)d case has no photograph that is fit for comparison.",
                "%(number)d cases have no photograph that is fit for comparison.",
                offered.without_photograph,
            )
            % {"number": offered.without_photograph}
        )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEARCH_RUN)
def search(request: Visit, pk: int) -> HttpResponse:
    """Ask for one job that searches every case there that has no answer."""
    recovery = number(request.GET.get("recovery", ""))
    offered = bulk.offer(pk, request.operator, recovery)
    confirm = Confirmation(
        title=_("Search all of %(place)s") % {"place": offered.site.name},
        verb=_("Search them all"),
        consequences=[
            *_what(offered),
            _("Each case is searched under its own mandate; one that may not be searched is passed over, and said."),
            _("Whoever asks counts as having seen the ranked output of each of these cases, and cannot examine them."),
            _("It goes on also when you leave this page, and after an interruption; nothing is searched twice."),
        ],
        back=reverse("web:standing:site", args=[pk]),
        back_label=offered.site.name,
        warning=_("Whoever is to examine any of these cases leaves this to somebody else"),
    )

    def act(_reason: str) -> str:
        asked = bulk.ask_bulk(pk, request.operator, recovery)
        messages.success(request, _("The search is asked for. It goes on also when you leave this page."))
        return reverse("web:standing:bulk", args=[asked.pk])

    return confirmed(request, confirm, act, ask_why=False)


@require_safe
@needs(Permission.SEARCH_RUN)
def order(request: Visit, pk: int) -> HttpResponse:
    """One search in bulk: how far it is, and each case with what came of the asking, never of its search."""
    who = request.operator
    found, line = bulk.bulk_numbered(pk, who)
    rows = bulk.items(found, who, number(request.GET.get("after", "")), LINES + 1)
    shown = rows[:LINES]
    own = found.asked_by == who.actor
    context = {
        "bulk": found,
        "line": line,
        "by": described.names_of([found.asked_by]).get(found.asked_by, ""),
        "items": [
            (each, telling.sentence(each.sentence), str(Outcome(each.outcome).label), _kind(each)) for each in shown
        ],
        "pager": Pager(next=shown[-1].pk if len(rows) > LINES else None),
        "job": Job.objects.filter(pk=found.job).first() if own and line.waiting and found.job else None,
    }
    return render(request, "web/standing/bulk.html", context)


def _kind(item: BulkItem) -> str:
    return "warning" if item.outcome in (Outcome.REFUSED, Outcome.UNUSABLE) else "plain"
