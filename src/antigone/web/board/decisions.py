"""Signed decisions: the register, each with all that was signed, upheld or put before the board to be revoked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from antigone.access import services as access
from antigone.access.permissions import Permission
from antigone.casework.deciding import before, filing, proposing, queries, reviewing
from antigone.casework.deciding.queries import DecisionView, Filters
from antigone.casework.deciding.rivals import kin_told
from antigone.casework.deciding.rules import Ground
from antigone.casework.judging import scale
from antigone.casework.judging.scale import Outcome
from antigone.casework.models import Choice, DecisionKind, LineFinding, LineKind
from antigone.casework.reporting import making
from antigone.missing.models import KinshipKind
from antigone.web import described
from antigone.web.board.forms import AsideForm
from antigone.web.confirming import Confirmation, confirmed
from antigone.web.guards import Visit, needs
from antigone.web.once import done_before
from antigone.web.paging import Pager
from antigone.web.remains.answering import Sheet, answered

LINES = 30
TYPED = 40
NARROWING = ("q", "kind", "state", "from", "to")

STATES = (
    ("standing", pgettext_lazy("decisions", "standing")),
    ("review", pgettext_lazy("decisions", "to be looked at again")),
    ("revoked", pgettext_lazy("decisions", "revoked")),
)


def address(serial: str) -> str:
    return reverse("web:board:decision", args=[serial])


@require_safe
@needs(Permission.POSTERIOR_READ)
def register(request: Visit) -> HttpResponse:
    """The register of decisions, identifications first to be looked for; whoever reads it learns who is identified."""
    who = request.operator
    found = queries.identifications(who, filters_of(request), request.GET.get("after") or None, LINES)
    context = {
        "rows": [(line, DecisionKind(line.kind).noun, Ground(line.ground).label) for line in found.lines],
        "pager": Pager(next=found.after),
        "narrowed": any(request.GET.get(name, "").strip() for name in NARROWING),
        "kinds": [(each.value, each.noun) for each in DecisionKind],
        "states": STATES,
        "from": request.GET.get("from", ""),
        "to": request.GET.get("to", ""),
    }
    return render(request, "web/board/register.html", context)


def filters_of(request: HttpRequest) -> Filters:
    """The filters in the address; what is none of them narrows nothing."""
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    return Filters(
        kind=kind if kind in DecisionKind.values else "",
        standing={"standing": True, "revoked": False}.get(state),
        review=True if state == "review" else None,
        serial=request.GET.get("q", "")[:TYPED].replace("\x00", ""),
        decided_from=_day(request.GET.get("from", "")),
        decided_to=_day(request.GET.get("to", "")),
    )


def _day(text: str) -> date | None:
    try:
        return parse_date(text[:10])
    except ValueError:
        return None


@require_safe
@needs(Permission.POSTERIOR_READ)
def decision(request: Visit, serial: str) -> HttpResponse:
    """One decision; that it was read is in the ledger, and the reader examines no more in the case."""
    who = request.operator
    known = before.decision_for(serial, who, Permission.POSTERIOR_READ)
    if filing.will_end_blindness(known.case_id, who):
        return HttpResponseRedirect(f"{reverse('web:board:ask', args=[known.case_id])}?decision={serial}")
    found = queries.decision(serial, who)
    return render(
        request, "web/board/decision.html", _told(found, may_vote=access.allows(who, Permission.DECISION_VOTE))
    )


def _told(found: DecisionView, *, may_vote: bool) -> dict[str, Any]:
    made = found.decision
    content = made.content or {}
    actors = [each["examiner"] for face in content.get("face", ()) for each in face.get("sealed", ())]
    names = described.names_of([*actors, *(each["recorded_by"] for each in content.get("lines", ()))])
    return {
        "found": found,
        "made": made,
        "case": made.case,
        "content": content,
        "kin": kin_told(content.get("kin", ()), (content.get("person") or {}).get("ref", "")),
        "twin": any(each["kind"] == KinshipKind.TWIN for each in content.get("kin", ())),
        "noun": DecisionKind(made.kind).noun,
        "label": DecisionKind(made.kind).label,
        "ground": Ground(made.ground).label,
        "lines": [
            {
                **each,
                "kind": LineKind(each["kind"]).label,
                "finding": LineFinding(each["finding"]).label,
                "against": each["finding"] == LineFinding.CONTRADICTS,
                "by": names.get(each["recorded_by"], ""),
            }
            for each in content.get("lines", ())
        ],
        "face": [
            # Each beside what they concluded: one who was outvoted by a third did not find what the other two did.
            (
                Outcome(each["outcome"]).label,
                [(names.get(seal["examiner"], ""), scale.words(seal["level"])) for seal in each["sealed"]],
            )
            for each in content.get("face", ())
        ],
        "votes": [
            {
                **each,
                "choice": Choice(each["choice"]).label,
                # The board adopted it: whoever voted otherwise dissented.
                "dissent": each["choice"] == Choice.NO,
            }
            for each in content.get("votes", ())
        ],
        "may_vote": may_vote,
        "may_revoke": may_vote and made.standing and made.kind != DecisionKind.REVOKE and not found.open_revocation,
        "has_report": made.kind in making.OF_DECISIONS and made.content is not None and found.unaltered,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECISION_VOTE)
def uphold(request: Visit, serial: str) -> HttpResponse:
    """Say that a decision stands, though what it rests on changed."""
    if request.method == "POST" and (sent := done_before(request)) is not None:
        return sent
    found = before.decision_for(serial, request.operator, Permission.DECISION_VOTE)
    if found.review_at is None:
        messages.info(request, _("It is not marked to be looked at again; nothing was changed."))
        return HttpResponseRedirect(address(serial))
    confirm = Confirmation(
        title=_("%(serial)s stands") % {"serial": serial},
        verb=_("It stands"),
        consequences=[
            _("Nothing that was decided changes; the mark that it is to be looked at again goes."),
            _("That you looked at it, and your reason, are on record."),
            _("If it does not stand, put its revocation before the board instead."),
        ],
        back=address(serial),
        back_label=serial,
        warning=_("What follows"),
    )

    def act(reason: str) -> str:
        reviewing.uphold(serial, reason, request.operator)
        messages.success(request, _("It stands, and that is on record."))
        return address(serial)

    return confirmed(request, confirm, act)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DECISION_VOTE)
def revoke(request: Visit, serial: str) -> HttpResponse:
    """Put before the board that a decision be taken back."""
    if request.method == "POST" and (sent := done_before(request)) is not None:
        return sent
    who = request.operator
    found = before.decision_for(serial, who, Permission.DECISION_VOTE)
    case_url = reverse("web:board:case", args=[found.case_id])
    sheet = Sheet(
        _("Revoke %(serial)s") % {"serial": serial},
        _("Put it before the board"),
        address(serial),
        back_label=serial,
        grave=True,
        why_title=_("What happens next"),
        why=_(
            "The board votes, with no fewer votes than made the decision. Once it is revoked, every notice that rested "
            "on it is recalled, the person counts as missing again where it named them, and searches go on. The "
            "decision and its revocation both stay on record. Until then it stands."
        ),
    )

    def do(given: dict[str, Any]) -> str:
        return reverse("web:board:proposal", args=[proposing.propose_revocation(serial, given["reasons"], who).pk])

    form = AsideForm(request.POST if request.method == "POST" else None)
    return answered(
        request, form, sheet, do, _("The revocation is before the board."), template="web/board/sheet.html",
        case=found.case, case_url=case_url,
    )  # fmt: skip
