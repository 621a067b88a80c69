"""A case before the board: its leads with prior and posterior, after the question whether one will forgo examining."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.casework import board, priors, services
from antigone.casework.board import BoardView
from antigone.casework.deciding import filing, queries
from antigone.casework.deciding.filing import Named
from antigone.casework.deciding.queries import Filters
from antigone.casework.errors import CaseRefused
from antigone.casework.judging.scale import Outcome
from antigone.casework.knowing import has_seen
from antigone.casework.models import Case, DecisionKind, ProposalState, Search
from antigone.web import described
from antigone.web.addresses import number
from antigone.web.board.prior import KeepForm, PriorForm, initial, shown
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.errors import said_on, sentence_of
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before, done_once

SERIAL = re.compile(r"[A-Z]{2}-[0-9]+-[0-9]{4}-[0-9]+")


def address(case: Case) -> str:
    return reverse("web:board:case", args=[case.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.POSTERIOR_READ)
def ask(request: Visit, pk: int) -> HttpResponse:
    """Asks whoever has not seen ranked output of the case; that they will is on record before anything is shown."""
    case = board.case_before(pk, request.operator)
    search = board.last_search(case)
    shown = _asked_for(request, case)
    if request.method != "POST" and has_seen(request.operator, case.pk):
        return HttpResponseRedirect(shown)
    confirm = Confirmation(
        title=_("%(code)s before the board") % {"code": case.code},
        verb=_("I will not examine this case; show it"),
        consequences=[
            _("The board reads what examiners do not: scores, ratios, prior and posterior, what others found."),
            _("Whoever reads it cannot examine this case. That you did is on record under your name from then on."),
            _("A lead is not a name. What you decide on stands on lines of its own."),
        ],
        back=reverse("web:cases:case", args=[case.pk]),
        back_label=case.code,
    )

    def act(_reason: str) -> str:
        if search is not None:
            services.forgo_examining(search.pk, request.operator)
        else:
            filing.persons_of(case.pk, request.operator)
        return shown

    return confirmed(request, confirm, act, ask_why=False)


def _asked_for(request: Visit, case: Case) -> str:
    """Where somebody was going when they were asked: a file, a question, a decision; or the case before the board."""
    for name in ("person", "proposal"):
        asked = number(request.GET.get(name, ""))
        if asked is not None:
            return (
                reverse("web:board:file", args=[case.pk, asked])
                if name == "person"
                else reverse("web:board:proposal", args=[asked])
            )
    serial = request.GET.get("decision", "")
    return reverse("web:board:decision", args=[serial[:40]]) if SERIAL.fullmatch(serial) else address(case)


@require_safe
@needs(Permission.POSTERIOR_READ)
def case(request: Visit, pk: int) -> HttpResponse:
    """The leads of the last search beside a prior that can be moved; for htmx the part that moves alone."""
    who = request.operator
    found = board.case_before(pk, who)
    search = board.last_search(found)
    if (search is not None and not has_seen(who, found.pk)) or filing.will_end_blindness(pk, who):
        return HttpResponseRedirect(reverse("web:board:ask", args=[pk]))
    context: dict[str, object] = {"case": found, "search": search}
    if search is not None:
        context |= _posterior(request, found, search)
    if request.headers.get("HX-Request"):
        return render(request, "web/board/posterior.html", context)
    allowed = access.permissions_held(who)
    context |= {
        "persons": [_person(each) for each in filing.persons_of(pk, who)],
        "questions": [
            (put, ref, DecisionKind(put.kind).label, ProposalState(put.state).label)
            for put, ref in queries.proposals_in(pk, who)
        ],
        "decisions": [
            (line, DecisionKind(line.kind).noun) for line in queries.identifications(who, Filters(case=pk)).lines
        ],
        "may_vote": Permission.DECISION_VOTE in allowed,
        "may_record": Permission.EVIDENCE_RECORD in allowed,
    }
    return render(request, "web/board/case.html", context)


def _person(named: Named) -> tuple[Named, str, str]:
    """Somebody about whom the board has something, with what examiners found and how a question stands, in words."""
    face = str(Outcome(named.face).label) if named.face else ""
    return named, face, str(ProposalState(named.proposal).label) if named.proposal else ""


def _posterior(request: Visit, case: Case, search: Search) -> dict[str, object]:
    begun = priors.begin(search)
    form = PriorForm(request.GET if "missing" in request.GET else initial(begun.given))
    given = form.given(begun.given.population) if form.is_valid() else None
    view: BoardView | None = None
    refused = ""
    if given is not None:
        try:
            view = board.sit(case, given, request.operator)
        except CaseRefused as error:
            refused = sentence_of(error)
        except ValueError:
            form.add_error(
                "missing",
                _(
                    "More people are on the list than this prior counts with a portrait. Raise this number, or lower "
                    "the number without a portrait."
                ),
            )
    kept = begun.kept
    records = {}
    if view is not None and access.allows(request.operator, Permission.PERSON_READ):
        records = dict(search.named.values_list("rank", "person"))
    return {
        "form": form,
        "view": view,
        "refused": refused,
        "shown": shown(view, records) if view is not None else None,
        "kept": kept,
        "kept_by": described.names_of([kept.kept_by]).get(kept.kept_by, "") if kept else "",
        "moved": given is not None and initial(given) != initial(begun.given),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.POSTERIOR_READ)
def keep(request: Visit, pk: int) -> HttpResponse:
    """Keep a prior for the search that was read, with whom it counts and where it comes from."""
    if request.method == "POST" and (before := done_before(request)) is not None:
        return before
    who = request.operator
    found = board.case_before(pk, who)
    search = board.last_search(found)
    if search is None:
        return HttpResponseRedirect(address(found))
    if not has_seen(who, found.pk):
        return HttpResponseRedirect(reverse("web:board:ask", args=[pk]))
    if request.method == "POST":
        form = KeepForm(request.POST)
        if form.is_valid():
            with said_on(form):
                return done_once(request, lambda: _keep(request, found, form))
    else:
        begun = initial(priors.begin(search).given)
        asked = {name: request.GET[name] for name in ("missing", "without", "unreported") if name in request.GET}
        form = KeepForm(initial={**begun, **asked, "search": search.pk})
    context = {"case": found, "form": form, "case_url": address(found)}
    return render(request, "web/board/keep.html", context, status=422 if form.errors else 200)


def _keep(request: Visit, case: Case, form: KeepForm) -> str:
    data = form.cleaned_data
    priors.keep(case, form.given(), data["reason"], request.operator, search=data["search"])
    messages.success(request, _("The prior is kept. The board of this case begins with it from now on."))
    return address(case)
