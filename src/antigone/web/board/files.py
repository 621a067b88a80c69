"""The file of a case and a person: what speaks for and against, each by itself, and what could be decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.casework.board import EXERCISE
from antigone.casework.deciding import before, filing
from antigone.casework.deciding.filing import File
from antigone.casework.models import DecisionKind, ProposalState
from antigone.missing import queries as missing
from antigone.missing.errors import NoSuchRecord
from antigone.web.board import speaking
from antigone.web.board.forms import PersonForm
from antigone.web.guards import Visit, needs

SIDES = ("against", "for", "neither")


def address(case: int, person: int) -> str:
    return reverse("web:board:file", args=[case, person])


@require_safe
@needs(Permission.POSTERIOR_READ)
def file(request: Visit, pk: int, person: int) -> HttpResponse:
    """Opening it is a look in the ledger; whoever may examine and is blind yet is asked first."""
    who = request.operator
    if filing.will_end_blindness(pk, who):
        return HttpResponseRedirect(f"{reverse('web:board:ask', args=[pk])}?person={person}")
    found = filing.file(pk, person, who)
    allowed = access.permissions_held(who)
    context = {
        **told(found),
        "may_record": Permission.EVIDENCE_RECORD in allowed,
        "may_vote": Permission.DECISION_VOTE in allowed,
    }
    return render(request, "web/board/file.html", context)


def told(found: File) -> dict[str, Any]:
    """A file in what its templates take."""
    names = speaking.names_in(found)
    items = speaking.items_of(found, names)
    return {
        "file": found,
        "case": found.case,
        "person": found.person,
        "sides": [(side, [each for each in items if each.side == side]) for side in SIDES],
        "primary": speaking.lines_of(found.primary, names),
        "secondary": speaking.lines_of(found.secondary, names),
        "visual": speaking.lines_of(found.visual, names),
        "face": speaking.found_of(found.face, names),
        "records": speaking.record_lines(found.searched),
        "rivals": speaking.rivals_of(found, found.case.pk, found.read),
        "kin": speaking.kin_of(found),
        "exercise": _(EXERCISE) if speaking.exercise(found.searched) else "",
        "asks": [(DecisionKind(kind).label, kind, basis) for kind, basis in found.asks.items()],
        "open": [
            (each, DecisionKind(each.proposal.kind).label)
            for each in found.proposals
            if each.proposal.state == ProposalState.OPEN
        ],
        "ended": [
            (each, DecisionKind(each.proposal.kind).label, ProposalState(each.proposal.state).label)
            for each in found.proposals
            if each.proposal.state != ProposalState.OPEN
        ],
        "decisions": [(each, DecisionKind(each.kind).noun) for each in found.decisions],
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EVIDENCE_RECORD)
def named(request: Visit, pk: int) -> HttpResponse:
    """About whom: the reference of a record leads to the file, or to a new line for whoever records and decides not."""
    who = request.operator
    case = before.case_for(pk, who, Permission.EVIDENCE_RECORD)
    form = PersonForm(request.POST if request.method == "POST" else None)
    reads = access.allows(who, Permission.POSTERIOR_READ)
    if request.method == "POST" and form.is_valid():
        try:
            person = missing.person_named(who.agency, form.cleaned_data["ref"])
        except NoSuchRecord:
            form.add_error(
                "ref", _("No one person goes by this reference in the holdings of your agency. Nothing was changed.")
            )
        else:
            return HttpResponseRedirect(
                address(pk, person.pk) if reads else reverse("web:board:line", args=[pk, person.pk])
            )
    context = {
        "case": case,
        "form": form,
        "reads": reads,
        "back": reverse("web:board:case" if reads else "web:cases:case", args=[pk]),
    }
    return render(request, "web/board/named.html", context, status=422 if form.errors else 200)
