"""One pair after the other: the pictures behind one veil, one's judgement, the next.

A pair is shown by the answer to a post: somebody lifted the veil, or judged while it was lifted. So each pair is loaded
when it is looked at and not before, which is what the time of a judgement is counted from; and a page that is opened,
loaded again or gone back to is covered.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from antigone.access.once import once
from antigone.access.permissions import Permission
from antigone.casework.judging import triage
from antigone.casework.judging.triage import Sheet
from antigone.web.guards import Visit, needs
from antigone.web.pictures import tokens
from antigone.web.triage import blocks, keeping
from antigone.web.triage.pictures import PHOTOGRAPH, PORTRAIT


@require_safe
@needs(Permission.TRIAGE_DO)
def block(request: Visit, pk: UUID) -> HttpResponse:
    """The block somebody is at, covered; `pair` is one of it to judge anew."""
    sheet = triage.sheet(pk, request.operator)
    at = blocks.asked(request.GET.get("pair", ""), sheet.items, sheet.now)
    return render(request, "web/triage/block.html", _context(request, sheet, at))


@require_POST
@needs(Permission.TRIAGE_DO)
def lift(request: Visit, pk: UUID) -> HttpResponse:
    """Lift the veil: the pair is shown, and each picture's look is in the ledger before a pixel of it leaves."""
    sheet = triage.sheet(pk, request.operator)
    return _pair(request, sheet, blocks.asked(request.POST.get("pair", ""), sheet.items, sheet.now), lifted=True)


@require_POST
@needs(Permission.TRIAGE_DO)
def judge(request: Visit, pk: UUID, item: UUID) -> HttpResponse:
    """Judge a pair, once for one form, and show the next while the veil is lifted."""
    who, judgement = request.operator, request.POST.get("judgement", "")
    deed = f"web:triage:judge:{item}"
    once(who, blocks.sending(request), deed, lambda: triage.judge(item, judgement, who), given=judgement)
    sheet = triage.sheet(pk, who)
    return _pair(request, sheet, sheet.now, lifted=blocks.lifted(request, pk))


@require_POST
@needs(Permission.TRIAGE_DO)
def undo(request: Visit, pk: UUID) -> HttpResponse:
    """Take the last judgement back, once for one form, and show its pair again."""
    who = request.operator
    again = once(who, blocks.sending(request), f"web:triage:undo:{pk}", lambda: str(triage.undo(pk, who))).outcome
    sheet = triage.sheet(pk, who)
    there = next((each.key for each in sheet.items if str(each.key) == again), sheet.now)
    return _pair(request, sheet, there, lifted=blocks.lifted(request, pk))


def _pair(request: Visit, sheet: Sheet, at: UUID | None, *, lifted: bool) -> HttpResponse:
    """The pair, shown or covered: all that changes for htmx, a whole page for others."""
    context = _context(request, sheet, at)
    if lifted and at is not None:
        who = request.operator
        token = tokens.token_for(who, PORTRAIT, at)
        context |= {
            "lifted": keeping.lifted_now(who, sheet.triage),
            "portrait": f"{reverse('web:triage:portrait', args=[sheet.triage, at])}?token={token}",
            "photographs": [
                f"{reverse('web:triage:photograph', args=[sheet.triage, each])}"
                f"?token={tokens.token_for(who, PHOTOGRAPH, each)}"
                for each in sheet.photographs
            ],
        }
    fragment = bool(request.headers.get("HX-Request"))
    return render(request, "web/triage/changed.html" if fragment else "web/triage/block.html", context)


def _context(request: Visit, sheet: Sheet, at: UUID | None) -> dict[str, Any]:
    block = reverse("web:triage:block", args=[sheet.triage])
    return {"sheet": sheet, **blocks.context(request, sheet.items, at, block)}
